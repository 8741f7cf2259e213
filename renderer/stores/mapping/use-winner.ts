import { sameJson } from '../../../shared/canonical.ts';
import { sourceName } from '../../../shared/matching/mapping-words.ts';
import type { Slot } from '../../../shared/schemas/comparison.ts';
import {
  MappedVoice,
  type MappingRow,
  type MappingRowPatch,
  type WholeMapping,
} from '../../../shared/schemas/mapping.ts';
import { voiceIdParts } from '../../../shared/voice-id.ts';
import * as calls from './mapping-calls.ts';
import { showRows, writes } from './mappings.ts';

/** A row that the winner of a comparison may be used in. */
export interface WinnerRow {
  row: MappingRow;
  /** Its old voice stood in the comparison, too. */
  likely: boolean;
  /** The winner is chosen there already. */
  chosen: boolean;
}

/** A mapping with its rows, the most likely ones first. */
export interface WinnerMapping {
  mapping: WholeMapping;
  /** Whether it goes to where the winner is. */
  fits: boolean;
  rows: WinnerRow[];
}

/** A slot as what takes the place of a voice. */
export const choiceOfSlot = (slot: Slot): MappedVoice => MappedVoice.parse(slot);

/** Whether a slot speaks with the old voice of a row: by its id, or by its name where only recordings of it are heard. */
function isOld({ source }: MappingRow, { voiceId, voiceName, name }: Slot): boolean {
  if (source.voiceId !== null && source.voiceId === voiceId) return true;
  return source.voiceName !== '' && [name, voiceName].includes(sourceName(source));
}

const likelyFirst = (list: readonly WinnerRow[]) => list.toSorted((a, b) => Number(b.likely) - Number(a.likely));

/** Where a winner may be used: mappings with a likely row first, then those that go to its provider. */
export function placesFor(winner: Slot, others: readonly Slot[], mappings: readonly WholeMapping[]): WinnerMapping[] {
  const choice = choiceOfSlot(winner);
  const { provider } = voiceIdParts(winner.voiceId);
  const places = mappings.map((mapping) => ({
    mapping,
    fits: mapping.to.kind === 'provider' && mapping.to.provider === provider,
    rows: likelyFirst(
      mapping.rows.map((row) => ({
        row,
        likely: others.some((slot) => slot.id !== winner.id && isOld(row, slot)),
        chosen: sameJson(row.choice, choice),
      })),
    ),
  }));
  const rank = ({ rows, fits }: WinnerMapping) => (rows[0]?.likely ? 2 : 0) + Number(fits);
  return places.toSorted((a, b) => rank(b) - rank(a));
}

/** The mappings of a project with all their rows, the last changed first. @throws FaultError */
export async function readMappings(projectId: string): Promise<WholeMapping[]> {
  const entries = await calls.listMappings(projectId);
  return Promise.all(entries.map(({ id }) => calls.readMapping(id)));
}

/** Makes a voice a row's choice, whatever mapping is open. @returns puts the row back as it was @throws FaultError */
export async function chooseInMapping(row: MappingRow, choice: MappedVoice): Promise<() => Promise<void>> {
  const patch = async (change: MappingRowPatch) => showRows([await writes(() => calls.patchRow(row.id, change))]);
  await patch({ choice });
  return () => patch({ choice: row.choice, byHand: row.byHand });
}
