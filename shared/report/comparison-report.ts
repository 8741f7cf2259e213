import { z } from 'zod';
import { Comparison, ComparisonText, Slot } from '../schemas/comparison.ts';
import { ReportedText } from './reported-take.ts';

/** What a report of a comparison says before its texts. */
export const ComparisonReportHead = z.object({
  format: z.literal('timbre.comparison-report'),
  version: z.literal(1),
  /** Version of Timbre. */
  madeWith: z.string(),
  /** Milliseconds since the epoch. */
  madeAt: z.number(),
  project: z.string(),
  comparison: Comparison.pick({
    id: true,
    name: true,
    switching: true,
    equalLoudness: true,
    createdAt: true,
    updatedAt: true,
  }),
  /** In the order of their letters, A first. */
  slots: z.array(Slot),
  /** The model that each slot spoke with, by its first take; null where it has none. */
  models: z.array(z.string().nullable()),
  decisions: Comparison.shape.decisions,
});
export type ComparisonReportHead = z.infer<typeof ComparisonReportHead>;

export const ComparisonReportText = ReportedText.extend({ id: ComparisonText.shape.id });
export type ComparisonReportText = z.infer<typeof ComparisonReportText>;

/** Everything of a comparison but its sounds, curves and pictures. */
export const ComparisonReport = ComparisonReportHead.extend({ texts: z.array(ComparisonReportText) });
export type ComparisonReport = z.infer<typeof ComparisonReport>;
