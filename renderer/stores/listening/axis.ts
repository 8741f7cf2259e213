import { thinned } from '../../../shared/alignment/path-map.ts';
import type { TimeMap } from '../../../shared/alignment/time-map.ts';
import { PLACE_FRAME, placeAt, type StimulusSound, sampleAt } from '../../../shared/listening/stimulus-body.ts';
import { CHAIN_RATE } from '../../../shared/sound/chain-format.ts';

type Tracked = Pick<StimulusSound, 'places'>;

/** A part of the common axis, in s. */
export interface Region {
  start: number;
  end: number;
}

/** Length of a stimulus in s, and of the axis: the same for all of a trial. */
export const axisSeconds = ({ places }: Tracked): number => (places.length * PLACE_FRAME) / CHAIN_RATE;

/** The place on the axis that is heard at a second of a stimulus. */
export const placeOf = (sound: Tracked, seconds: number): number => placeAt(sound, seconds * CHAIN_RATE);

/** The second of a stimulus at which a place of the axis is reached. */
export const secondsOf = (sound: Tracked, place: number): number => sampleAt(sound, place) / CHAIN_RATE;

/** A part of the axis as it lies in a stimulus, in its seconds. */
export function regionOf(sound: Tracked, { start, end }: Region): Region {
  return { start: secondsOf(sound, start), end: secondsOf(sound, end) };
}

/** What a map may be off beside the tracks, in s: both are themselves wrong by up to 0.001 s. */
const TOLERANCE = 0.002;

/**
 * From a second of one stimulus to the second of another one at which the same place of the text is heard. It is read where
 * sound is made, in no time: it has no more knots than are heard.
 */
export function flipMap(from: Tracked, to: Tracked): TimeMap {
  const knots = Array.from(from.places, (_, frame) => (frame * PLACE_FRAME) / CHAIN_RATE);
  return thinned({ from: knots, to: Array.from(from.places, (place) => secondsOf(to, place)) }, TOLERANCE);
}
