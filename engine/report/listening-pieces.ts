import { listeningCsv } from '../../shared/report/listening-csv.ts';
import type { ListeningReport } from '../../shared/report/listening-report.ts';
import type { ReportRequest } from '../../shared/report/report-request.ts';
import { listeningTexts, type RevealedTest } from './gather-listening.ts';
import type { ReportRun } from './report-run.ts';
import type { ReportParts } from './reports.ts';

/** The report of a listening test, piece by piece. @throws FaultError too_large, cancelled */
export async function* listeningPieces(
  parts: ReportParts,
  { test, head }: RevealedTest,
  { format }: ReportRequest,
  run: ReportRun,
): AsyncGenerator<string> {
  if (format === 'csv') {
    yield listeningCsv(head.results);
    return;
  }
  const report: ListeningReport = { ...head, texts: [] };
  for await (const { reported } of listeningTexts(parts, test, run)) report.texts.push(reported);
  yield `${JSON.stringify(report, null, 2)}\n`;
}
