import type { MappingReportHead } from '../../shared/report/mapping-report.ts';
import { html } from '../../shared/report/page/html.ts';
import { mappingIntro } from '../../shared/report/page/mapping-page.ts';
import { pairStart } from '../../shared/report/page/mapping-pair.ts';
import { featuresExplained } from '../../shared/report/page/profile-multiples.ts';
import { columnsExplained } from '../../shared/report/page/text-section.ts';
import type { PageRequest } from '../../shared/report/report-request.ts';
import type { WholeMapping } from '../../shared/schemas/mapping.ts';
import { mappingHead, pairAsText, type ReportedPair, reportedPairs } from './gather-mapping.ts';
import { pagePieces, textPieces } from './page-pieces.ts';
import type { ReportRun } from './report-run.ts';
import { checkSize, MOST_BYTES, ReportSounds } from './report-sound.ts';
import type { ReportParts } from './reports.ts';

/** The report of a mapping, piece by piece. @throws FaultError too_large, cancelled */
export async function* mappingPieces(
  parts: ReportParts,
  mapping: WholeMapping,
  { sound }: PageRequest,
  run: ReportRun,
): AsyncGenerator<string> {
  const library = parts.library();
  const head = mappingHead(parts, mapping);
  const pairs = reportedPairs(library, mapping);
  if (sound !== 'none') {
    const heard = pairs.flatMap((pair) => [pair.heard.old ?? [], pair.heard.new ?? []].flat());
    checkSize(heard, sound, MOST_BYTES, 'voices');
  }
  const sounds = new ReportSounds(library, sound);
  try {
    const footer = html`${featuresExplained()}${columnsExplained()}`;
    yield* pagePieces(mapping.name, sounds, content(parts, head, pairs, sounds, run), footer);
  } finally {
    await sounds.close();
  }
}

async function* content(
  parts: ReportParts,
  head: MappingReportHead,
  pairs: readonly ReportedPair[],
  sounds: ReportSounds,
  run: ReportRun,
): AsyncGenerator<string> {
  yield mappingIntro(head, new Set(pairs.map(({ place }) => place)), sounds.audible).text;
  for (const [index, pair] of pairs.entries()) {
    run.tell(index / pairs.length);
    const text = await pairAsText(parts, pair, run);
    const start = pairStart(pair.row, text, sounds.audible);
    if (text.takes.some((take) => take !== null)) yield* textPieces(text, sounds, run, start);
    else yield `${start.text}</section>\n`;
  }
}
