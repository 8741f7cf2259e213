import { mapTime, type TimeMap } from '../alignment/time-map.ts';
import { seeded } from '../seeded.ts';
import { CHAIN_RATE } from '../sound/chain-format.ts';
import { PLACE_FRAME } from './stimulus-body.ts';

/** Seconds between two knots of the axis, and between two frames of a track. */
const STEP = PLACE_FRAME / CHAIN_RATE;

/** Every stimulus begins with silence of a length of its own, in s: between these two. */
const LEAD_LEAST = 0.1;
const LEAD_MOST = 0.25;
const LEAD_MEAN = (LEAD_LEAST + LEAD_MOST) / 2;
/** Silence behind the longest one, in s: more than the leads differ by. */
const TAIL = 0.5;
/**
 * Places are wrong by up to so much, in s. No two tracks are alike then, and a flip between two stimuli of the same sound
 * is no more seamless than one between two sounds that only sound alike.
 */
const JITTER = 0.001;

/** Samples of silence before the sound of a stimulus, so that it cannot be known again by when it sets in. */
export function leadOf(noise: number): number {
  return Math.round((LEAD_LEAST + seeded(noise)() * (LEAD_MOST - LEAD_LEAST)) * CHAIN_RATE);
}

/** Samples of every stimulus of a trial: whole seconds, the same for all. */
export function commonLength(stimuli: readonly { lead: number; frames: number }[]): number {
  const longest = stimuli.reduce((most, { lead, frames }) => Math.max(most, lead + frames), 0);
  return Math.ceil(longest / CHAIN_RATE + TAIL) * CHAIN_RATE;
}

/** A sound of a trial: which of its times is which of the hub’s. */
export interface TrackedSound {
  /** From a time of the hub’s take to one of this take, in s; null for the hub itself. */
  map: TimeMap | null;
  /** Times normal at which this take is heard. */
  speed: number;
  /** Seconds for which it is heard. */
  seconds: number;
}

/**
 * When each place of the text is heard in each sound, in s from its own beginning. The axis is the mean of all sounds, so
 * that none of them stands out as the one the others are measured by.
 *
 * @param hubSeconds length of the hub’s take, in s
 */
export function commonPlaces(sounds: readonly TrackedSound[], hubSeconds: number): TimeMap[] {
  const steps = Math.max(1, Math.ceil(hubSeconds / STEP));
  const hub = Array.from({ length: steps + 1 }, (_, at) => Math.min(hubSeconds, at * STEP));
  const heard = sounds.map(({ map, speed, seconds }) =>
    hub.map((time, at) => {
      if (at === 0) return 0;
      return at === steps ? seconds : Math.min(seconds, Math.max(0, (map ? mapTime(map, time) : time) / speed));
    }),
  );
  const to = hub.map((_, at) => LEAD_MEAN + heard.reduce((sum, times) => sum + (times[at] ?? 0), 0) / sounds.length);
  return heard.map((from) => ({ from, to }));
}

/**
 * The place track of one stimulus: what it says of the sound, from the common beginning to the common end, with a jitter of
 * its own.
 *
 * @param places of its sound, by {@link commonPlaces}; null where places are plain time
 * @param lead samples of silence before the sound
 * @param samples of the stimulus, whole frames
 * @param noise seed of the jitter
 */
export function placeTrack(places: TimeMap | null, lead: number, samples: number, noise: number): Float32Array {
  const random = seeded(noise);
  const total = samples / CHAIN_RATE;
  const whole: TimeMap = places
    ? { from: [0, ...places.from.map((time) => time + lead / CHAIN_RATE), total], to: [0, ...places.to, total] }
    : { from: [0, total], to: [0, total] };
  const track = new Float32Array(samples / PLACE_FRAME);
  let last = 0;
  for (let frame = 0; frame < track.length; frame += 1) {
    last = Math.max(last, mapTime(whole, frame * STEP) + (2 * random() - 1) * JITTER);
    track[frame] = last;
  }
  return track;
}
