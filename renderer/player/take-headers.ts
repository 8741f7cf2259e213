import { z } from 'zod';

/** The headers of a take's stream. */
export const TakeHeaders = z.object({
  /** Hz. */
  rate: z.coerce.number().int().min(8000).max(48_000),
  /** Samples there will be, where known. */
  samples: z.coerce.number().int().min(0).nullable(),
  /** The take that answers, where it is another one than was asked for. */
  takeId: z.string().min(1).nullable(),
});
export type TakeHeaders = z.infer<typeof TakeHeaders>;

/** Reads them from an answer; null if it is no sound of ours. */
export function takeHeaders(headers: Headers): TakeHeaders | null {
  const parsed = TakeHeaders.safeParse({
    rate: headers.get('x-timbre-rate'),
    samples: headers.get('x-timbre-samples'),
    takeId: headers.get('x-timbre-take'),
  });
  return parsed.success ? parsed.data : null;
}
