import { CHAIN_RATE } from '../sound/chain-format.ts';
import { bytesToS16 } from '../sound/pcm.ts';

/*
 * A stimulus as it is sent: samples (s16le, one channel, at CHAIN_RATE), and behind them its place track (one float32,
 * little-endian, for each 10 ms of them). All stimuli of a trial have as many of both.
 */

/** Samples of one frame of the place track: 10 ms. */
export const PLACE_FRAME = CHAIN_RATE / 100;

/** Bytes of a whole stimulus of so many samples, which are whole frames. */
export const stimulusBytes = (samples: number) => samples * 2 + (samples / PLACE_FRAME) * 4;

/** A stimulus as it is played. */
export interface StimulusSound {
  /** s16, one channel, at {@link CHAIN_RATE}. */
  samples: Int16Array;
  /**
   * The place in the text that is heard at the beginning of each frame, in s of an axis that all stimuli of the trial
   * share. Never falls.
   */
  places: Float32Array;
}

/**
 * Takes a stimulus apart.
 *
 * @param samples how many there are, as `x-timbre-samples` says
 * @returns null where the bytes are not such a stimulus
 */
export function readStimulus(bytes: Uint8Array, samples: number): StimulusSound | null {
  if (!Number.isInteger(samples) || samples <= 0 || samples % PLACE_FRAME !== 0) return null;
  if (bytes.length !== stimulusBytes(samples)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + samples * 2);
  const places = Float32Array.from({ length: samples / PLACE_FRAME }, (_, at) => view.getFloat32(at * 4, true));
  return { samples: bytesToS16(bytes.subarray(0, samples * 2)), places };
}

/** The bytes of a place track. */
export function placeBytes(places: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(places.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [at, place] of places.entries()) view.setFloat32(at * 4, place, true);
  return bytes;
}

/** The place at a sample, in s of the common axis. */
export function placeAt({ places }: Pick<StimulusSound, 'places'>, sample: number): number {
  const frame = Math.min(Math.max(0, sample / PLACE_FRAME), places.length - 1);
  const before = Math.floor(frame);
  const left = places[before] ?? 0;
  return left + ((places[before + 1] ?? left) - left) * (frame - before);
}

/** The first sample at which a place is reached. */
export function sampleAt({ places }: Pick<StimulusSound, 'places'>, place: number): number {
  let low = 0;
  let high = places.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) >= place) high = middle;
    else low = middle + 1;
  }
  const right = places[low] ?? 0;
  const left = places[low - 1] ?? right;
  const part = low > 0 && right > left ? Math.min(1, Math.max(0, (right - place) / (right - left))) : 0;
  return Math.round((low - part) * PLACE_FRAME);
}

/** Where a flip lands: the sample of another stimulus of the same trial at which the same place in the text is heard. */
export function flipTo(from: Pick<StimulusSound, 'places'>, sample: number, to: Pick<StimulusSound, 'places'>): number {
  return sampleAt(to, placeAt(from, sample));
}
