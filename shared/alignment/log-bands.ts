import { type MelBand, melBands } from '../sound/mel.ts';
import { PowerSpectrum } from '../sound/power-spectrum.ts';

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
  readonly #spectrum: PowerSpectrum;
  readonly #bands: MelBand[];

  /** @param sampleRate Hz, 16,000 or more */
  constructor(sampleRate: number) {
    this.length = Math.round(WINDOW * sampleRate);
    this.#spectrum = new PowerSpectrum(this.length);
    this.#bands = melBands(BANDS, LOWEST, Math.min(HIGHEST, 0.48 * sampleRate), this.#spectrum.size, sampleRate);
  }

  /**
   * Writes one frame.
   *
   * @param samples of which the frame begins at `start`; what lies outside is silence
   * @param out {@link ROW} bytes from `at` on
   */
  write(samples: Float32Array, start: number, out: Uint8Array, at: number): void {
    const level = this.#spectrum.measure(samples, start);
    for (let band = 0; band < BANDS; band += 1) {
      const { from, weights } = this.#bands[band] as MelBand;
      out[at + band] = byteOf(this.#spectrum.under(from, weights));
    }
    out[at + BANDS] = byteOf(level);
  }
}
