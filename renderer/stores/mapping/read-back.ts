import { NEUTRAL_SETTINGS } from '../../../shared/controls/controls.ts';
import type { MappingFileRow } from '../../../shared/mapping/mapping-file.ts';
import type { ReadMapping } from '../../../shared/mapping/read-mapping.ts';
import type { MappedVoice, MappingRow, MappingVerdict, SourceVoice } from '../../../shared/schemas/mapping.ts';
import { verdictInForce } from '../../../shared/schemas/mapping.ts';
import { voiceIdParts } from '../../../shared/voice-id.ts';
import * as calls from './mapping-calls.ts';
import { useMappings, writes } from './mappings.ts';
import { isSameChoice } from './rows.ts';

/** What a file changes of a row that is there. */
export interface RowChange {
  row: MappingRow;
  /** Undefined where the choice stays. */
  choice: MappedVoice | undefined;
  /** Null where no verdict comes. */
  verdict: Omit<MappingVerdict, 'id'> | null;
}

/** What a file changes of a mapping. */
export interface ReadBack {
  changes: readonly RowChange[];
  /** Voices of the file that the mapping does not have. */
  added: readonly MappingFileRow[];
  /** Rows of the file that say what stands there already. */
  same: number;
  problems: readonly string[];
}

/** Whether a row of a file is about a voice of the mapping; some formats carry its provider’s own id alone. */
function isAbout({ source }: MappingRow, { old }: MappingFileRow): boolean {
  if (old.voiceId === null || source.voiceId === null) {
    return old.voiceId === source.voiceId && old.voiceName === source.voiceName;
  }
  const bare = voiceIdParts(old.voiceId).provider === '' && voiceIdParts(source.voiceId).local === old.voiceId;
  return old.voiceId === source.voiceId || bare;
}

function verdictFrom(row: MappingRow, read: MappingFileRow, choice: MappedVoice | null): RowChange['verdict'] {
  const { verdict, by, note, at } = read;
  if (verdict === null || (verdict === 'approved' && choice === null)) return null;
  const known = isSameChoice(row.choice, choice) ? verdictInForce(row) : null;
  if (known?.verdict === verdict && known.by === by && known.note === note) return null;
  return { verdict, by, note, choice, at: at === null ? Date.now() : Date.parse(at) };
}

/** What a file would change, without changing anything. */
export function planReadBack(rows: readonly MappingRow[], { rows: read, problems }: ReadMapping): ReadBack {
  const changes: RowChange[] = [];
  const added: MappingFileRow[] = [];
  let same = 0;
  for (const one of read) {
    const row = rows.find((known) => isAbout(known, one));
    if (row === undefined) {
      added.push(one);
      continue;
    }
    const choice = one.new === null || isSameChoice(row.choice, one.new) ? undefined : one.new;
    const verdict = verdictFrom(row, one, choice ?? row.choice);
    if (choice === undefined && verdict === null) same += 1;
    else changes.push({ row, choice, verdict });
  }
  return { changes, added, same, problems };
}

function sourceOf({ old }: MappingFileRow): SourceVoice {
  return { ...old, settings: old.settings ?? NEUTRAL_SETTINGS, recordings: [] };
}

/** The verdict as it is kept. It is said now where the row has a newer one: the newest is in force. */
function kept(verdict: Omit<MappingVerdict, 'id'>, row: Pick<MappingRow, 'verdicts'>): MappingVerdict {
  const newest = row.verdicts.at(-1)?.at ?? 0;
  return { ...verdict, id: crypto.randomUUID(), at: verdict.at > newest ? verdict.at : Date.now() };
}

async function applyTo(row: MappingRow, { choice, verdict }: Pick<RowChange, 'choice' | 'verdict'>): Promise<void> {
  if (choice !== undefined) await calls.patchRow(row.id, { choice });
  if (verdict !== null) await calls.putVerdict(row.id, kept(verdict, row));
}

/** Takes over what a file says into the open mapping. @throws FaultError what was taken over before stays */
export async function applyReadBack({ changes, added }: ReadBack): Promise<void> {
  const { current } = useMappings.getState();
  if (current === null) return;
  await writes(async () => {
    for (const change of changes) await applyTo(change.row, change);
    if (added.length === 0) return;
    const rows = await calls.addRows(current.id, added.map(sourceOf));
    for (const row of rows) {
      const read = added.find((one) => isAbout(row, one));
      if (!read) continue;
      await applyTo(row, { choice: read.new ?? undefined, verdict: verdictFrom(row, read, read.new) });
    }
  });
}
