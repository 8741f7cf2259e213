import type { ReportRequest } from '../../../shared/report/report-request.ts';
import { apiFetch, check } from '../../api.ts';
import { type ComingFile, coming } from '../exports-calls.ts';

/** A mapping as a page that opens without Timbre. @throws FaultError not_found, too_large, cancelled */
export async function openMappingReport(
  id: string,
  { sound }: Pick<ReportRequest, 'sound'>,
  signal: AbortSignal,
): Promise<ComingFile> {
  const query = new URLSearchParams({ sound });
  const response = await apiFetch(`/api/mappings/${encodeURIComponent(id)}/report?${query}`, { signal });
  return coming(await check(response), 'mapping-report.html');
}
