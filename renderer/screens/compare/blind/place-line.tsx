import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled, IconRepeat } from '@tabler/icons-react';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import type { ListeningTrial } from '../../../../shared/schemas/listening.ts';
import { usePlayer } from '../../../player/player-store.ts';
import { isSounding } from '../../../stores/heard.ts';
import {
  axisLength,
  axisPart,
  goToPlace,
  markStimulusRegion,
  playOrPauseStimulus,
  toggleStimulusLoop,
  useHearing,
} from '../../../stores/listening/hearing.ts';
import { useSitting } from '../../../stores/listening/sitting.ts';
import { keepFocus } from './letter-button.tsx';
import classes from './place-line.module.css';

/** Pixels from which on a press is a drag. */
const DRAG = 5;

/** The place in the text that is heard: one line for all sounds, so that it says nothing of any. A drag marks a part. */
export function PlaceLine({ trial }: { trial: ListeningTrial }) {
  const sounding = usePlayer(({ status }) => isSounding(status));
  const ready = useSitting((state) => state.stage === 'listening');
  const loop = useHearing((state) => state.loop);
  return (
    <div className={classes.row}>
      <ActionIcon
        variant="filled"
        color="lamp"
        size={40}
        radius={20}
        aria-label={sounding ? 'Pause' : 'Play'}
        aria-keyshortcuts="Space"
        disabled={!ready}
        onMouseDown={keepFocus}
        onClick={() => playOrPauseStimulus(trial.places[0]?.stimulus ?? '')}
      >
        {sounding ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
      </ActionIcon>
      <Line />
      <Tooltip label="Repeat what is marked, or all (L). Drag on the line to mark a part; [ and ] set its ends.">
        <ActionIcon
          size={36}
          color={loop ? 'lamp' : 'gray'}
          aria-label="Loop"
          aria-pressed={loop}
          aria-keyshortcuts="L"
          onMouseDown={keepFocus}
          onClick={toggleStimulusLoop}
        >
          <IconRepeat size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function Line() {
  const head = useRef<HTMLSpanElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const pressed = useRef<{ x: number; part: number } | null>(null);
  const { region, loop } = useHearing();
  useEffect(() => {
    const show = () => head.current?.style.setProperty('left', `${100 * axisPart()}%`);
    show();
    const stops = [usePlayer.subscribe(show), useHearing.subscribe(show)];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  const partAt = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width));
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    pressed.current = { x: event.clientX, part: partAt(event) };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const start = pressed.current;
    if (start && (drag || Math.abs(event.clientX - start.x) >= DRAG)) setDrag({ from: start.part, to: partAt(event) });
  };
  const onPointerUp = () => {
    const seconds = axisLength();
    if (drag) {
      const [start, end] = [drag.from, drag.to].toSorted((a, b) => a - b) as [number, number];
      markStimulusRegion({ start: start * seconds, end: end * seconds });
    } else if (pressed.current) {
      const place = pressed.current.part * seconds;
      // A press beside the marked part takes the mark away.
      if (region && (place < region.start || place > region.end)) markStimulusRegion(null);
      goToPlace(place);
    }
    pressed.current = null;
    setDrag(null);
  };
  const seconds = axisLength();
  const shown = drag ?? (region && loop ? { from: region.start / seconds, to: region.end / seconds } : null);
  return (
    <div
      className={classes.line}
      data-place-line
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setDrag(null)}
    >
      {shown && (
        <span
          className={classes.region}
          data-region
          style={{
            left: `${100 * Math.min(shown.from, shown.to)}%`,
            width: `${100 * Math.abs(shown.to - shown.from)}%`,
          }}
        />
      )}
      <span ref={head} className={classes.head} />
    </div>
  );
}
