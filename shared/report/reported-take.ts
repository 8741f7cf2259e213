import { z } from 'zod';
import { Alignment } from '../schemas/alignment.ts';
import { GainsAnswer } from '../schemas/compare.ts';
import { Id, Take } from '../schemas/take.ts';
import { HeardLevel } from '../sound/equal-loudness.ts';
import { TakeFigures } from './take-figures.ts';

/** A take in a report, and how it is heard beside the others of its text. */
export const ReportedTake = z.object({
  take: Take,
  /** False where the slot or the text was changed after it was made. */
  current: z.boolean(),
  figures: TakeFigures,
  /** How loud it is as it is heard, before it is matched; null where it has no sound. */
  level: HeardLevel.nullable(),
  /** dB that make it as loud as the others; null where loudness is left as it is. */
  gain: z.number().nullable(),
  /** How it lies in time beside the first take of its text; null for that one, and where they cannot be aligned. */
  alignment: Alignment.pick({ by: true, trusted: true, doubts: true }).extend({ with: Id }).nullable(),
});
export type ReportedTake = z.infer<typeof ReportedTake>;

/** A text in a report. */
export const ReportedText = z.object({
  text: z.string(),
  /** In the order of the slots; null where a slot has no take of it. */
  takes: z.array(ReportedTake.nullable()),
  /** What was made equal; null where loudness is left as it is. */
  equal: GainsAnswer.pick({ by: true, lowered: true }).nullable(),
});
export type ReportedText = z.infer<typeof ReportedText>;
