import { type PairLine, saysSame } from '../../../shared/matching/pair-lines.ts';
import { type Comparison, MOST_TEXTS } from '../../../shared/schemas/comparison.ts';
import type { MappingRow } from '../../../shared/schemas/mapping.ts';
import { createComparison } from '../compare/comparisons.ts';
import { contentOfTake, newComparison, type SlotContent, slotContent } from '../compare/slots.ts';
import { useNavigation } from '../navigation.ts';
import { linesOf } from './pair.ts';

/** The old voice as a slot: as it was heard, or as it is spoken with where nothing of it was heard yet. */
function oldSlot({ source }: MappingRow, lines: readonly PairLine[]): SlotContent | null {
  const heard = lines.find((line) => line.old)?.old;
  if (heard) return { ...contentOfTake(heard), name: source.voiceName.slice(0, 120) };
  const { voiceId, voiceName, modelId, settings } = source;
  return voiceId === null ? null : slotContent({ voiceId, modelId, settings }, { voiceName });
}

/** The texts that both say, or else all that one of them does. */
function linesToCompare(lines: readonly PairLine[]): readonly PairLine[] {
  const both = lines.filter(saysSame);
  return (both.length > 0 ? both : lines).slice(0, MOST_TEXTS);
}

/**
 * Makes a comparison of a row's two voices, with the takes that are there, and goes to it.
 *
 * @param ifSilent what both are to say where nothing of them was heard yet
 * @returns false where the old voice can neither speak nor be heard, or no new one is chosen
 * @throws FaultError
 */
export async function compareRow(row: MappingRow, ifSilent: readonly string[]): Promise<boolean> {
  const lines = linesToCompare(linesOf(row));
  const old = oldSlot(row, lines);
  const { source, choice } = row;
  if (old === null || choice === null) return false;
  const name = `${source.voiceName || source.voiceId} and ${choice.voiceName || choice.voiceId}`.slice(0, 120);
  const texts = lines.length > 0 ? lines.map(({ text }) => text) : ifSilent;
  const draft = newComparison(name, texts, [old, slotContent(choice, { voiceName: choice.voiceName })]);
  await createComparison({ ...draft, takes: cellsOf(draft, lines) });
  useNavigation.getState().go('compare');
  return true;
}

/** Which take stands where: the old voice's in the first slot, the new one's in the second. */
function cellsOf(draft: Pick<Comparison, 'slots' | 'texts'>, lines: readonly PairLine[]): Comparison['takes'] {
  const cells = (['old', 'new'] as const).map((side, place) => {
    const own = draft.texts.flatMap(({ id }, index) => {
      const take = lines[index]?.[side];
      return take ? [[id, take.id] as const] : [];
    });
    return [draft.slots[place]?.id ?? '', Object.fromEntries(own)] as const;
  });
  return Object.fromEntries(cells);
}
