import type { MappedVoice, MappingRow } from '../../../shared/schemas/mapping.ts';
import { judge, type Verdict } from '../../stores/mapping/judge.ts';
import { currentRow, openDialog, stepRow } from '../../stores/mapping/map-view.ts';
import { useMappings } from '../../stores/mapping/mappings.ts';
import { compareRow } from '../../stores/mapping/open-in-compare.ts';
import { chooseVoice, removeRow } from '../../stores/mapping/rows.ts';
import { tellFault, tellUndo } from '../takes/notices.tsx';
import { choiceName, sourceName } from './map-words.ts';

const SAID: Record<Verdict, string> = { approved: 'Approved', rejected: 'Rejected', later: 'Left for later' };

/** Notes that are written before there is a verdict, by row. */
const drafts = new Map<string, string>();

export const draftNote = (rowId: string): string => drafts.get(rowId) ?? '';

export function keepDraftNote(rowId: string, note: string): void {
  drafts.set(rowId, note);
}

/** Takes back the offer to undo the verdict before: who judges one voice after the other is not to be covered with them. */
let withdrawOffer: () => void = () => undefined;

/** Files what somebody says of a row, and offers to take it back. */
export async function judgeRow(row: MappingRow, verdict: Verdict, note = draftNote(row.id)): Promise<void> {
  if (verdict === 'approved' && row.choice === null) return;
  try {
    const undo = await judge(row.id, verdict, note);
    if (undo === null) return;
    drafts.delete(row.id);
    withdrawOffer();
    withdrawOffer = tellUndo(`${SAID[verdict]}: ${pairWords(row)}`, undo);
  } catch (thrown) {
    tellFault(thrown, 'The verdict was not kept');
  }
}

/** Both voices of a row by their names. */
function pairWords({ source, choice }: MappingRow): string {
  return choice === null ? sourceName(source) : `${sourceName(source)} → ${choiceName(choice)}`;
}

/** The same for the row in hand. */
export function judgeCurrent(verdict: Verdict): void {
  const row = currentRow();
  if (row) void judgeRow(row, verdict);
}

/** Chooses another voice for a row, and offers to take it back. */
export async function chooseWithUndo(row: MappingRow, choice: MappedVoice): Promise<void> {
  try {
    const undo = await chooseVoice(row.id, choice);
    tellUndo(`${choiceName(choice)} takes the place of ${sourceName(row.source)}`, undo);
  } catch (thrown) {
    tellFault(thrown, 'It was not chosen');
  }
}

/** Takes a row out of the mapping, and offers to bring it back. */
export async function removeWithUndo(row: MappingRow): Promise<void> {
  stepRow(1);
  try {
    const undo = await removeRow(row);
    tellUndo(`${sourceName(row.source)} taken out of the mapping`, undo);
  } catch (thrown) {
    tellFault(thrown, 'It was not taken out');
  }
}

/** Goes to Compare with both voices of a row. */
export async function compareWithNotice(row: MappingRow): Promise<void> {
  try {
    await compareRow(row, useMappings.getState().current?.lines.slice(0, 1) ?? []);
  } catch (thrown) {
    tellFault(thrown, 'The comparison was not made');
  }
}

/** Opens the search for one row. */
export const findFor = (row: MappingRow): void => openDialog('find', [row.id]);
