import { z } from 'zod';
import type { Take } from '../schemas/take.ts';
import type { HeardLevel } from '../sound/equal-loudness.ts';
import { amountWords } from '../text/amount-words.ts';
import { wordsOf } from '../text/words.ts';

/** Figures of a take as it is heard: with its own speed, pitch and volume. Null where something is not known. */
export const TakeFigures = z.object({
  /** From asking to the first sound, and to the last, in ms; null where it was answered from the library. */
  firstSound: z.number().nullable(),
  total: z.number().nullable(),
  /** LUFS before it is matched with others (BS.1770); of what is spoken where there is too little speech. */
  loudness: z.number().nullable(),
  /** s. */
  duration: z.number().nullable(),
  wordsPerMinute: z.number().nullable(),
  /** Median fundamental in Hz, and 5th to 95th percentile in semitones. */
  pitch: z.number().nullable(),
  pitchRange: z.number().nullable(),
});
export type TakeFigures = z.infer<typeof TakeFigures>;

/** Milliseconds from asking to the first byte of sound; null where none came. */
export function firstSound(take: Take): number | null {
  return take.firstByteAt === null ? null : Math.max(0, Math.round(take.firstByteAt - take.sentAt));
}

/** Seconds of audio a take has; null while none is stored. */
export function takeSeconds(take: Take): number | null {
  if (take.measurements !== null) return take.measurements.duration;
  return take.samples > 0 && take.sampleRate > 0 ? take.samples / take.sampleRate : null;
}

/** Tells whether what a take cost is an estimate: the provider did not tell what it billed. */
export function isEstimated({ cost: { billed, estimated } }: Take): boolean {
  return billed === null && estimated > 0;
}

/** What a take cost: what was billed where that is told, otherwise the estimate, marked as such: “≈ 23 credits”. */
export function costWords(take: Take): string {
  const { billed, estimated, currency } = take.cost;
  return `${isEstimated(take) ? '≈\u00a0' : ''}${amountWords(billed ?? estimated, currency)}`;
}

/** Words in a minute of a text that takes so many seconds. */
function wordsPerMinute(take: Take, seconds: number): number | null {
  const words = wordsOf(take.text, take.language).length;
  return words > 0 && seconds > 0 ? (words * 60) / seconds : null;
}

/**
 * Figures of a take.
 *
 * @param level how loud it is as it is heard; null while that is not known
 */
export function takeFigures(take: Take, level: HeardLevel | null): TakeFigures {
  const seconds = takeSeconds(take);
  const duration = seconds === null ? null : seconds / take.studio.speed;
  const asked = take.source === 'rendered' && !take.cached;
  const { pitch = null, pitchRange = null, loudness = null } = take.measurements ?? {};
  return {
    firstSound: asked ? firstSound(take) : null,
    total: asked && take.lastByteAt ? take.lastByteAt - take.sentAt : null,
    loudness: level?.loudness ?? level?.spoken ?? (loudness === null ? null : loudness + take.studio.volume),
    duration,
    wordsPerMinute: duration === null ? null : wordsPerMinute(take, duration),
    pitch: pitch === null ? null : pitch * 2 ** (take.studio.pitch / 12),
    pitchRange,
  };
}
