import { dbToGain, gainToDb } from '../sound/pcm.ts';

/** Semitones in an octave of equal temperament. */
const OCTAVE = 12;

/** A frequency ratio in semitones: 12·log2. */
export function ratioToSemitones(ratio: number): number {
  return OCTAVE * Math.log2(ratio);
}

/** Semitones as a frequency ratio: 2^(semitones/12). */
export function semitonesToRatio(semitones: number): number {
  return 2 ** (semitones / OCTAVE);
}

/** An amplitude ratio in dB. */
export const ratioToDb = gainToDb;

/** dB as an amplitude ratio. */
export const dbToRatio = dbToGain;
