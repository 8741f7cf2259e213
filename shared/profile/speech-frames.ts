import FFT from 'fft.js';
import { type MelBand, melBands } from '../sound/mel.ts';
import { trackPitch } from '../sound/pitch-track.ts';
import { PowerSpectrum } from '../sound/power-spectrum.ts';

/** Seconds between two frames. */
export const FRAME_STEP = 0.01;
/** Seconds that a frame is computed from: long enough to tell the partials of a low voice. */
const WINDOW = 0.04;
/** Bands of a frame, evenly apart on the mel scale. */
export const FRAME_BANDS = 40;
/** Hz where the first one begins and the last one ends: what every rate of 16 kHz and more carries. */
export const LOWEST_BAND = 60;
export const HIGHEST_BAND = 7600;
/** Power beside which nothing is heard. */
const FLOOR = 1e-9;
/** A frame this far under the loudest ones is no speech, in dB. */
const ACTIVE = 35;
/** The loudest ones: all but so many of a hundred are quieter. A click is not how loud somebody speaks. */
const LOUD = 0.95;
/** Quieter than this is silence, in dB of a full-scale square. */
const SILENT = -70;
/** Seconds whose pitch is followed at once: memory stays small, and the steps short. */
const PIECE = 60;
/** Where the cepstral peak of a voice is looked for, in Hz of its fundamental (J. Hillenbrand et al. 1994). */
const PEAK_LOWEST = 60;
const PEAK_HIGHEST = 400;

/** What is heard in each frame of a sound. */
export interface SpeechFrames {
  frames: number;
  /** Bands that the sound's rate carries; all of them from 16 kHz on. The others say nothing. */
  carried: number;
  /** Natural logarithm of the power in each band: {@link FRAME_BANDS} numbers a frame. */
  bands: Float32Array;
  /** Level in dB of full scale. */
  level: Float32Array;
  /** Fundamental in Hz; 0 where there is no voice. */
  pitch: Float32Array;
  /** Whether it is speech: 1 or 0. */
  active: Uint8Array;
  /** How far the cepstral peak of the voice stands out, in dB; 0 where there is no voice. Low is breathy. */
  prominence: Float32Array;
  /** Spectral centroid in Hz, of what the bands carry. */
  centre: Float32Array;
}

/**
 * Frames of 40 ms every 10 ms.
 *
 * @param samples -1 to +1, one channel
 * @param sampleRate Hz, 8000 or more
 */
export function speechFrames(samples: Float32Array, sampleRate: number): SpeechFrames {
  const frames = Math.max(1, Math.ceil(samples.length / (FRAME_STEP * sampleRate)));
  const pitch = followPitch(samples, sampleRate, frames);
  const spectrum = new FrameSpectrum(sampleRate);
  const bands = new Float32Array(frames * FRAME_BANDS);
  const level = new Float32Array(frames);
  const prominence = new Float32Array(frames);
  const centre = new Float32Array(frames);
  for (let frame = 0; frame < frames; frame += 1) {
    const start = Math.round(frame * FRAME_STEP * sampleRate - spectrum.length / 2);
    level[frame] = 10 * Math.log10(spectrum.measure(samples, start) + FLOOR);
    spectrum.writeBands(bands, frame * FRAME_BANDS);
    centre[frame] = spectrum.centre();
    if ((pitch[frame] as number) > 0) prominence[frame] = spectrum.prominence();
  }
  return { frames, carried: spectrum.carried, bands, level, pitch, active: activeFrames(level), prominence, centre };
}

function followPitch(samples: Float32Array, sampleRate: number, frames: number): Float32Array {
  const pitch = new Float32Array(frames);
  const length = Math.round(PIECE * sampleRate);
  for (let from = 0, at = 0; from < samples.length; from += length, at += Math.round(PIECE / FRAME_STEP)) {
    const track = trackPitch(samples.subarray(from, from + length), sampleRate);
    pitch.set(track.pitch.slice(0, frames - at), at);
  }
  return pitch;
}

function activeFrames(level: Float32Array): Uint8Array {
  const loud = level.toSorted()[Math.floor((level.length - 1) * LOUD)] as number;
  const least = Math.max(SILENT, loud - ACTIVE);
  return Uint8Array.from(level, (own) => Number(own > least));
}

/** Power spectrum of one frame at a time. */
class FrameSpectrum {
  /** Samples of a frame. */
  readonly length: number;
  /** Bands under half the sample rate. */
  readonly carried: number;
  readonly #frame: PowerSpectrum;
  readonly #bands: MelBand[];
  readonly #rate: number;
  /** For the cepstrum: the spectrum of the spectrum. */
  readonly #fft: FFT;
  readonly #spectrum: number[];
  readonly #cepstrum: Float64Array;
  /** Lines that the bands reach to. */
  readonly #lines: number;

  constructor(sampleRate: number) {
    this.length = Math.round(WINDOW * sampleRate);
    this.#frame = new PowerSpectrum(this.length);
    const { size } = this.#frame;
    this.#rate = sampleRate;
    this.#fft = new FFT(size);
    this.#spectrum = this.#fft.createComplexArray();
    this.#cepstrum = new Float64Array(size);
    this.#bands = melBands(FRAME_BANDS, LOWEST_BAND, HIGHEST_BAND, size, sampleRate);
    const beyond = this.#bands.findIndex(({ from, weights }) => from + weights.length > size / 2);
    this.carried = beyond < 0 ? FRAME_BANDS : beyond;
    this.#lines = Math.min(size / 2, Math.floor((HIGHEST_BAND * size) / sampleRate));
  }

  /** Takes in a frame; what lies outside of the sound is silence. @returns its mean square */
  measure(samples: Float32Array, start: number): number {
    this.#frame.measure(samples, start);
    let energy = 0;
    for (let i = 0; i < this.length; i += 1) energy += (samples[start + i] ?? 0) ** 2;
    return energy / this.length;
  }

  writeBands(out: Float32Array, at: number): void {
    this.#bands.forEach(({ from, weights }, band) => {
      out[at + band] = Math.log(this.#frame.under(from, weights) + FLOOR);
    });
  }

  centre(): number {
    let sum = 0;
    let weighted = 0;
    for (let line = 1; line <= this.#lines; line += 1) {
      const power = this.#frame.power[line] as number;
      sum += power;
      weighted += power * line;
    }
    return sum === 0 ? 0 : (weighted / sum) * (this.#rate / this.#frame.size);
  }

  /** dB of the highest peak of the cepstrum over the line through it, where fundamentals lie. */
  prominence(): number {
    const cepstrum = this.#cepstrum;
    const size = cepstrum.length;
    for (let line = 0; line <= size / 2; line += 1) {
      const log = 10 * Math.log10((this.#frame.power[line] as number) + 1e-15);
      cepstrum[line] = log;
      if (line > 0 && line < size / 2) cepstrum[size - line] = log;
    }
    this.#fft.realTransform(this.#spectrum, cepstrum);
    const from = Math.floor(this.#rate / PEAK_HIGHEST);
    const to = Math.min(size / 2, Math.ceil(this.#rate / PEAK_LOWEST));
    let peak = Number.NEGATIVE_INFINITY;
    let peakAt = 0;
    const sums = { n: 0, x: 0, y: 0, xx: 0, xy: 0 };
    for (let quefrency = from; quefrency <= to; quefrency += 1) {
      const real = this.#spectrum[2 * quefrency] as number;
      const imaginary = this.#spectrum[2 * quefrency + 1] as number;
      const value = 10 * Math.log10(real * real + imaginary * imaginary + 1e-15);
      if (value > peak) {
        peak = value;
        peakAt = quefrency;
      }
      sums.n += 1;
      sums.x += quefrency;
      sums.y += value;
      sums.xx += quefrency * quefrency;
      sums.xy += quefrency * value;
    }
    const slope = (sums.n * sums.xy - sums.x * sums.y) / (sums.n * sums.xx - sums.x * sums.x);
    return Math.max(0, peak - (sums.y / sums.n + slope * (peakAt - sums.x / sums.n)));
  }
}
