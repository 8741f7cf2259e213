import { listeningCsv } from '../../shared/report/listening-csv.ts';
import type { ListeningReport, ListeningReportHead } from '../../shared/report/listening-report.ts';
import { listeningEnd, listeningIntro } from '../../shared/report/page/listening-page.ts';
import type { ReportRequest } from '../../shared/report/report-request.ts';
import { type GatheredListeningText, listeningTexts, type RevealedTest } from './gather-listening.ts';
import { pagePieces, textPieces } from './page-pieces.ts';
import type { ReportRun } from './report-run.ts';
import { checkSize, ReportSounds } from './report-sound.ts';
import type { ReportParts } from './reports.ts';

/** The report of a listening test, piece by piece. @throws FaultError too_large, cancelled */
export async function* listeningPieces(
  parts: ReportParts,
  { test, head }: RevealedTest,
  { format, sound }: ReportRequest,
  run: ReportRun,
): AsyncGenerator<string> {
  const library = parts.library();
  const texts = listeningTexts(parts, test, run);
  if (format === 'csv') yield listeningCsv(head.results);
  else if (format === 'json') yield await jsonText(head, texts);
  else {
    const ids = test.texts.flatMap(({ takes, reference }) => (reference === null ? takes : [...takes, reference]));
    if (sound !== 'none')
      checkSize(
        ids.flatMap((id) => library.take(id) ?? []),
        sound,
      );
    const sounds = new ReportSounds(library, sound);
    try {
      yield* pagePieces(test.name, sounds, content(head, texts, sounds, run));
    } finally {
      await sounds.close();
    }
  }
}

async function jsonText(head: ListeningReportHead, texts: AsyncIterable<GatheredListeningText>): Promise<string> {
  const report: ListeningReport = { ...head, texts: [] };
  for await (const { reported } of texts) report.texts.push(reported);
  return `${JSON.stringify(report, null, 2)}\n`;
}

async function* content(
  head: ListeningReportHead,
  texts: AsyncIterable<GatheredListeningText>,
  sounds: ReportSounds,
  run: ReportRun,
): AsyncGenerator<string> {
  yield listeningIntro(head, sounds.audible).text;
  let index = 0;
  for await (const { reported, takes } of texts) {
    const slots = head.results.slots.length;
    const paged = { index, text: reported.text, takes, slots, equal: reported.equal, switching: 'word' as const };
    yield* textPieces(paged, sounds, run);
    index += 1;
  }
  yield listeningEnd(head).text;
}
