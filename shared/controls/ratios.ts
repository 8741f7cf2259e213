import { gainToDb } from '../sound/pcm.ts';

/** Semitones in an octave of equal temperament. */
const OCTAVE = 12;

/** A frequency ratio in semitones: 12·log2. */
export function ratioToSemitones(ratio: number): number {
  return OCTAVE * Math.log2(ratio);
}

/** An amplitude ratio in dB. */
export const ratioToDb = gainToDb;
