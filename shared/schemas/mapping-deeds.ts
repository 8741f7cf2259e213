import { z } from 'zod';
import { Fault } from '../errors.ts';
import { MappedVoice, MappingRow, MappingVerdict, MOST_ROWS } from './mapping.ts';
import { Id } from './take.ts';

/** Which rows of a mapping are meant; all of them where none are named. */
export const RowChoice = z.object({ rowIds: z.array(Id).min(1).max(MOST_ROWS).optional() });
export type RowChoice = z.infer<typeof RowChoice>;

/** What became of one old id as another name of a new voice. */
export const AliasOutcome = z.object({
  rowId: Id,
  /** The old voice's id as its own provider gives it; empty where it has none. */
  alias: z.string(),
  /** `provider:voice` of the new voice; null where none is chosen. */
  voiceId: z.string().nullable(),
  /** `given` and `taken away` are changes; `there` and `not there`: it was so already. */
  outcome: z.enum(['given', 'there', 'taken away', 'not there', 'refused']),
  /** Why it was refused. */
  fault: Fault.nullable(),
});
export type AliasOutcome = z.infer<typeof AliasOutcome>;

/** What became of each row, in the mapping's order. */
export const AliasAnswer = z.object({ rows: z.array(AliasOutcome) });
export type AliasAnswer = z.infer<typeof AliasAnswer>;

/** Most takes that a reference is made of. */
export const MOST_REFERENCE_TAKES = 20;

/** A recording of the old voice that is to become the new one. */
export const CloneRequest = z.object({
  /** Id of the provider that makes the voice. */
  provider: z.string().min(1).max(200),
  /** Takes of the old voice, in the order in which they are joined. */
  takeIds: z.array(Id).min(1).max(MOST_REFERENCE_TAKES),
  /** What the new voice is to be called. */
  name: z.string().trim().min(1).max(80),
  /** Whether the person states that they hold the rights to the voice. Without it nothing is sent. */
  rightsStated: z.boolean().default(false),
  /** Who states it; empty where nobody gave a name. */
  by: MappingVerdict.shape.by.default(''),
  /** BCP 47 tag of what is spoken; by default the old voice's. */
  language: z.string().max(40).nullable().optional(),
});
export type CloneRequest = z.infer<typeof CloneRequest>;

/** The new voice, and the row in which it is chosen by hand now. */
export const CloneAnswer = z.object({
  voiceId: z.string(),
  /** Seconds of the reference. */
  seconds: z.number(),
  row: MappingRow,
});
export type CloneAnswer = z.infer<typeof CloneAnswer>;

/** What a file changes of one row. Null is as it was. */
export const MappingChange = z.object({
  /** Null where the old voice is not in the mapping, and was not added yet. */
  rowId: Id.nullable(),
  /** Whether the old voice comes into the mapping by the file. */
  added: z.boolean(),
  oldVoiceId: z.string().nullable(),
  oldVoiceName: z.string(),
  choice: z.object({ was: MappedVoice.nullable(), becomes: MappedVoice }).nullable(),
  /** `was` is the verdict in force before. */
  verdict: z.object({ was: MappingVerdict.nullable(), becomes: MappingVerdict }).nullable(),
});
export type MappingChange = z.infer<typeof MappingChange>;

/** What reading a file changes, or would change, of a mapping. */
export const MappingReading = z.object({
  /** Whether it was done. */
  applied: z.boolean(),
  /** Rows that change, in the file's order. */
  changes: z.array(MappingChange),
  /** Rows of the file that change nothing. */
  unchanged: z.number().int(),
  /** What could not be read or used and is left out, in words. */
  problems: z.array(z.string()),
});
export type MappingReading = z.infer<typeof MappingReading>;
