import type { Doubt } from '../schemas/alignment.ts';
import type { Comparable } from './comparable.ts';
import { JUDGE } from './judge-weights.ts';
import { HOP } from './log-bands.ts';
import { PHONES } from './phone-net.ts';
import { float32Numbers, int8Numbers, type Layer, throughLayer } from './stored-numbers.ts';
import type { Path } from './time-warp.ts';

/** A take as it is judged. */
export interface JudgedTake {
  /** Bands, level and their deltas. */
  bands: Comparable;
  /** How probable each phoneme is in each frame. */
  phones: Float32Array;
}

/** Pairs of the path that are looked at together. */
const WINDOWS = [8, 16, 32, 64];
/** Every so many pairs a window stands. */
const STEP = 4;
/** What is measured of a pair; see {@link measured}. */
const CHANNELS = 9;
/** Most frames that one of two takes may have more in a doubt than the other, as a natural logarithm, to say other words. */
const LONGER = 0.35;
/** Frames to each side of a window's middle that a doubt takes in. */
const REACH = 12;

interface Judge {
  /** How much more often than by chance two phonemes stand in one place of two takes that say the same. */
  alike: Float32Array;
  first: Layer;
  second: Layer;
}

let judge: Judge | null = null;

function stored(): Judge {
  judge ??= {
    alike: int8Numbers(JUDGE.alike, JUDGE.alikeScale).map(Math.exp),
    first: { weights: float32Numbers(JUDGE.first.weights), biases: float32Numbers(JUDGE.first.biases) },
    second: { weights: float32Numbers(JUDGE.second.weights), biases: float32Numbers(JUDGE.second.biases) },
  };
  return judge;
}

const silent = (phones: Float32Array, frame: number) => phones[frame * PHONES] as number;

/** Sums along the path, and what belongs to all of it. */
interface Measured {
  sums: Float64Array;
  /** Median distance of the bands, and mean unlikeness of the phonemes. */
  overall: [number, number];
  /** Natural logarithm of how much more speech the first take has. */
  longer: number;
}

/**
 * Measures each pair of the path, summed up from the beginning: unlikeness of the phonemes (as a logarithm of odds),
 * distance of the bands beside the median of this pair, frames of speech gone on in each sound, change of the phonemes in
 * each, difference in silence, and the first two where they are high.
 */
function measured({ a: path, b: other }: Path, a: JudgedTake, b: JudgedTake): Measured {
  const length = path.length;
  const distances = Float32Array.from(path, (i, at) => distance(a.bands, i, b.bands, other[at] as number));
  const median = Math.max(1e-6, distances.toSorted()[length >> 1] as number);
  const { alike } = stored();
  const sums = new Float64Array((length + 1) * CHANNELS);
  const here = new Float64Array(CHANNELS);
  let unlike = 0;
  for (let at = 0; at < length; at += 1) {
    const i = path[at] as number;
    const j = other[at] as number;
    const onA = at > 0 ? i - (path[at - 1] as number) : 1;
    const onB = at > 0 ? j - (other[at - 1] as number) : 1;
    const stillA = silent(a.phones, i);
    const stillB = silent(b.phones, j);
    const odds = Math.min(5, Math.max(-3, -Math.log(Math.max(likeness(alike, a.phones, i, b.phones, j), 1e-3))));
    unlike += odds;
    const pause = (onB === 0 && stillA > 0.5) || (onA === 0 && stillB > 0.5);
    const far = (distances[at] as number) / median;
    here[0] = pause ? 0 : odds;
    here[1] = pause ? 0 : far - 1;
    here[2] = stillA < 0.5 ? onA * (a.bands.active[i] as number) : 0;
    here[3] = stillB < 0.5 ? onB * (b.bands.active[j] as number) : 0;
    here[4] = onA * change(a.phones, i);
    here[5] = onB * change(b.phones, j);
    here[6] = Math.abs(stillA - stillB);
    here[7] = pause ? 0 : Math.max(0, odds);
    here[8] = pause ? 0 : Math.max(0, far - 1.5);
    const row = at * CHANNELS;
    for (let channel = 0; channel < CHANNELS; channel += 1) {
      sums[row + CHANNELS + channel] = (sums[row + channel] as number) + (here[channel] as number);
    }
  }
  const speech = ({ bands }: JudgedTake) =>
    Math.max(
      1,
      bands.active.reduce((sum, one) => sum + one, 0),
    );
  return { sums, overall: [median / 5 - 1, unlike / length], longer: Math.log(speech(a) / speech(b)) };
}

function distance(a: Comparable, i: number, b: Comparable, j: number): number {
  let sum = 0;
  for (let value = 0; value < a.width; value += 1) {
    const difference = (a.values[i * a.width + value] as number) - (b.values[j * b.width + value] as number);
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

function likeness(alike: Float32Array, a: Float32Array, i: number, b: Float32Array, j: number): number {
  let sum = 0;
  for (let one = 0; one < PHONES; one += 1) {
    const part = a[i * PHONES + one] as number;
    if (part < 1e-3) continue;
    let here = 0;
    for (let other = 0; other < PHONES; other += 1) {
      here += (alike[one * PHONES + other] as number) * (b[j * PHONES + other] as number);
    }
    sum += part * here;
  }
  return sum;
}

/** How much the phonemes of a frame differ from those of the one before the last: 0 to 0.5. */
function change(phones: Float32Array, frame: number): number {
  if (frame < 2) return 0;
  let sum = 0;
  for (let phone = 0; phone < PHONES; phone += 1) {
    const at = frame * PHONES + phone;
    sum += Math.abs((phones[at] as number) - (phones[at - 2 * PHONES] as number));
  }
  return sum / 4;
}

/** What the judge is told of the windows around a pair. Also how much longer the first take is in the third one. */
function describe({ sums, overall, longer }: Measured, at: number, length: number, out: Float32Array): number {
  let place = 0;
  let ratio = 0;
  for (const window of WINDOWS) {
    const from = Math.max(0, at - window / 2) * CHANNELS;
    const to = Math.min(length, at + window / 2) * CHANNELS;
    const sum = (channel: number) => (sums[to + channel] as number) - (sums[from + channel] as number);
    const pairs = (to - from) / CHANNELS;
    const even = Math.exp(longer / 2);
    const [speechA, speechB] = [sum(2) / even, sum(3) * even];
    const logRatio = Math.log((speechA + 2) / (speechB + 2));
    if (window === 32) ratio = logRatio;
    for (const value of [
      sum(0) / pairs,
      sum(1) / pairs,
      Math.abs(logRatio),
      Math.abs(speechA - speechB) / 10,
      Math.abs(Math.log((sum(4) + 0.5) / (sum(5) + 0.5))),
      Math.abs(sum(4) - sum(5)),
      sum(6) / pairs,
      sum(7) / pairs,
      sum(8) / pairs,
      ...(window === WINDOWS.at(-1) ? overall : []),
    ]) {
      out[place] = Math.min(8, Math.max(-4, value));
      place += 1;
    }
  }
  return ratio;
}

/** A place of the path where the judge doubts. */
interface Place {
  at: number;
  score: number;
  ratio: number;
}

/**
 * Where two takes do not seem to say the same: along the path, windows of 0.08 to 0.64 s are judged by a small network
 * that was shown takes that say the same and takes with a word that is wrong, missing or added.
 */
export function doubtsAlong(path: Path, a: JudgedTake, b: JudgedTake): Doubt[] {
  const { first, second } = stored();
  const length = path.a.length;
  const found = measured(path, a, b);
  const input = new Float32Array(first.weights.length / first.biases.length);
  const hidden = new Float32Array(first.biases.length);
  const out = new Float32Array(1);
  const places: Place[] = [];
  for (let at = 0; at < length; at += STEP) {
    const ratio = describe(found, at, length, input);
    throughLayer(first, input, hidden, false);
    throughLayer(second, hidden, out, true);
    const score = out[0] as number;
    if (score > 0) places.push({ at, score, ratio });
  }
  return joined(places).map((together) => doubt(together, path));
}

/** Places that lie beside each other, together. */
function joined(places: readonly Place[]): Place[][] {
  const runs: Place[][] = [];
  for (const place of places) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && place.at - before.at <= 2 * REACH) run.push(place);
    else runs.push([place]);
  }
  return runs;
}

function doubt(places: readonly Place[], { a, b }: Path): Doubt {
  const surest = places.reduce((most, place) => (place.score > most.score ? place : most));
  const first = Math.max(0, (places[0] as Place).at - REACH);
  const last = Math.min(a.length - 1, (places.at(-1) as Place).at + REACH);
  const span = (frames: Int32Array) => ({
    from: (frames[first] as number) * HOP,
    to: ((frames[last] as number) + 1) * HOP,
  });
  const kind = surest.ratio > LONGER ? 'missing' : surest.ratio < -LONGER ? 'added' : 'other';
  return { kind, a: span(a), b: span(b) };
}
