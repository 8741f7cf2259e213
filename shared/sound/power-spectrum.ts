import FFT from 'fft.js';

/** Power spectrum of one frame at a time, under a Hann window. */
export class PowerSpectrum {
  /** Samples that a frame is computed from, and of the transform around them. */
  readonly length: number;
  readonly size: number;
  /** Power of each line of the last frame, up to half the sample rate. */
  readonly power: Float64Array;
  readonly #fft: FFT;
  readonly #spectrum: number[];
  readonly #input: Float64Array;
  readonly #hann: Float64Array;

  /** @param length samples of a frame */
  constructor(length: number) {
    this.length = length;
    this.size = 2 ** Math.ceil(Math.log2(length));
    this.#fft = new FFT(this.size);
    this.#spectrum = this.#fft.createComplexArray();
    this.#input = new Float64Array(this.size);
    this.#hann = Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length));
    this.power = new Float64Array(this.size / 2 + 1);
  }

  /**
   * Takes in the frame that begins at a sample; what lies outside of the sound is silence.
   * @returns its mean square under the window
   */
  measure(samples: Float32Array, start: number): number {
    const { length, power } = this;
    const input = this.#input;
    const hann = this.#hann;
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
    return energy / length;
  }

  /** Sum of the power under the weights from a line on; lines beyond half the sample rate have none. */
  under(from: number, weights: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < weights.length; i += 1) sum += (weights[i] as number) * (this.power[from + i] ?? 0);
    return sum;
  }
}
