/** Coefficients of a second-order filter, normalised so that a0 is 1. */
export interface Biquad {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

/**
 * The two filters of K-weighting at any rate (ITU-R BS.1770-5, Annex 1).
 *
 * The standard tabulates them for 48 kHz only. Frequency, quality and gain below are the analogue prototypes that give
 * that table, as worked out by De Man ("Evaluation of implementations of the EBU R128 loudness measurement", AES 2018)
 * and used by libebur128; the bilinear transform puts them at the rate asked for.
 *
 * @param sampleRate Hz
 */
export function kWeighting(sampleRate: number): { shelf: Biquad; highPass: Biquad } {
  const shelfTan = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const shelfQ = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const k2 = shelfTan * shelfTan;
  const a0 = 1 + shelfTan / shelfQ + k2;
  const shelf = {
    b0: (high + (band * shelfTan) / shelfQ + k2) / a0,
    b1: (2 * (k2 - high)) / a0,
    b2: (high - (band * shelfTan) / shelfQ + k2) / a0,
    a1: (2 * (k2 - 1)) / a0,
    a2: (1 - shelfTan / shelfQ + k2) / a0,
  };

  const passTan = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const passQ = 0.5003270373238773;
  const p2 = passTan * passTan;
  const p0 = 1 + passTan / passQ + p2;
  const highPass = { b0: 1, b1: -2, b2: 1, a1: (2 * (p2 - 1)) / p0, a2: (1 - passTan / passQ + p2) / p0 };
  return { shelf, highPass };
}

/** Blocks quieter than this are not counted, in LUFS. */
const ABSOLUTE_GATE = -70;
/** The relative gate lies this far under the loudness of the blocks over the absolute one, in LU. */
const RELATIVE_GATE = 10;
/** Steps of 100 ms in one block of 400 ms: 75 % overlap. */
const STEPS_PER_BLOCK = 4;
/** Histogram of block loudness: from the absolute gate to +30 LUFS, in pieces of 0.01 LU. */
const BINS_PER_LU = 100;
const BINS = (30 - ABSOLUTE_GATE) * BINS_PER_LU;

/** LUFS of a mean square after K-weighting, one channel (BS.1770-5, equation 2). */
export function lufs(meanSquare: number): number {
  return -0.691 + 10 * Math.log10(meanSquare);
}

/**
 * Loudness of one channel by ITU-R BS.1770-5: momentary (400 ms) and integrated with both gates.
 *
 * For any length in fixed memory: blocks are kept as counts and exact energy sums in bins of 0.01 LU. Only the place of
 * the relative gate is rounded (down, to its bin); `push` allocates nothing, so it may run in an audio thread.
 * A step of 100 ms is the nearest whole number of samples. A step with samples that are no numbers counts as silence.
 */
export class LoudnessMeter {
  readonly sampleRate: number;
  readonly #shelf: Biquad;
  readonly #highPass: Biquad;
  /** Memory of the two filters (transposed direct form II). */
  readonly #memory = new Float64Array(4);
  readonly #stepSamples: number;
  /** Energy of the last steps, in turn. */
  readonly #steps = new Float64Array(STEPS_PER_BLOCK);
  #stepsDone = 0;
  #stepFill = 0;
  #stepEnergy = 0;
  readonly #binCount = new Float64Array(BINS);
  readonly #binEnergy = new Float64Array(BINS);
  #gatedCount = 0;
  #gatedEnergy = 0;

  /** @param sampleRate Hz */
  constructor(sampleRate: number) {
    this.sampleRate = sampleRate;
    const { shelf, highPass } = kWeighting(sampleRate);
    this.#shelf = shelf;
    this.#highPass = highPass;
    this.#stepSamples = Math.max(1, Math.round(sampleRate / 10));
  }

  /**
   * Takes in samples, -1 to +1.
   *
   * @param from first sample taken
   * @param to the one after the last
   */
  push(samples: Float32Array, from = 0, to = samples.length): void {
    const s = this.#shelf;
    const h = this.#highPass;
    const memory = this.#memory;
    let position = from;
    while (position < to) {
      const end = Math.min(to, position + this.#stepSamples - this.#stepFill);
      let s1 = memory[0] ?? 0;
      let s2 = memory[1] ?? 0;
      let h1 = memory[2] ?? 0;
      let h2 = memory[3] ?? 0;
      let energy = this.#stepEnergy;
      this.#stepFill += end - position;
      for (; position < end; position += 1) {
        const x = samples[position] ?? 0;
        const y = s.b0 * x + s1;
        s1 = s.b1 * x - s.a1 * y + s2;
        s2 = s.b2 * x - s.a2 * y;
        const z = h.b0 * y + h1;
        h1 = h.b1 * y - h.a1 * z + h2;
        h2 = h.b2 * y - h.a2 * z;
        energy += z * z;
      }
      memory[0] = s1;
      memory[1] = s2;
      memory[2] = h1;
      memory[3] = h2;
      this.#stepEnergy = energy;
      if (this.#stepFill === this.#stepSamples) this.#endStep();
    }
  }

  /** Loudness of the last 400 ms in LUFS, renewed each 100 ms; null before the first 400 ms, and in digital silence. */
  momentary(): number | null {
    const meanSquare = this.#blockMeanSquare();
    return meanSquare > 0 ? lufs(meanSquare) : null;
  }

  /** Integrated loudness in LUFS of all since the start or `reset`; null under 0.4 s or when all is gated. */
  integrated(): number | null {
    if (this.#gatedCount === 0) return null;
    const threshold = lufs(this.#gatedEnergy / this.#gatedCount) - RELATIVE_GATE;
    const first = Math.max(0, Math.floor((threshold - ABSOLUTE_GATE) * BINS_PER_LU));
    let count = 0;
    let energy = 0;
    for (let bin = first; bin < BINS; bin += 1) {
      count += this.#binCount[bin] ?? 0;
      energy += this.#binEnergy[bin] ?? 0;
    }
    return count === 0 ? null : lufs(energy / count);
  }

  /** Forgets everything, as if new. */
  reset(): void {
    this.#memory.fill(0);
    this.#steps.fill(0);
    this.#stepsDone = 0;
    this.#stepFill = 0;
    this.#stepEnergy = 0;
    this.#binCount.fill(0);
    this.#binEnergy.fill(0);
    this.#gatedCount = 0;
    this.#gatedEnergy = 0;
  }

  #blockMeanSquare(): number {
    if (this.#stepsDone < STEPS_PER_BLOCK) return 0;
    let energy = 0;
    for (let i = 0; i < STEPS_PER_BLOCK; i += 1) energy += this.#steps[i] ?? 0;
    return energy / (STEPS_PER_BLOCK * this.#stepSamples);
  }

  #endStep(): void {
    if (!Number.isFinite(this.#stepEnergy)) {
      this.#stepEnergy = 0;
      this.#memory.fill(0);
    }
    // Denormal numbers in a filter that rings out cost a hundred times as much as others.
    for (let i = 0; i < 4; i += 1) if (Math.abs(this.#memory[i] ?? 0) < 1e-15) this.#memory[i] = 0;
    this.#steps[this.#stepsDone % STEPS_PER_BLOCK] = this.#stepEnergy;
    this.#stepsDone += 1;
    this.#stepFill = 0;
    this.#stepEnergy = 0;

    const meanSquare = this.#blockMeanSquare();
    const loudness = lufs(meanSquare);
    if (!(loudness >= ABSOLUTE_GATE)) return;
    const bin = Math.min(BINS - 1, Math.floor((loudness - ABSOLUTE_GATE) * BINS_PER_LU));
    this.#binCount[bin] = (this.#binCount[bin] ?? 0) + 1;
    this.#binEnergy[bin] = (this.#binEnergy[bin] ?? 0) + meanSquare;
    this.#gatedCount += 1;
    this.#gatedEnergy += meanSquare;
  }
}

/**
 * Integrated loudness of one channel in LUFS (BS.1770-5); null under 0.4 s or when all is gated.
 *
 * @param samples -1 to +1
 * @param sampleRate Hz
 */
export function measureLoudness(samples: Float32Array, sampleRate: number): number | null {
  const meter = new LoudnessMeter(sampleRate);
  meter.push(samples);
  return meter.integrated();
}
