import { z } from 'zod';
import { ListeningMethod } from '../schemas/listening.ts';
import { ListeningResults } from '../schemas/listening-results.ts';
import { Id } from '../schemas/take.ts';
import { ReportedTake, ReportedText } from './reported-take.ts';

/** How a test was laid out. Nothing of it can be changed after the first listener. */
const ListeningDesign = z.object({
  method: ListeningMethod,
  /** Trials of each listener. */
  trials: z.number().int(),
  /** How often each listener hears each text; for `preference`. */
  rounds: z.number().int(),
  /** Listeners planned. */
  listeners: z.number().int(),
  /** Whether a listener reads the text. */
  showText: z.boolean(),
});

/** What the test could show, told before its start. See `planOf`. */
const Plan = z.object({
  needed: z.number().int().nullable(),
  power: z.array(z.object({ rate: z.number(), power: z.number() })),
  leastListeners: z.number().int().nullable(),
  halfWidth: z.number().nullable(),
});

/** A text of a test with what was heard of it. */
export const ListeningReportText = ReportedText.extend({ reference: ReportedTake.nullable() });
export type ListeningReportText = z.infer<typeof ListeningReportText>;

/** What a report of a listening test says before its texts. */
export const ListeningReportHead = z.object({
  format: z.literal('timbre.listening-report'),
  version: z.literal(1),
  /** Version of Timbre. */
  madeWith: z.string(),
  /** Milliseconds since the epoch. */
  madeAt: z.number(),
  project: z.string(),
  comparisonId: Id.nullable(),
  design: ListeningDesign,
  plan: Plan,
  /** With every answer, and what was stored with it: seeds, order, gains, counts and times. */
  results: ListeningResults,
  /** The model that each slot spoke with, by its first take; null where it has none. */
  models: z.array(z.string().nullable()),
});
export type ListeningReportHead = z.infer<typeof ListeningReportHead>;

/** Everything of a revealed listening test but its sounds, curves and pictures. */
export const ListeningReport = ListeningReportHead.extend({ texts: z.array(ListeningReportText) });
export type ListeningReport = z.infer<typeof ListeningReport>;
