import { z } from 'zod';

/** What a report is asked for as. */
export const ReportRequest = z.object({
  /** A page that opens without Timbre, or its figures for other programs. */
  format: z.enum(['html', 'json', 'csv']).default('html'),
  /** How the sound in a page is kept: without loss, smaller, or not at all. */
  sound: z.enum(['none', 'flac', 'mp3']).default('flac'),
});
export type ReportRequest = z.infer<typeof ReportRequest>;

/** What a report is asked for as that is always a page. */
export const PageRequest = ReportRequest.extend({ format: z.literal('html').default('html') });
export type PageRequest = z.infer<typeof PageRequest>;
