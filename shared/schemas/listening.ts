import { z } from 'zod';
import { MOST_SLOTS, Slot } from './comparison.ts';
import { Id, MAX_TEXT_CHARACTERS } from './take.ts';

/**
 * How a listening test asks:
 * - `preference`: which of two is better, or neither
 * - `abx`: which of two a third one is
 * - `rating`: 0-100 for each of several, without a reference (ITU-R BS.2132)
 * - `mushra`: the same with an approved recording, open and once more hidden, and an anchor (ITU-R BS.1534)
 */
export const ListeningMethod = z.enum(['preference', 'abx', 'rating', 'mushra']);
export type ListeningMethod = z.infer<typeof ListeningMethod>;

export const MOST_TEXTS = 200;
/** Most trials that one listener is asked for. */
export const MOST_TRIALS = 1000;
/** Stimuli of one page: every slot, the hidden reference, the anchor, and the open reference. */
export const MOST_PLACES = MOST_SLOTS + 3;

/** One text of a test, and the take that each slot has of it. */
export const ListeningText = z.object({
  text: z.string().max(10 * MAX_TEXT_CHARACTERS),
  /** In the order of the slots. */
  takes: z.array(Id).min(1).max(MOST_SLOTS),
  /** The approved recording of this text; only for `mushra`. */
  reference: Id.nullable().default(null),
});
export type ListeningText = z.infer<typeof ListeningText>;

/** Trials that one listener is asked for. */
export function trialsEach({ method, texts, trials, rounds }: TrialCounts): number {
  if (method === 'abx') return trials;
  return method === 'preference' ? texts * rounds : texts;
}

/** What the number of trials depends on. */
export interface TrialCounts {
  method: ListeningMethod;
  /** How many texts there are. */
  texts: number;
  trials: number;
  rounds: number;
}

const fitting = {
  preference: { least: 2, most: 2 },
  abx: { least: 2, most: 2 },
  rating: { least: 2, most: MOST_SLOTS },
  mushra: { least: 1, most: MOST_SLOTS },
} as const satisfies Record<ListeningMethod, { least: number; most: number }>;

/** A test as a person asks for it. Nothing of it can be changed afterwards. */
export const ListeningTestInput = z
  .object({
    projectId: Id,
    /** The comparison it was made from. */
    comparisonId: Id.nullable().default(null),
    name: z.string().trim().min(1).max(120),
    method: ListeningMethod,
    slots: z.array(Slot).min(1).max(MOST_SLOTS),
    texts: z.array(ListeningText).min(1).max(MOST_TEXTS),
    /** Trials of each listener, for `abx`. */
    trials: z.number().int().min(1).max(MOST_TRIALS).default(16),
    /** How often each listener hears each text, for `preference`. */
    rounds: z.number().int().min(1).max(MOST_TRIALS).default(1),
    /** How many listeners are planned: the power before the start is told for so many. */
    listeners: z.number().int().min(1).max(1000).default(1),
    /** Whether a listener reads the text. */
    showText: z.boolean().default(true),
    /** Whether the louder ones are attenuated to the quietest one. */
    equalLoudness: z.boolean().default(true),
  })
  .superRefine((test, context) => {
    const wrong = (message: string, ...path: (string | number)[]) =>
      context.addIssue({ code: 'custom', message, path });
    const { least, most } = fitting[test.method];
    if (test.slots.length < least || test.slots.length > most) {
      wrong(
        least === most ? `this method needs ${least} slots` : `this method needs ${least} to ${most} slots`,
        'slots',
      );
    }
    for (const [index, { takes, reference }] of test.texts.entries()) {
      if (takes.length !== test.slots.length) wrong('there must be one take for each slot', 'texts', index, 'takes');
      if (test.method === 'mushra' && reference === null) {
        wrong('there must be an approved recording of each text', 'texts', index, 'reference');
      }
    }
    if (trialsEach({ ...test, texts: test.texts.length }) > MOST_TRIALS) {
      wrong(`a listener hears at most ${MOST_TRIALS} trials`, 'rounds');
    }
  });
export type ListeningTestInput = z.infer<typeof ListeningTestInput>;

/** `away`: given out as a file, to be taken in a Timbre elsewhere. */
export const ListeningSessionState = z.enum(['running', 'away', 'finished', 'abandoned']);
export type ListeningSessionState = z.infer<typeof ListeningSessionState>;

export const ListenerName = z.string().trim().min(1).max(120);

/** One listener’s run, in a list. */
export const ListeningSessionEntry = z.object({
  id: Id,
  listener: z.string(),
  state: ListeningSessionState,
  /** Trials answered. */
  answered: z.number().int(),
  /** Trials in all. */
  of: z.number().int(),
  /** Milliseconds since the epoch. */
  createdAt: z.number(),
  endedAt: z.number().nullable(),
});
export type ListeningSessionEntry = z.infer<typeof ListeningSessionEntry>;

/** A test as it may be seen before its reveal, and afterwards: nothing in it tells a slot or a take. */
export const ListeningTest = z.object({
  id: Id,
  projectId: Id,
  comparisonId: Id.nullable(),
  name: z.string(),
  method: ListeningMethod,
  state: z.enum(['open', 'revealed']),
  /** How many slots are compared. */
  slots: z.number().int(),
  /** How many texts are heard. */
  texts: z.number().int(),
  /** Trials of each listener. */
  trials: z.number().int(),
  /** Listeners planned. */
  listeners: z.number().int(),
  showText: z.boolean(),
  equalLoudness: z.boolean(),
  /** The oldest first. */
  sessions: z.array(ListeningSessionEntry),
  createdAt: z.number(),
  revealedAt: z.number().nullable(),
});
export type ListeningTest = z.infer<typeof ListeningTest>;

/** How often a stimulus was begun, and for how many s of its sound it was heard. */
export const Heard = z.strictObject({
  plays: z.number().int().min(0).max(1_000_000),
  seconds: z.number().min(0).max(1_000_000),
});
export type Heard = z.infer<typeof Heard>;

/** Seconds of each stimulus that must have been heard before an answer counts. All stimuli are at least as long. */
export const LEAST_HEARD = 1;

const few = <Schema extends z.ZodType>(schema: Schema) =>
  z.record(Id, schema).refine((record) => Object.keys(record).length <= MOST_PLACES, 'there are too many');
const Ratings = few(z.number().min(0).max(100));

/** Which of two, by the name of its place. `none`: no difference; only for `preference`. */
export const ListeningChoice = z.enum(['A', 'B', 'none']);
export type ListeningChoice = z.infer<typeof ListeningChoice>;

/** An answer. Stimuli go by their ids. */
export const ListeningAnswer = z.strictObject({
  /** For `preference` and `abx`. */
  choice: ListeningChoice.optional(),
  /** 0-100 for each stimulus that is rated; for `rating` and `mushra`. */
  ratings: Ratings.optional(),
  heard: few(Heard),
});
export type ListeningAnswer = z.infer<typeof ListeningAnswer>;

/** A page that is half done: sliders, choice and counts so far. */
export const ListeningDraft = z.strictObject({
  choice: ListeningChoice.nullable().default(null),
  ratings: Ratings.default({}),
  heard: few(Heard).default({}),
});
export type ListeningDraft = z.infer<typeof ListeningDraft>;

/**
 * Names of the places of a trial: `A` and `B` for `preference`, with `X` for `abx`; `1`, `2`, ... for what is rated, with
 * `R` for the open reference. They have nothing to do with the letters of the slots.
 */
export const TrialPlaceName = z.string().regex(/^(?:[ABXR]|[1-9]|10)$/);

/** Where a stimulus stands in a trial. */
export const TrialPlace = z.object({
  place: TrialPlaceName,
  /** Made for this trial alone: the same sound has another one elsewhere. */
  stimulus: Id,
  /** Whether it is to be rated. */
  rated: z.boolean(),
});
export type TrialPlace = z.infer<typeof TrialPlace>;

/** A trial as the listener sees it. */
export const ListeningTrial = z.object({
  id: Id,
  sessionId: Id,
  method: ListeningMethod,
  /** Its number, from 0. */
  index: z.number().int(),
  of: z.number().int(),
  /** Null where the listener is not to read it. */
  text: z.string().nullable(),
  places: z.array(TrialPlace),
  /** Where the page was left half done. */
  draft: ListeningDraft.nullable(),
});
export type ListeningTrial = z.infer<typeof ListeningTrial>;

/** One listener’s run, and the trial that is next. */
export const ListeningSession = ListeningSessionEntry.extend({
  /** Null where the test came in a file. */
  testId: Id.nullable(),
  /** Name of the test. */
  name: z.string(),
  method: ListeningMethod,
  /** Null where none is left, or the session does not run here. */
  trial: ListeningTrial.nullable(),
});
export type ListeningSession = z.infer<typeof ListeningSession>;

/** Starts a session. */
export const ListeningSessionInput = z.object({
  listener: ListenerName,
  /** True where it is to be taken elsewhere, by its file. */
  away: z.boolean().default(false),
});
export type ListeningSessionInput = z.infer<typeof ListeningSessionInput>;
