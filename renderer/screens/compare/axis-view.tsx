import { useComputedColorScheme } from '@mantine/core';
import { useResizeObserver } from '@mantine/hooks';
import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import type { Comparison, ComparisonText } from '../../../shared/schemas/comparison.ts';
import { hearAt, markRegion, useListening } from '../../stores/compare/listen.ts';
import { useCompareSound } from '../../stores/compare/sound.ts';
import { viewColours } from '../takes/view/colours.ts';
import { axisLayout, drawAxis, laneAt, timeAt, xOf } from './axis-lanes.ts';
import { axisPicture, placeOnAxis } from './axis-picture.ts';
import classes from './axis-view.module.css';
import { slotColour } from './slot-colours.ts';
import { usePlayhead } from './use-playhead.ts';

/** CSS pixels that a press may move and still be a click. */
const CLICK = 4;

/** All slots on the one time axis of the text, their pitch curves on top of each other. */
export function AxisView({ comparison, text }: { comparison: Comparison; text: ComparisonText }) {
  const [measured, room] = useResizeObserver<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('dark');
  const sound = useCompareSound();
  const heard = useListening((state) => state.slotId);
  const region = useListening((state) => state.region);
  const lanes = comparison.slots.length;
  const layout = useMemo(() => axisLayout(room.width, room.height, lanes), [room.width, room.height, lanes]);
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null);

  const picture = useMemo(
    () =>
      axisPicture(comparison, text, sound, {
        colours: comparison.slots.map((_, place) => `slot-${place}`),
        heard,
        region,
      }),
    [comparison, text, sound, heard, region],
  );

  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen || layout.width === 0) return;
    const ratio = devicePixelRatio || 1;
    element.width = Math.round(layout.width * ratio);
    element.height = Math.round(layout.height * ratio);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const colours = viewColours(element.parentElement as HTMLElement, scheme);
    const own = slotColours(element.parentElement as HTMLElement, lanes);
    const coloured = picture.lanes.map((lane, place) => ({ ...lane, colour: own[place] ?? lane.colour }));
    drawAxis(pen, { ...picture, lanes: coloured }, layout, colours);
  }, [picture, layout, scheme, lanes]);

  usePlayhead((takeId, position) => {
    const line = head.current;
    if (line === null) return;
    const at = takeId === null ? null : placeOnAxis(useCompareSound.getState(), takeId, position);
    line.style.visibility = at === null ? 'hidden' : 'visible';
    if (at !== null) line.style.transform = `translateX(${xOf(at, picture.duration, layout)}px)`;
  });

  const point = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0 || picture.duration === 0) return;
    drag.current = { ...point(event), moved: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const regionTo = (x: number) => {
    const times = [timeAt(drag.current?.x ?? x, picture.duration, layout), timeAt(x, picture.duration, layout)];
    return { start: Math.min(...times), end: Math.max(...times) };
  };
  const onMove = (event: PointerEvent) => {
    const from = drag.current;
    if (from === null) return;
    const { x } = point(event);
    from.moved ||= Math.abs(x - from.x) > CLICK;
    if (from.moved) useListening.setState({ region: regionTo(x) });
  };
  const onUp = (event: PointerEvent) => {
    const from = drag.current;
    drag.current = null;
    if (from === null) return;
    const { x } = point(event);
    if (from.moved) {
      markRegion(regionTo(x));
      return;
    }
    if (region !== null) markRegion(null);
    const place = laneAt(from.y, lanes, layout);
    hearAt(place === null ? null : (comparison.slots[place]?.id ?? null), timeAt(x, picture.duration, layout));
  };

  return (
    <div
      ref={measured}
      className={classes.view}
      role="img"
      aria-label="Waveforms of all slots on the time axis of the text, and their pitch curves"
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={() => {
        drag.current = null;
      }}
    >
      <canvas ref={canvas} className={classes.canvas} />
      <div ref={head} className={classes.head} />
    </div>
  );
}

/** The colours of the slots as they are now: a canvas cannot use variables itself. */
function slotColours(element: HTMLElement, slots: number): string[] {
  const probe = document.createElement('span');
  element.append(probe);
  const colours = Array.from({ length: slots }, (_, place) => {
    probe.style.color = slotColour(place);
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colours;
}
