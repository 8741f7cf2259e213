import { ReportRequest } from '../../shared/report/report-request.ts';
import type { ReportFile } from '../report/reports.ts';
import { attachment } from './attachment.ts';
import { query } from './body.ts';
import { streamOf } from './pcm-response.ts';

/** What a report is asked for as, in the query. */
export const AsReport = query(ReportRequest);

/** A report as a download, sent while it is made. */
export function reportResponse({ name, type, pieces }: ReportFile): Response {
  return new Response(streamOf(pieces), { headers: { 'content-type': type, ...attachment(name) } });
}
