import type { ReportRequest } from '../../../shared/report/report-request.ts';
import { apiFetch, check } from '../../api.ts';
import { type ComingFile, coming } from '../exports-calls.ts';

/** A comparison as a report that opens without Timbre. @throws FaultError not_found, too_large, cancelled */
export async function openComparisonReport(
  id: string,
  { format, sound }: ReportRequest,
  signal: AbortSignal,
): Promise<ComingFile> {
  const query = new URLSearchParams({ format, sound });
  const response = await apiFetch(`/api/comparisons/${encodeURIComponent(id)}/report?${query}`, { signal });
  return coming(await check(response), `comparison.${format}`);
}
