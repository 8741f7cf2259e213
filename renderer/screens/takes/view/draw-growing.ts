import { ARRIVAL_PEAKS } from '../../../player/arrival-peaks.ts';
import { LANE_FONT } from './canvas-lane.ts';
import type { ViewColours } from './colours.ts';
import { drawTimeAxis } from './draw-time-axis.ts';
import type { Span } from './growing-span.ts';
import { TIMELINE_HEIGHT } from './lane-heights.ts';

interface Growing {
  /** As far as they have arrived. */
  peaks: readonly number[];
  /** What the width stands for. */
  span: Span;
  /** Seconds the take will have, about. */
  expected: number;
  /** Seconds that were heard. */
  position: number;
  /** CSS pixels of the waveform; the time axis is under it. */
  height: number;
  colours: ViewColours;
}

/** Draws what has arrived from the left, what was heard in the accent colour, and the time axis. */
export function drawGrowing(canvas: HTMLCanvasElement, growing: Growing): void {
  const { span, expected, position, height, colours } = growing;
  const scale = devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const [across, down] = [Math.round(width * scale), Math.round((height + TIMELINE_HEIGHT) * scale)];
  if (canvas.width !== across || canvas.height !== down) Object.assign(canvas, { width: across, height: down });
  const pen = canvas.getContext('2d');
  if (pen === null || width === 0) return;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, across, down);
  if (height > 0) drawPeaks(pen, growing, { across, tall: height * scale, least: scale });

  const perSecond = width / span.seconds;
  pen.scale(scale, scale);
  if (position > 0) {
    pen.fillStyle = colours.text;
    pen.fillRect(Math.min(width - 1, (position - span.from) * perSecond), 0, 1, height + TIMELINE_HEIGHT);
  }
  pen.translate(0, height);
  pen.font = LANE_FONT;
  pen.textBaseline = 'middle';
  const frame = { width, perSecond, scroll: span.from * perSecond, duration: expected };
  drawTimeAxis(pen, frame, { height: TIMELINE_HEIGHT, colour: colours.dim });
}

/** Sizes in pixels of the display. */
interface Sizes {
  across: number;
  tall: number;
  /** Thinnest line. */
  least: number;
}

function drawPeaks(
  pen: CanvasRenderingContext2D,
  { peaks, span, position, colours }: Growing,
  { across, tall, least }: Sizes,
): void {
  const step = across / (span.seconds * ARRIVAL_PEAKS);
  const first = Math.floor(span.from * ARRIVAL_PEAKS);
  const heardUntil = (position * ARRIVAL_PEAKS - first) * step;
  // Several peaks that share a column of pixels are drawn as their loudest.
  let column = { x: -1, peak: 0 };
  const paint = () => {
    pen.fillStyle = column.x < heardUntil ? colours.accent : colours.dim;
    const high = Math.max(least, column.peak * tall);
    if (column.x >= 0) pen.fillRect(column.x, (tall - high) / 2, Math.max(1, Math.ceil(step)), high);
  };
  const last = Math.min(peaks.length, first + Math.ceil(span.seconds * ARRIVAL_PEAKS) + 1);
  for (let i = first; i < last; i += 1) {
    const peak = peaks[i] ?? 0;
    const x = Math.floor((i - first) * step);
    if (x === column.x) column.peak = Math.max(column.peak, peak);
    else {
      paint();
      column = { x, peak };
    }
  }
  paint();
}
