import { fault } from '../../shared/errors.ts';
import { measuredPair } from '../../shared/matching/coverage.ts';
import { firstPair, pairLines, pairTakeIds, type Side, studioOf } from '../../shared/matching/pair-lines.ts';
import type { MappingReportHead } from '../../shared/report/mapping-report.ts';
import { PAIR_SPEAKERS, pairText } from '../../shared/report/page/mapping-pair.ts';
import type { PagedText } from '../../shared/report/page/text-section.ts';
import type { MappingRow, WholeMapping } from '../../shared/schemas/mapping.ts';
import type { Library } from '../library/library.ts';
import { VERSION } from '../version.ts';
import { projectName } from './gather-comparison.ts';
import { gatherTakes } from './gather-takes.ts';
import type { ReportRun } from './report-run.ts';
import type { ReportParts } from './reports.ts';

/** A row that is shown with all its details. */
export interface ReportedPair {
  row: MappingRow;
  /** Its place in the table, from 0. */
  place: number;
  /** What both are heard in, as they are set now. */
  heard: ReturnType<typeof firstPair>;
}

/** @throws FaultError not_found */
export function knownMapping(library: Library, id: string): WholeMapping {
  const mapping = library.mappings.one(id);
  if (mapping === null) throw fault('not_found', 'There is no such mapping.', { param: 'id' });
  return mapping;
}

/** What a report of a mapping says before its pairs. */
export function mappingHead({ library, registry, matching }: ReportParts, mapping: WholeMapping): MappingReportHead {
  return {
    madeWith: VERSION,
    madeAt: Date.now(),
    project: projectName(library(), mapping.projectId),
    mapping,
    runs: matching.runs(mapping.id),
    nameOf: (provider) => registry.provider(provider)?.health().name ?? provider,
  };
}

/** The rows of which there is more to tell than stands in the table, and what each is heard in. */
export function reportedPairs(library: Library, { rows }: WholeMapping): ReportedPair[] {
  return rows.flatMap((row, place) => {
    const ids = pairTakeIds(row);
    const takes = new Map([...ids.old, ...ids.new].map((id) => [id, library.take(id)] as const));
    const first = firstPair(pairLines(row, takes));
    const asSet = (side: Side) => first[side] && { ...first[side], studio: studioOf(row, side, first[side]) };
    const heard = { ...first, old: asSet('old'), new: asSet('new') };
    const measured = measuredPair(row);
    const told = heard.old ?? heard.new ?? measured.old ?? measured.new;
    return told || row.verdicts.length > 1 ? [{ row, place, heard }] : [];
  });
}

/** What a pair is heard in, as it is put into a page. @throws FaultError cancelled */
export async function pairAsText(
  parts: ReportParts,
  { place, heard }: ReportedPair,
  run: ReportRun,
): Promise<PagedText> {
  const wanted = (['old', 'new'] as const).map((side) => {
    const take = heard[side];
    return { takeId: take?.id ?? null, ...(take ? { studio: take.studio } : {}), current: () => true };
  });
  const both = heard.old !== null && heard.new !== null;
  const { takes, equal } = await gatherTakes(parts, wanted, both, run.signal);
  // That other words are said is no doubt where nobody expects the same ones.
  const shown = takes.map((take) =>
    take && !heard.same ? { ...take, reported: { ...take.reported, alignment: null } } : take,
  );
  return {
    index: place,
    text: pairText(heard),
    takes: shown,
    slots: wanted.length,
    equal,
    switching: heard.same ? 'word' : 'restart',
    speakers: PAIR_SPEAKERS,
  };
}
