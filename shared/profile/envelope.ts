import { hertz, mel } from '../sound/mel.ts';
import { FRAME_BANDS, HIGHEST_BAND, LOWEST_BAND } from './speech-frames.ts';
import { type BandSums, pitchQuantile, type VoiceStatistics } from './voice-statistics.ts';

/**
 * Bands that voices are compared by: those under about 5.7 kHz, so that a voice whose formants were moved up by four
 * semitones has them all.
 */
export const COMPARED_BANDS = 36;
/** Cepstral coefficients of an envelope; the level, which is coefficient 0, is left out. */
export const COEFFICIENTS = 20;
/** Numbers of an envelope. */
export const ENVELOPE = 4 * COEFFICIENTS + 1;

/** Discrete cosine transform of the compared bands, orthonormal: a row for each coefficient from 1 on. */
const COSINES = Array.from({ length: COEFFICIENTS }, (_, k) =>
  Float64Array.from(
    { length: COMPARED_BANDS },
    (_, i) => Math.sqrt(2 / COMPARED_BANDS) * Math.cos((Math.PI * (k + 1) * (i + 0.5)) / COMPARED_BANDS),
  ),
);

/** Place among the bands, from 0, that lies so many times as high as the middle of a band. */
function placeOf(band: number, factor: number): number {
  const [low, high] = [mel(LOWEST_BAND), mel(HIGHEST_BAND)];
  const middle = hertz(low + ((high - low) * (band + 1)) / (FRAME_BANDS + 1));
  const place = ((mel(middle * factor) - low) / (high - low)) * (FRAME_BANDS + 1) - 1;
  return Math.min(FRAME_BANDS - 1, Math.max(0, place));
}

/**
 * What leads from all bands of a frame to its cepstrum, the frequencies moved back by a factor on the way: a row of
 * {@link FRAME_BANDS} weights for each coefficient. For bands that are not carried the last one that is stands.
 */
function cepstralRows(factor: number, carried: number): Float64Array[] {
  const rows = COSINES.map(() => new Float64Array(FRAME_BANDS));
  for (let band = 0; band < COMPARED_BANDS; band += 1) {
    const place = Math.min(carried - 1, placeOf(band, factor));
    const below = Math.min(carried - 2, Math.floor(place));
    for (const [k, row] of rows.entries()) {
      const weight = (COSINES[k] as Float64Array)[band] as number;
      row[below] = (row[below] as number) + weight * (1 - (place - below));
      row[below + 1] = (row[below + 1] as number) + weight * (place - below);
    }
  }
  return rows;
}

/** Steps in semitones by which envelopes are moved: finer ones change nothing. */
const MOVE_STEP = 0.125;
const moves = new Map<string, Float64Array[]>();

function rowsFor(semitones: number, carried: number): Float64Array[] {
  const step = Math.round(semitones / MOVE_STEP);
  const key = `${step} ${carried}`;
  const known = moves.get(key) ?? cepstralRows(2 ** ((step * MOVE_STEP) / 12), carried);
  moves.set(key, known);
  return known;
}

/** Mean of each coefficient, and the logarithm of its standard deviation, over frames. */
function writeCepstra({ frames, sums, products }: BandSums, rows: Float64Array[], out: Float64Array, at: number): void {
  const count = Math.max(1, frames);
  for (const [k, row] of rows.entries()) {
    let mean = 0;
    let square = 0;
    for (let i = 0; i < FRAME_BANDS; i += 1) {
      const weight = row[i] as number;
      mean += weight * (sums[i] as number);
      let sum = 0;
      for (let j = 0; j < FRAME_BANDS; j += 1) sum += (row[j] as number) * (products[i * FRAME_BANDS + j] as number);
      square += weight * sum;
    }
    mean /= count;
    out[at + k] = mean;
    out[at + 2 * COEFFICIENTS + k] = 0.5 * Math.log(Math.max(0, square / count - mean * mean) + 1e-6);
  }
}

/**
 * How a voice sounds, as a list of numbers, its level left out: means of the cepstral coefficients 1 to 20 over frames
 * with a voice and over all speech, the logarithms of their standard deviations, and how far its pitch moves.
 *
 * @param moved semitones by which its formants were moved up: they are moved back
 * @param carried bands that it is to be told by: only what both voices carry can be compared
 */
export function envelopeOf(statistics: VoiceStatistics, moved = 0, carried = statistics.carried): Float64Array {
  const rows = rowsFor(moved, carried);
  const envelope = new Float64Array(ENVELOPE);
  writeCepstra(statistics.voiced, rows, envelope, 0);
  writeCepstra(statistics.active, rows, envelope, COEFFICIENTS);
  const quarters = [0.25, 0.75].map((part) => pitchQuantile(statistics, part) ?? 0) as [number, number];
  envelope[ENVELOPE - 1] = Math.log(quarters[1] - quarters[0] + 0.5);
  return envelope;
}
