import { z } from 'zod';
import { StudioSettings } from '../../shared/controls/controls.ts';
import { ExportFormat, LoudnessTarget } from '../../shared/schemas/export.ts';

/** What the export worker is asked. */
export const ExportTask = z.object({
  samples: z.instanceof(Int16Array),
  sampleRate: z.number().int().positive(),
  studio: StudioSettings,
  format: ExportFormat,
  rate: z.number().int().positive(),
  loudness: LoudnessTarget.nullable(),
  comment: z.string(),
});

export type ExportTask = z.infer<typeof ExportTask>;

/** What it answers. */
export const ExportAnswer = z.object({
  bytes: z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array),
  sampleRate: z.number().int(),
  gain: z.number(),
  loudness: z.number().nullable(),
  truePeak: z.number().nullable(),
  notes: z.array(z.string()),
});
