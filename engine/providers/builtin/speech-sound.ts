import { fault } from '../../../shared/errors.ts';

/** Rate of Kokoro's sound in Hz. */
export const KOKORO_RATE = 24_000;

/** A peak under this (-60 dBFS) is silence: speech by Kokoro peaks above -15 dBFS. */
const SILENT_PEAK = 0.001;
/** Windows whose highest sample is this much under the peak of the piece are padding (-46 dB). */
const PADDING = 0.005;
/** Kept of the padding before and after the speech, so that soft onsets and tails stay whole, in seconds. */
const KEPT_BEFORE = 0.03;
const KEPT_AFTER = 0.06;
/** Length of the fade at both ends, in seconds. */
const FADE = 0.005;
const WINDOW = Math.round(0.005 * KOKORO_RATE);
/** Windows this far under the peak of a piece (-40 dB) are a silence inside it, where they are so many in a row (0.06 s). */
const QUIET = 0.01;
const FEWEST_QUIET = 12;

/**
 * Refuses sound that is none.
 * @throws FaultError bad_audio: a sample that is not a number, or silence
 */
export function checkSound(waveform: Float32Array): void {
  let peak = 0;
  for (const sample of waveform) {
    if (!Number.isFinite(sample)) {
      throw fault('bad_audio', 'The Kokoro model gave samples that are not numbers.', {
        kept: 'Sound that had already come is kept.',
        todo: 'Try another wording or another voice.',
      });
    }
    peak = Math.max(peak, Math.abs(sample));
  }
  if (peak < SILENT_PEAK) {
    throw fault('bad_audio', 'The Kokoro model gave silence where there should be speech.', {
      kept: 'Sound that had already come is kept.',
      todo: 'Try another wording or another voice.',
    });
  }
}

function peakOf(samples: Float32Array, from: number, to: number): number {
  let peak = 0;
  for (let i = from; i < to; i++) peak = Math.max(peak, Math.abs(samples[i] ?? 0));
  return peak;
}

/** A piece without the silence around it. */
export interface TrimmedSound {
  samples: Float32Array;
  /** Samples that were taken off before it. */
  before: number;
}

/**
 * Takes off the silence the model pads a piece with, and fades both ends, so that pieces can be put together with
 * pauses of their own and without a click.
 */
export function trimSilence(waveform: Float32Array): TrimmedSound {
  const limit = peakOf(waveform, 0, waveform.length) * PADDING;
  let first = 0;
  while (first < waveform.length && peakOf(waveform, first, Math.min(first + WINDOW, waveform.length)) < limit) {
    first += WINDOW;
  }
  let last = waveform.length;
  while (last > first && peakOf(waveform, Math.max(first, last - WINDOW), last) < limit) last -= WINDOW;
  const from = Math.max(0, first - Math.round(KEPT_BEFORE * KOKORO_RATE));
  const to = Math.min(waveform.length, last + Math.round(KEPT_AFTER * KOKORO_RATE));
  const piece = waveform.slice(from, Math.max(from, to));
  const fade = Math.min(Math.round(FADE * KOKORO_RATE), piece.length >> 1);
  for (let i = 0; i < fade; i++) {
    const gain = i / fade;
    piece[i] = (piece[i] ?? 0) * gain;
    const end = piece.length - 1 - i;
    piece[end] = (piece[end] ?? 0) * gain;
  }
  return { samples: piece, before: from };
}

/** A stretch of a sound, in s. */
export interface Stretch {
  from: number;
  to: number;
}

/** Where a piece is silent, at its ends too. */
export function silences(samples: Float32Array): Stretch[] {
  const limit = peakOf(samples, 0, samples.length) * QUIET;
  const found: Stretch[] = [];
  let quiet = 0;
  for (let from = 0; from <= samples.length; from += WINDOW) {
    const to = Math.min(from + WINDOW, samples.length);
    if (from < samples.length && peakOf(samples, from, to) < limit) {
      quiet += 1;
      continue;
    }
    const isEnd = quiet * WINDOW === from || from >= samples.length;
    if (quiet >= FEWEST_QUIET || (quiet > 0 && isEnd)) {
      found.push({ from: (from - quiet * WINDOW) / KOKORO_RATE, to: Math.min(from, samples.length) / KOKORO_RATE });
    }
    quiet = 0;
  }
  return found;
}

/** Silence of so many seconds. */
export function silence(seconds: number, rate: number): Int16Array<ArrayBuffer> {
  return new Int16Array(Math.max(0, Math.round(seconds * rate)));
}
