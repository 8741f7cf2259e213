import { fault } from '../errors.ts';
import { CHAIN_RATE } from './chain-format.ts';
import { transitionWidth, windowedSinc } from './windowed-sinc.ts';

/** Taps of the filter at the target rate; at the chain's rate it is longer by the ratio of the two. */
const TARGET_TAPS = 128;

interface DownFilter {
  /** Target frames for `down` chain frames. */
  up: number;
  down: number;
  taps: number;
  /** `up` phases of `taps` coefficients. */
  rows: Float32Array;
}

function designFilter(rate: number): DownFilter {
  let divisor: number = CHAIN_RATE;
  for (let rest = rate; rest !== 0; ) [divisor, rest] = [rest, divisor % rest];
  const up = rate / divisor;
  const down = CHAIN_RATE / divisor;
  const half = Math.ceil((TARGET_TAPS / 2) * (CHAIN_RATE / rate));
  const taps = half * 2;
  // The band ends at the target's Nyquist frequency, so nothing is mirrored into it.
  const cutoff = rate / CHAIN_RATE - transitionWidth(taps);
  const rows = new Float32Array(up * taps);
  const row = new Float64Array(taps);
  for (let phase = 0; phase < up; phase += 1) {
    let sum = 0;
    for (let k = 0; k < taps; k += 1) {
      const tap = windowedSinc(k - half + 1 - phase / up, half, cutoff);
      row[k] = tap;
      sum += tap;
    }
    for (let k = 0; k < taps; k += 1) rows[phase * taps + k] = (row[k] ?? 0) / sum;
  }
  return { up, down, taps, rows };
}

/**
 * Turns the chain's output into a lower rate, piece by piece: a linear-phase low-pass with 96 dB of attenuation, no
 * delay (frame 0 stays frame 0), and the same bits however it is fed.
 */
export class RateConverter {
  readonly #filter: DownFilter | null;
  /** Chain frames not used up yet; the first one is number `#from` (negative: silence before the start). */
  #held: Float32Array;
  #from: number;
  #received = 0;
  #made = 0;

  /**
   * @param rate Hz, up to the chain's own
   * @throws FaultError `unsupported` for another rate
   */
  constructor(rate: number) {
    if (!Number.isInteger(rate) || rate < 8000 || rate > CHAIN_RATE) {
      throw fault('unsupported', `Sound cannot be made at ${rate} Hz; 8000 to ${CHAIN_RATE} Hz can.`);
    }
    this.#filter = rate === CHAIN_RATE ? null : designFilter(rate);
    const before = this.#filter ? this.#filter.taps / 2 - 1 : 0;
    this.#held = new Float32Array(before);
    this.#from = -before;
  }

  /** Takes the next frames at the chain's rate; gives the frames that can be made by now. */
  push(frames: Float32Array): Float32Array {
    this.#received += frames.length;
    if (!this.#filter) return frames;
    return this.#convert(this.#filter, frames, Number.POSITIVE_INFINITY);
  }

  /** The rest, once nothing more comes. */
  end(): Float32Array {
    const filter = this.#filter;
    if (!filter) return new Float32Array(0);
    const total = Math.ceil((this.#received * filter.up) / filter.down);
    return this.#convert(filter, new Float32Array(filter.taps), total);
  }

  #convert(filter: DownFilter, frames: Float32Array, total: number): Float32Array {
    const { up, down, taps, rows } = filter;
    const held = new Float32Array(this.#held.length + frames.length);
    held.set(this.#held);
    held.set(frames, this.#held.length);
    const end = this.#from + held.length;
    const out: number[] = [];
    for (; this.#made < total; this.#made += 1) {
      const start = this.#first(filter, this.#made);
      if (start + taps > end) break;
      const row = ((this.#made * down) % up) * taps;
      let sum = 0;
      for (let k = 0; k < taps; k += 1) sum += (rows[row + k] as number) * (held[start - this.#from + k] as number);
      out.push(sum);
    }
    const keep = Math.max(0, Math.min(this.#first(filter, this.#made) - this.#from, held.length));
    this.#held = held.slice(keep);
    this.#from += keep;
    return Float32Array.from(out);
  }

  /** First chain frame that target frame `made` is made of. */
  #first(filter: DownFilter, made: number): number {
    return Math.floor((made * filter.down) / filter.up) - filter.taps / 2 + 1;
  }
}

/** A whole sound at the chain's rate turned into another one. */
export function convertRate(frames: Float32Array, rate: number): Float32Array {
  const converter = new RateConverter(rate);
  const body = converter.push(frames);
  const rest = converter.end();
  if (rest.length === 0) return body;
  const all = new Float32Array(body.length + rest.length);
  all.set(body);
  all.set(rest, body.length);
  return all;
}
