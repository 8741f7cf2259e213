import type { Leftover, ProfileFeature } from '../schemas/mapping.ts';

/** How a feature is told of: what a listener hears when there is more of it, or less. */
interface Telling {
  /** What is smaller is not worth a word, in the feature’s own unit. */
  least: number;
  more: string;
  less: string;
  /** How much, in words before the word; where it is not here, a little or much. */
  amount?: (size: number) => string;
  /** What is smaller is “a little”, what is larger “much”. */
  grades?: readonly [little: number, much: number];
}

const semitones = (size: number) => `${size.toFixed(1)} st`;
const percent = (size: number) => `${Math.round(size * 100)} %`;
const decibels = (size: number) => `${size.toFixed(1)} dB`;

/**
 * In the order of what is noticed first. The least amounts are about what is just noticed in running speech; they are the
 * studio’s own and were not measured. Timbre has no word: how far two voices are apart in it is their distance.
 */
const TELLINGS: readonly (readonly [ProfileFeature, Telling])[] = [
  ['pitch', { least: 0.15, more: 'higher', less: 'lower', amount: semitones }],
  ['rate', { least: 0.015, more: 'faster', less: 'slower', amount: percent }],
  ['brightness', { least: 0.1, more: 'brighter', less: 'darker', grades: [0.25, 0.8] }],
  ['clarity', { least: 1, more: 'clearer', less: 'breathier', grades: [2, 6] }],
  ['loudness', { least: 0.5, more: 'louder', less: 'softer', amount: decibels }],
  ['pitchSpread', { least: 0.4, more: 'livelier', less: 'flatter', grades: [0.8, 2] }],
  ['loudnessRange', { least: 2, more: 'more dynamic', less: 'more even', grades: [4, 10] }],
  ['pauses', { least: 0.03, more: 'more pauses', less: 'fewer pauses', amount: percent }],
  ['noise', { least: 4, more: 'cleaner', less: 'noisier', grades: [8, 20] }],
];

function told(value: number, { least, more, less, amount, grades = [0, Infinity] }: Telling): string | null {
  const size = Math.abs(value);
  if (!(size >= least)) return null;
  const word = value > 0 ? more : less;
  if (amount) return `${amount(size)} ${word}`;
  const grade = size < grades[0] ? 'a little ' : size > grades[1] ? 'much ' : '';
  return `${grade}${word}`;
}

/** What is left between two voices as single words, what is noticed first at the front: “0.3 st lower”, “brighter”. */
export function leftoverParts(leftover: readonly Leftover[]): string[] {
  return TELLINGS.flatMap(([name, telling]) => {
    const value = leftover.find(({ feature }) => feature === name)?.value;
    return value === undefined ? [] : (told(value, telling) ?? []);
  });
}

/**
 * What is left between two voices in words: “0.3 st lower, 4 % faster, brighter”.
 *
 * @param leftover new less old; empty where nothing was measured
 */
export function leftoverWords(leftover: readonly Leftover[]): string {
  if (leftover.length === 0) return 'not measured';
  const parts = leftoverParts(leftover);
  return parts.length === 0 ? 'nothing that is noticed' : parts.join(', ');
}
