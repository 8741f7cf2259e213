import { z } from 'zod';
import { Measurements, TakeView } from '../../shared/schemas/take.ts';

/** Sound that lies on disk as raw s16le of one channel. */
export const StoredSound = z.object({
  path: z.string(),
  /** How many are measured. */
  samples: z.number().int().min(0),
  sampleRate: z.number().positive(),
});
export type StoredSound = z.infer<typeof StoredSound>;

/** What the analysis worker is asked. */
export const AnalysisTask = z.union([
  z.object({ samples: z.instanceof(Int16Array), sampleRate: z.number().positive() }),
  StoredSound,
]);

/** What it answers. */
export const AnalysisAnswer = z.object({ measurements: Measurements, view: TakeView });
