import { z } from 'zod';
import { Alignment } from '../../shared/schemas/alignment.ts';
import { CharacterTimings } from '../../shared/schemas/take.ts';
import { StoredSound } from '../analysis/analysis-task.ts';

/** What one of two takes is aligned by. */
const Side = z.object({ features: z.instanceof(Uint8Array), timings: CharacterTimings.nullable() });

/** What the alignment worker is asked. */
export const AlignmentTask = z.discriminatedUnion('kind', [
  /** The features of a sound that is stored. */
  z.object({ kind: z.literal('stored'), sound: StoredSound }),
  /** More samples of a sound that is still being made, under a name of its own. */
  z.object({
    kind: z.literal('push'),
    name: z.string(),
    sampleRate: z.number().positive(),
    samples: z.instanceof(Int16Array),
    /** Its first ones: what another thread had before it died is lost. */
    first: z.boolean(),
  }),
  /** The features of all that was pushed. */
  z.object({ kind: z.literal('finish'), name: z.string() }),
  /** Forgets what was pushed. */
  z.object({ kind: z.literal('drop'), name: z.string() }),
  /** How two sounds lie in time. */
  z.object({ kind: z.literal('align'), a: Side, b: Side }),
]);
export type AlignmentTask = z.infer<typeof AlignmentTask>;

/** Packed features; null where nothing was pushed. */
export const FeaturesAnswer = z.object({ features: z.instanceof(Uint8Array).nullable() });

export const AlignedAnswer = Alignment.omit({ a: true, b: true });
export type AlignedAnswer = z.infer<typeof AlignedAnswer>;
