import { z } from 'zod';
import { CHAIN_RATE } from '../sound/chain-format.ts';
import {
  ListenerName,
  ListeningAnswer,
  ListeningMethod,
  ListeningText,
  MOST_PLACES,
  MOST_TEXTS,
  MOST_TRIALS,
  TrialPlace,
} from './listening.ts';
import { PreparedTrial } from './listening-key.ts';
import { Id } from './take.ts';
import { When } from './when.ts';

/*
 * A listening-test file is a zip of stored (not compressed) entries: how small a sound becomes would tell it from others.
 *   stimuli/ID.bin   a stimulus with its place track, as it is sent to a page
 *   manifest.json    the trials of one session, without a key; it stands last
 */

/** The version this program writes. */
export const LISTENING_FILE_VERSION = 1;

export const LISTENING_MANIFEST = 'manifest.json';
export const stimulusEntry = (stimulus: string) => `stimuli/${stimulus}.bin`;

/** Samples of an hour: more than any stimulus has. */
const MOST_SAMPLES = CHAIN_RATE * 3600;
/** Read before anything else, in every version. */
export const AnyListeningManifest = z.object({
  format: z.literal('timbre.listening-test'),
  version: z.number().int().min(1),
});

/** A trial in a file: all that a listener’s page is told, and how long its stimuli are. */
export const FileTrial = z.object({
  id: Id,
  /** Index of the text. */
  text: z
    .number()
    .int()
    .min(0)
    .max(MOST_TEXTS - 1),
  places: z.array(TrialPlace).min(2).max(MOST_PLACES),
  /** Samples of each stimulus, at the rate of the chain: whole seconds. */
  samples: z.number().int().min(CHAIN_RATE).max(MOST_SAMPLES).multipleOf(CHAIN_RATE),
  switching: PreparedTrial.shape.switching,
});
export type FileTrial = z.infer<typeof FileTrial>;

/** What a listening-test file says of itself. */
export const ListeningManifest = z.object({
  format: z.literal('timbre.listening-test'),
  version: z.literal(LISTENING_FILE_VERSION),
  session: Id,
  listener: ListenerName,
  /** Name of the test. */
  name: z.string().trim().min(1).max(120),
  method: ListeningMethod,
  /** Empty where they are not read. */
  texts: z.array(ListeningText.shape.text).max(MOST_TEXTS),
  /** In their order. */
  trials: z.array(FileTrial).min(1).max(MOST_TRIALS),
  writtenAt: When,
});
export type ListeningManifest = z.infer<typeof ListeningManifest>;

/** The answers of a session that was taken elsewhere. */
export const ListeningAnswersFile = z.object({
  format: z.literal('timbre.listening-answers'),
  version: z.literal(LISTENING_FILE_VERSION),
  session: Id,
  listener: z.string().max(120),
  /** Name of the test. */
  name: z.string().max(120),
  /** In the order of the trials; not all of them where the session goes on. */
  answers: z.array(z.object({ trial: Id, answer: ListeningAnswer, shownAt: When, answeredAt: When })).max(MOST_TRIALS),
  writtenAt: When,
});
export type ListeningAnswersFile = z.infer<typeof ListeningAnswersFile>;

/** What came of merging answers. */
export const ListeningMergeReport = z.object({
  testId: Id,
  sessionId: Id,
  listener: z.string(),
  /** Answers that are new. */
  added: z.number().int(),
  /** Answers that were here before, and are the same. */
  known: z.number().int(),
  /** Trials that are still to be answered. */
  left: z.number().int(),
  /** Answers that were not taken over, and why. */
  problems: z.array(z.string()),
});
export type ListeningMergeReport = z.infer<typeof ListeningMergeReport>;
