import { z } from 'zod';
import { StudioSettings } from '../controls/controls.ts';
import { Fault } from '../errors.ts';
import { HeardLevel } from '../sound/equal-loudness.ts';
import { ComparisonCell, MOST_SLOTS } from './comparison.ts';
import { Id, TakeRequest } from './take.ts';

/** Most takes that are asked for in one call. */
const MOST_REQUESTS = 2000;

/** Asks for the takes of several slots at once. No other voice speaks in place of the one asked for. */
export const CompareRequest = z.object({
  /** `cell`: where the take is put as soon as it is there, also where nobody waits for it any more. */
  requests: z
    .array(TakeRequest.extend({ cell: ComparisonCell.optional() }))
    .min(1)
    .max(MOST_REQUESTS),
});
export type CompareRequest = z.infer<typeof CompareRequest>;

/** What came of one of them, told once its first sound is there: which take answers, or why none does. */
export const CompareAnswer = z.union([
  z.object({ id: Id, takeId: Id, cached: z.boolean() }),
  z.object({ id: Id, fault: Fault }),
]);
export type CompareAnswer = z.infer<typeof CompareAnswer>;

/** Asks for what makes takes equally loud. */
export const GainsRequest = z.object({
  takes: z.array(z.object({ takeId: Id, studio: StudioSettings })).max(MOST_SLOTS),
});
export type GainsRequest = z.infer<typeof GainsRequest>;

/** What makes them equally loud, in dB, and how loud each is before. See `EqualGains`. */
export const GainsAnswer = z.object({
  gains: z.array(z.number()),
  by: z.enum(['loudness', 'spoken', 'none']),
  lowered: z.number(),
  levels: z.array(HeardLevel),
});
export type GainsAnswer = z.infer<typeof GainsAnswer>;
