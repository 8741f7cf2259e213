import { z } from 'zod';
import { StudioSettings } from '../controls/controls.ts';
import {
  ListeningAnswer,
  ListeningDraft,
  ListeningMethod,
  ListeningSessionState,
  ListeningTestInput,
  ListeningText,
  MOST_TEXTS,
  TrialPlaceName,
} from './listening.ts';
import { Id } from './take.ts';
import { When } from './when.ts';

// What stands behind a blind test. Nothing in this file goes to the page, into a file for other machines or into the log
// before the test is revealed.

/** A test as it is stored. */
export const StoredTest = z.intersection(
  ListeningTestInput,
  z.object({
    id: Id,
    /** What the studio does of each take, by its id, as it was when the test was made. */
    studio: z.record(Id, StudioSettings),
    createdAt: When,
    revealedAt: When.nullable(),
  }),
);
export type StoredTest = z.infer<typeof StoredTest>;

/**
 * Where the order of a session comes from. The order of texts is seen, and 32 bits can be found by trying: so it has a
 * seed of its own, of which the other one does not depend.
 */
export const TrialSeeds = z.object({
  /** Order of texts. */
  texts: z.number().int(),
  /** What stands at which place. */
  places: z.number().int(),
});
export type TrialSeeds = z.infer<typeof TrialSeeds>;

/** What a guest’s session is told of its test; there the key is elsewhere. */
export const GuestTest = z.object({
  name: z.string().max(120),
  method: ListeningMethod,
  /** Empty where they are not read. */
  texts: z.array(ListeningText.shape.text).max(MOST_TEXTS),
});
export type GuestTest = z.infer<typeof GuestTest>;

/** A session as it is stored. */
export const StoredSession = z.object({
  id: Id,
  testId: Id.nullable(),
  listener: z.string(),
  state: ListeningSessionState,
  /** Null where the test came in a file. */
  seeds: TrialSeeds.nullable(),
  /** Of a test that came in a file. */
  guest: GuestTest.nullable(),
  createdAt: When,
  endedAt: When.nullable(),
});
export type StoredSession = z.infer<typeof StoredSession>;

/**
 * One stimulus of a trial. `what` is the index of the slot; one more than the last is the reference, two more its anchor;
 * null in a test that came in a file.
 */
export const StoredPlace = z.object({
  place: TrialPlaceName,
  stimulus: Id,
  rated: z.boolean(),
  what: z.number().int().min(0).nullable(),
  /** Seed of its dither, its lead and the jitter of its places: drawn for it alone, and independent of all other seeds. */
  noise: z.number().int().nullable(),
});
export type StoredPlace = z.infer<typeof StoredPlace>;

/** What was found when the sounds of a trial were made. */
export const PreparedTrial = z.object({
  /** dB of each place, in their order. */
  gains: z.array(z.number()),
  /** What was made equal; null where loudness was left as it is. */
  by: z.enum(['loudness', 'spoken', 'none']).nullable(),
  switching: z.enum(['word', 'restart']),
  /** Samples of every stimulus, at the rate of the chain. */
  samples: z.number().int(),
});
export type PreparedTrial = z.infer<typeof PreparedTrial>;

/** What is stored with an answer when it is given, so that it can be understood by itself. */
export const AnswerRecord = z.object({
  method: ListeningMethod,
  seeds: TrialSeeds,
  /** Number of the trial, from 0. */
  index: z.number().int(),
  /** Index of the text. */
  text: z.number().int(),
  places: z.array(StoredPlace),
  equalLoudness: z.boolean(),
  prepared: PreparedTrial,
  shownAt: When,
  answeredAt: When,
});
export type AnswerRecord = z.infer<typeof AnswerRecord>;

/** A trial as it is stored. */
export const StoredTrial = z.object({
  id: Id,
  sessionId: Id,
  index: z.number().int(),
  /** Index of the text. */
  text: z.number().int(),
  places: z.array(StoredPlace),
  prepared: PreparedTrial.nullable(),
  draft: ListeningDraft.nullable(),
  shownAt: When.nullable(),
  answeredAt: When.nullable(),
  answer: ListeningAnswer.nullable(),
  /** Null for a guest’s answer: the key is elsewhere. */
  record: AnswerRecord.nullable(),
});
export type StoredTrial = z.infer<typeof StoredTrial>;
