import { z } from 'zod';
import { LANES, type Lane } from '../../../stores/takes-view.ts';

/** CSS pixels. */
export const TIMELINE_HEIGHT = 18;
/** Room for the scroll bar of a picture that is zoomed in, kept always so that nothing moves. */
export const SCROLLBAR_HEIGHT = 10;

/** Heights where there is room enough. */
const FULL: Readonly<Record<Lane, number>> = { waveform: 84, spectrogram: 128, pitch: 76 };
/** Lanes grow and shrink with the room there is, so far; what is more or less goes to or from the list. */
const SMALL = 0.6;
const LARGEST = 1.5;
/** Where even the list has no more to give, lanes shrink to this. */
const SMALLEST = 0.35;
/** A height changes in steps, so that a moving divider does not draw the picture anew with every pixel. */
const STEP = 8;

export const LaneHeights = z.record(z.enum(LANES), z.number());
export type LaneHeights = z.infer<typeof LaneHeights>;

/** Room for the picture in CSS pixels: as much as leaves the list comfortable, and all that can be had. */
export interface Room {
  fair: number;
  most: number;
}

/** Heights of the lanes that are shown (0 for the others), sharing the room as well as they can. */
export function laneHeights(shown: Readonly<Record<Lane, boolean>>, { fair, most }: Room): LaneHeights {
  const wanted = LANES.reduce((sum, lane) => sum + (shown[lane] ? FULL[lane] : 0), 0);
  const scaleFor = (room: number) =>
    (Math.floor((room - TIMELINE_HEIGHT - SCROLLBAR_HEIGHT) / STEP) * STEP) / Math.max(1, wanted);
  const fairly = Math.min(LARGEST, Math.max(SMALL, scaleFor(fair)));
  const scale = Math.max(SMALLEST, Math.min(fairly, scaleFor(most)));
  const height = (lane: Lane) => (shown[lane] ? Math.round(FULL[lane] * scale) : 0);
  return { waveform: height('waveform'), spectrogram: height('spectrogram'), pitch: height('pitch') };
}

/** Height of a picture with these lanes, known before anything is drawn. */
export function viewHeight(heights: LaneHeights): number {
  return TIMELINE_HEIGHT + SCROLLBAR_HEIGHT + heights.waveform + heights.spectrogram + heights.pitch;
}
