import { comparisonCsvHeader, comparisonCsvRows } from '../../shared/report/comparison-csv.ts';
import type { ComparisonReport, ComparisonReportHead } from '../../shared/report/comparison-report.ts';
import { comparisonIntro } from '../../shared/report/page/comparison-page.ts';
import type { ReportRequest } from '../../shared/report/report-request.ts';
import type { Comparison } from '../../shared/schemas/comparison.ts';
import { comparisonHead, comparisonTexts, type GatheredText } from './gather-comparison.ts';
import { pagePieces, textPieces } from './page-pieces.ts';
import type { ReportRun } from './report-run.ts';
import { checkSize, ReportSounds } from './report-sound.ts';
import type { ReportParts } from './reports.ts';

/** The report of a comparison, piece by piece. @throws FaultError too_large, cancelled */
export async function* comparisonPieces(
  parts: ReportParts,
  comparison: Comparison,
  { format, sound }: ReportRequest,
  run: ReportRun,
): AsyncGenerator<string> {
  const library = parts.library();
  const head = comparisonHead(library, comparison);
  const texts = comparisonTexts(parts, comparison, run);
  if (format === 'csv') yield* csvPieces(head, texts);
  else if (format === 'json') yield await jsonText(head, texts);
  else {
    const ids = comparison.slots.flatMap((slot) =>
      comparison.texts.flatMap((text) => comparison.takes[slot.id]?.[text.id] ?? []),
    );
    if (sound !== 'none')
      checkSize(
        ids.flatMap((id) => library.take(id) ?? []),
        sound,
      );
    const sounds = new ReportSounds(library, sound);
    try {
      yield* pagePieces(comparison.name, sounds, content(head, comparison, texts, sounds, run));
    } finally {
      await sounds.close();
    }
  }
}

async function* csvPieces(head: ComparisonReportHead, texts: AsyncIterable<GatheredText>): AsyncGenerator<string> {
  yield comparisonCsvHeader();
  let index = 0;
  for await (const { reported } of texts) {
    yield comparisonCsvRows(head, reported, index);
    index += 1;
  }
}

async function jsonText(head: ComparisonReportHead, texts: AsyncIterable<GatheredText>): Promise<string> {
  const report: ComparisonReport = { ...head, texts: [] };
  for await (const { reported } of texts) report.texts.push(reported);
  return `${JSON.stringify(report, null, 2)}\n`;
}

async function* content(
  head: ComparisonReportHead,
  comparison: Comparison,
  texts: AsyncIterable<GatheredText>,
  sounds: ReportSounds,
  run: ReportRun,
): AsyncGenerator<string> {
  const ids = comparison.texts.map(({ id }) => id);
  yield comparisonIntro(head, ids, sounds.audible).text;
  let index = 0;
  for await (const { reported, takes } of texts) {
    const { slots, switching } = comparison;
    const paged = { index, text: reported.text, takes, slots: slots.length, equal: reported.equal, switching };
    yield* textPieces(paged, sounds, run);
    index += 1;
  }
}
