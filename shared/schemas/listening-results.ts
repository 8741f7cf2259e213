import { z } from 'zod';
import { Slot } from './comparison.ts';
import { ListeningAnswer, ListeningSessionEntry, ListeningText } from './listening.ts';
import { AnswerRecord } from './listening-key.ts';
import { Id } from './take.ts';

/** One listener of a test, and whether what he answered counts. */
export const ResultListener = ListeningSessionEntry.extend({
  /** Why he is left out; null where he counts. */
  left: z.string().nullable(),
});
export type ResultListener = z.infer<typeof ResultListener>;

/** How often somebody would be found who hears so well, or prefers so clearly. */
const Power = z.object({
  /** Rate of right answers, or of one of the two among the preferences, 0-1. */
  rate: z.number(),
  /** Chance to be found at the level, 0-1. */
  power: z.number(),
});
export type Power = z.infer<typeof Power>;

/** The sign-flip test over the listeners that count. */
export const OverListenersResult = z.object({
  listeners: z.number().int(),
  p: z.number(),
  /** False where patterns were drawn, not all counted. */
  exact: z.boolean(),
  /** Fewest listeners with which it could come out at the level. */
  least: z.number().int(),
});
export type OverListenersResult = z.infer<typeof OverListenersResult>;

export const AbxResult = z.object({
  method: z.literal('abx'),
  listeners: z.array(
    z.object({
      session: Id,
      hits: z.number().int(),
      trials: z.number().int(),
      /** Exact one-sided binomial test. */
      p: z.number(),
      /** Hits from which on it is significant; null where none would be. */
      needed: z.number().int().nullable(),
      power: z.array(Power),
    }),
  ),
  over: OverListenersResult.nullable(),
});
export type AbxResult = z.infer<typeof AbxResult>;

/** Answers for the first slot, for the second, and for neither. */
const Counts = z.object({ first: z.number().int(), second: z.number().int(), none: z.number().int() });
export type Counts = z.infer<typeof Counts>;

export const PreferenceResult = z.object({
  method: z.literal('preference'),
  listeners: z.array(
    z.object({
      session: Id,
      counts: Counts,
      /** Exact two-sided binomial test of the preferences; “no difference” is left out of it. */
      p: z.number(),
      /** Preferences for one of the two from which on it is significant; null where none would be. */
      needed: z.number().int().nullable(),
      power: z.array(Power),
    }),
  ),
  /** All of those who count. */
  counts: Counts,
  /** By text, in their order. */
  texts: z.array(Counts),
  /**
   * Not by slot but by place: answers for what stood first, and second; with a two-sided test of all together, as if answers
   * of one listener were independent of each other.
   */
  places: Counts.extend({
    p: z.number(),
    /** How often each of the two slots stood first. */
    stoodFirst: z.object({ first: z.number().int(), second: z.number().int() }),
  }),
  over: OverListenersResult.nullable(),
});
export type PreferenceResult = z.infer<typeof PreferenceResult>;

const Interval = z.object({ low: z.number(), high: z.number() });

export const RatingResult = z.object({
  method: z.enum(['rating', 'mushra']),
  /** The slots in their order; with an approved recording, that and its anchor behind them. */
  rated: z.array(
    z.object({
      kind: z.enum(['slot', 'reference', 'anchor']),
      /** Mean of 0-100; null where nobody rated it. */
      mean: z.number().nullable(),
      /** 95 % by the studentised bootstrap over the units; null where they are too few. */
      interval: Interval.nullable(),
      count: z.number().int(),
      /** Mean of each listener, also of those who are left out. */
      listeners: z.array(z.object({ session: Id, mean: z.number() })),
    }),
  ),
  /** How much higher the first was rated than the second, by the same listener for the same text. Indices into `rated`. */
  pairs: z.array(
    z.object({
      first: z.number().int(),
      second: z.number().int(),
      difference: z.number(),
      /** Of this pair alone. */
      interval: Interval.nullable(),
      /** Exact two-sided sign-flip test over the units, corrected for the number of pairs (Holm). */
      p: z.number(),
    }),
  ),
  /** What is counted as independent: the listeners; where there is one, his texts. */
  units: z.object({
    of: z.enum(['listeners', 'texts']),
    count: z.number().int(),
    /** Fewest with which a difference between any two of so many could be significant. */
    least: z.number().int(),
  }),
});
export type RatingResult = z.infer<typeof RatingResult>;

/** Everything of a test after its reveal. */
export const ListeningResults = z.object({
  testId: Id,
  name: z.string(),
  slots: z.array(Slot),
  texts: z.array(ListeningText),
  equalLoudness: z.boolean(),
  createdAt: z.number(),
  revealedAt: z.number(),
  /** Level of significance. */
  level: z.number(),
  listeners: z.array(ResultListener),
  result: z.discriminatedUnion('method', [AbxResult, PreferenceResult, RatingResult]),
  /** What came out, in sentences. */
  words: z.array(z.string()),
  /** Every answer with what was stored with it, in the order of the trials, listener by listener. */
  answers: z.array(z.object({ session: Id, answer: ListeningAnswer, record: AnswerRecord })),
});
export type ListeningResults = z.infer<typeof ListeningResults>;
