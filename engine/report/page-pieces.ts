import { createHash } from 'node:crypto';
import { PAGE_SCRIPT, pageEnd, pageStart } from '../../shared/report/page/page-frame.ts';
import { PAGE_STYLE } from '../../shared/report/page/page-style.ts';
import {
  columnsExplained,
  type PagedText,
  takeRow,
  textEnd,
  textStart,
} from '../../shared/report/page/text-section.ts';
import type { ReportRun } from './report-run.ts';
import { base64Pieces, type ReportSounds } from './report-sound.ts';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('base64');

/** A report’s page around its content. @param footer what its words and figures mean */
export async function* pagePieces(
  title: string,
  { audible }: Pick<ReportSounds, 'audible'>,
  content: AsyncIterable<string>,
  footer = columnsExplained(),
): AsyncGenerator<string> {
  yield pageStart(title, { style: sha256(PAGE_STYLE), script: sha256(PAGE_SCRIPT) }, audible).text;
  yield* content;
  yield pageEnd(footer, audible).text;
}

/**
 * A text with its takes. Each sound is made when its row comes, and is kept no longer.
 *
 * @param start what stands before them
 * @throws FaultError cancelled
 */
export async function* textPieces(
  text: PagedText,
  sounds: ReportSounds,
  run: ReportRun,
  start = textStart(text, sounds.audible),
): AsyncGenerator<string> {
  yield start.text;
  for (const [place, paged] of text.takes.entries()) {
    const sound = paged ? await sounds.make(paged.reported, run.signal) : { paged: null, bytes: null };
    const row = takeRow(text, place, sound.paged);
    yield row.before.text;
    if (sound.bytes) yield* base64Pieces(sound.bytes);
    yield row.after.text;
  }
  yield textEnd().text;
}
