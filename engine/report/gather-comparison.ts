import { fault } from '../../shared/errors.ts';
import type { ComparisonReportHead, ComparisonReportText } from '../../shared/report/comparison-report.ts';
import { saysSlot } from '../../shared/report/says-slot.ts';
import type { Comparison } from '../../shared/schemas/comparison.ts';
import type { Library } from '../library/library.ts';
import { VERSION } from '../version.ts';
import { type GatheredTake, type GatherParts, gatherTakes } from './gather-takes.ts';
import type { ReportRun } from './report-run.ts';

/** A text of a comparison with all that is shown of it. */
export interface GatheredText {
  reported: ComparisonReportText;
  /** In the order of the slots. */
  takes: (GatheredTake | null)[];
}

/** @throws FaultError not_found */
export function knownComparison(library: Library, id: string): Comparison {
  const comparison = library.comparison(id);
  if (comparison === null) throw fault('not_found', 'There is no such comparison.', { param: 'id' });
  return comparison;
}

/** Name of a project; empty where it is gone. */
export function projectName(library: Pick<Library, 'projects'>, projectId: string): string {
  return library.projects().find(({ id }) => id === projectId)?.name ?? '';
}

/** The model that the first of these takes was spoken with; null where there is none. */
export function modelOf(library: Pick<Library, 'take'>, takeIds: readonly (string | undefined)[]): string | null {
  for (const id of takeIds) {
    const take = id === undefined ? null : library.take(id);
    if (take) return take.answeredBy?.model ?? take.model;
  }
  return null;
}

/** What a report of a comparison says before its texts. */
export function comparisonHead(library: Library, comparison: Comparison): ComparisonReportHead {
  const { id, name, switching, equalLoudness, createdAt, updatedAt, slots, texts, takes, decisions } = comparison;
  return {
    format: 'timbre.comparison-report',
    version: 1,
    madeWith: VERSION,
    madeAt: Date.now(),
    project: projectName(library, comparison.projectId),
    comparison: { id, name, switching, equalLoudness, createdAt, updatedAt },
    slots,
    models: slots.map((slot) =>
      modelOf(
        library,
        texts.map((text) => takes[slot.id]?.[text.id]),
      ),
    ),
    decisions,
  };
}

/** Its texts one after the other: looking at the sound of all of them takes long. @throws FaultError cancelled */
export async function* comparisonTexts(
  parts: GatherParts,
  { texts, slots, takes, equalLoudness }: Comparison,
  run: ReportRun,
): AsyncGenerator<GatheredText> {
  for (const [index, text] of texts.entries()) {
    run.tell(index / texts.length);
    const wanted = slots.map((slot) => ({
      takeId: takes[slot.id]?.[text.id] ?? null,
      current: (take: Parameters<typeof saysSlot>[0]) => saysSlot(take, slot, text, slot.modelId),
    }));
    const gathered = await gatherTakes(parts, wanted, equalLoudness, run.signal);
    yield {
      reported: {
        id: text.id,
        text: text.text,
        takes: gathered.takes.map((take) => take?.reported ?? null),
        equal: gathered.equal,
      },
      takes: gathered.takes,
    };
  }
}
