import { z } from 'zod';
import { Measurements, TakeView } from '../../shared/schemas/take.ts';

/** What the analysis worker is asked. */
export const AnalysisTask = z.object({ samples: z.instanceof(Int16Array), sampleRate: z.number().positive() });

/** What it answers. */
export const AnalysisAnswer = z.object({ measurements: Measurements, view: TakeView });
