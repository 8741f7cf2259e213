import { comparisonCsvHeader, comparisonCsvRows } from '../../shared/report/comparison-csv.ts';
import type { ComparisonReport } from '../../shared/report/comparison-report.ts';
import type { ReportRequest } from '../../shared/report/report-request.ts';
import type { Comparison } from '../../shared/schemas/comparison.ts';
import { comparisonHead, comparisonTexts } from './gather-comparison.ts';
import type { ReportRun } from './report-run.ts';
import type { ReportParts } from './reports.ts';

/** The report of a comparison, piece by piece. @throws FaultError too_large, cancelled */
export async function* comparisonPieces(
  parts: ReportParts,
  comparison: Comparison,
  { format }: ReportRequest,
  run: ReportRun,
): AsyncGenerator<string> {
  const head = comparisonHead(parts.library(), comparison);
  const texts = comparisonTexts(parts, comparison, run);
  if (format === 'csv') {
    yield comparisonCsvHeader();
    let index = 0;
    for await (const { reported } of texts) {
      yield comparisonCsvRows(head, reported, index);
      index += 1;
    }
    return;
  }
  const report: ComparisonReport = { ...head, texts: [] };
  for await (const { reported } of texts) report.texts.push(reported);
  yield `${JSON.stringify(report, null, 2)}\n`;
}
