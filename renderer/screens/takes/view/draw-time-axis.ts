import type { LaneFrame } from './canvas-lane.ts';
import { timeTicks } from './time-ticks.ts';

/** CSS pixels of a small mark, and of one with a label. */
const SMALL = 4;
const LARGE = 8;
/** CSS pixels between a mark and its label. */
const GAP = 5;
/** CSS pixels a label has at most. */
const LABEL = 64;

interface AxisLooks {
  /** CSS pixels. */
  height: number;
  colour: string;
}

/** Draws the part of a time axis that is in view, from the top of the pen's place on. */
export function drawTimeAxis(
  pen: CanvasRenderingContext2D,
  { width, perSecond, scroll, duration }: LaneFrame,
  { height, colour }: AxisLooks,
): void {
  pen.fillStyle = colour;
  const to = Math.min(duration, (scroll + width) / perSecond);
  // A label that begins left of the view is drawn as far as it reaches in.
  for (const { seconds, label } of timeTicks(Math.max(0, (scroll - LABEL) / perSecond), to, perSecond)) {
    const x = Math.round(seconds * perSecond - scroll);
    pen.fillRect(x, 0, 1, label === null ? SMALL : LARGE);
    // One that would not end before the edge is left out rather than cut.
    if (label !== null && x + GAP + pen.measureText(label).width <= width) pen.fillText(label, x + GAP, height / 2 + 1);
  }
}
