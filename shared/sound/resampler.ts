import { fault } from '../errors.ts';
import { CHAIN_RATE } from './chain-format.ts';
import { transitionWidth, windowedSinc } from './windowed-sinc.ts';

/** Source samples that one output sample is made of, half of them on each side. */
export const RESAMPLER_TAPS = 128;
const HALF = RESAMPLER_TAPS / 2;

/** Width of the transition band as a part of the source rate. */
const TRANSITION = transitionWidth(RESAMPLER_TAPS);
/** Middle of the transition band, twice: it ends at the source's Nyquist frequency, so nothing is mirrored. */
const CUTOFF = 2 * (0.5 - TRANSITION / 2);

/** A filter bank from one source rate to {@link CHAIN_RATE}: `up` outputs for `down` source samples. */
export interface FilterBank {
  readonly rate: number;
  readonly up: number;
  readonly down: number;
  /** `up` phases of {@link RESAMPLER_TAPS} coefficients; empty where the rates are equal. */
  readonly taps: Float32Array;
}

const banks = new Map<number, FilterBank>();
const KEPT_BANKS = 8;

/**
 * The polyphase windowed-sinc filters for a source rate; built once and kept.
 *
 * @param rate Hz, a whole number from 8000 to 48000
 * @throws FaultError `unsupported` for another rate
 */
export function filterBank(rate: number): FilterBank {
  const known = banks.get(rate);
  if (known) return known;
  if (!Number.isInteger(rate) || rate < 8000 || rate > CHAIN_RATE) {
    throw fault('unsupported', `Sound at ${rate} Hz cannot be played; 8000 to ${CHAIN_RATE} Hz can.`);
  }

  let divisor: number = CHAIN_RATE;
  for (let rest = rate; rest !== 0; ) [divisor, rest] = [rest, divisor % rest];
  const up = CHAIN_RATE / divisor;
  const down = rate / divisor;
  const taps = new Float32Array(up === down ? 0 : up * RESAMPLER_TAPS);
  const row = new Float64Array(RESAMPLER_TAPS);
  for (let phase = 0; phase < taps.length / RESAMPLER_TAPS; phase += 1) {
    let sum = 0;
    for (let k = 0; k < RESAMPLER_TAPS; k += 1) {
      const x = k - HALF + 1 - phase / up;
      const tap = windowedSinc(x, HALF, CUTOFF);
      row[k] = tap;
      sum += tap;
    }
    for (let k = 0; k < RESAMPLER_TAPS; k += 1) taps[phase * RESAMPLER_TAPS + k] = (row[k] ?? 0) / sum;
  }

  const bank: FilterBank = { rate, up, down, taps };
  const oldest = banks.keys().next();
  if (banks.size >= KEPT_BANKS && !oldest.done) banks.delete(oldest.value);
  banks.set(rate, bank);
  return bank;
}

/** Frames at {@link CHAIN_RATE} that so many source samples give when nothing follows them. */
export function resampledLength(bank: FilterBank, samples: number): number {
  return Math.ceil((samples * bank.up) / bank.down);
}

/** Frames at {@link CHAIN_RATE} that can be made for good while more samples may follow. */
export function resampledReady(bank: FilterBank, samples: number): number {
  const whole = bank.up === bank.down ? samples : samples - HALF;
  return Math.max(0, Math.floor((whole * bank.up) / bank.down));
}

/** First source sample that frame `frame` is made of (may be negative). */
export function firstSample(bank: FilterBank, frame: number): number {
  const at = Math.floor((frame * bank.down) / bank.up);
  return bank.up === bank.down ? at : at - HALF + 1;
}

/** Most source samples that `frames` frames are made of. */
export function sampleSpan(bank: FilterBank, frames: number): number {
  return Math.ceil((frames * bank.down) / bank.up) + RESAMPLER_TAPS + 1;
}

/**
 * Makes frames `frame` to `frame + count` from source samples beginning with {@link firstSample} of `frame`.
 * Each frame depends on nothing but its own samples, so pieces can be made in any order.
 */
export function resample(
  bank: FilterBank,
  samples: Float32Array,
  frame: number,
  count: number,
  out: Float32Array,
  at: number,
): void {
  const { up, down, taps } = bank;
  if (up === down) {
    for (let i = 0; i < count; i += 1) out[at + i] = samples[i] ?? 0;
    return;
  }
  let phase = (frame * down) % up;
  let base = 0;
  for (let i = 0; i < count; i += 1) {
    const row = phase * RESAMPLER_TAPS;
    let sum = 0;
    for (let k = 0; k < RESAMPLER_TAPS; k += 1) sum += (taps[row + k] as number) * (samples[base + k] as number);
    out[at + i] = sum;
    phase += down;
    while (phase >= up) {
      phase -= up;
      base += 1;
    }
  }
}
