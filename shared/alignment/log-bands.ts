import FFT from 'fft.js';
import { type MelBand, melBands } from '../sound/mel.ts';

/** Seconds between two frames. */
export const HOP = 0.01;
/** Seconds that a frame is computed from. */
const WINDOW = 0.025;
/** Mel bands of a frame. */
export const BANDS = 26;
/** Range of the bands in Hz: what every rate of 16 kHz and more carries. */
const LOWEST = 60;
const HIGHEST = 7600;
/** Power beside which nothing is heard: keeps silence from counting as much as speech does. */
const FLOOR = 1e-8;
/** Values of a frame: the bands, and the level of all of it. */
export const ROW = BANDS + 1;

/** Natural logarithm that is written as 0: just under that of {@link FLOOR}. */
const LEAST = -18.5;
/** Steps of a logarithm of 1: 0.33 dB each, up to +4 dB over the loudest sine. */
const STEPS = 13;

/** The natural logarithm of a power that a byte stands for. */
export const logPower = (byte: number) => LEAST + byte / STEPS;

export const byteOf = (power: number) =>
  Math.min(255, Math.max(0, Math.round((Math.log(power + FLOOR) - LEAST) * STEPS)));

/** Computes the bytes of single frames. */
export class LogBands {
  /** Samples that a frame is computed from. */
  readonly length: number;
  readonly #fft: FFT;
  readonly #spectrum: number[];
  readonly #input: Float64Array;
  readonly #hann: Float64Array;
  readonly #power: Float64Array;
  readonly #bands: MelBand[];

  /** @param sampleRate Hz, 16,000 or more */
  constructor(sampleRate: number) {
    const length = Math.round(WINDOW * sampleRate);
    const size = 2 ** Math.ceil(Math.log2(length));
    this.length = length;
    this.#fft = new FFT(size);
    this.#spectrum = this.#fft.createComplexArray();
    this.#input = new Float64Array(size);
    this.#hann = Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length));
    this.#power = new Float64Array(size / 2 + 1);
    this.#bands = melBands(BANDS, LOWEST, Math.min(HIGHEST, 0.48 * sampleRate), size, sampleRate);
  }

  /**
   * Writes one frame.
   *
   * @param samples of which the frame begins at `start`; what lies outside is silence
   * @param out {@link ROW} bytes from `at` on
   */
  write(samples: Float32Array, start: number, out: Uint8Array, at: number): void {
    const { length } = this;
    const input = this.#input;
    const hann = this.#hann;
    const power = this.#power;
    const spectrum = this.#spectrum;
    let energy = 0;
    for (let i = 0; i < length; i += 1) {
      const weighted = (samples[start + i] ?? 0) * (hann[i] as number);
      input[i] = weighted;
      energy += weighted * weighted;
    }
    this.#fft.realTransform(spectrum, input);
    const scale = 1 / (input.length * length);
    for (let line = 0; line < power.length; line += 1) {
      const real = spectrum[2 * line] as number;
      const imaginary = spectrum[2 * line + 1] as number;
      power[line] = (real * real + imaginary * imaginary) * scale;
    }
    for (let band = 0; band < BANDS; band += 1) {
      const { from, weights } = this.#bands[band] as MelBand;
      let sum = 0;
      for (let i = 0; i < weights.length; i += 1) sum += (weights[i] as number) * (power[from + i] as number);
      out[at + band] = byteOf(sum);
    }
    out[at + BANDS] = byteOf(energy / length);
  }
}
