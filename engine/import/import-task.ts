import { z } from 'zod';

/** What the import worker is asked. */
export const ImportTask = z.object({ bytes: z.instanceof(Uint8Array), name: z.string() });

/** What it answers. */
export const ImportAnswer = z.object({
  samples: z.instanceof(Int16Array),
  sampleRate: z.number().int(),
  notes: z.array(z.string()),
});
