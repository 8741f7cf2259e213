import { z } from 'zod';
import { create } from 'zustand';
import type { MappingRow, MappingVerdict } from '../../../shared/schemas/mapping.ts';
import { verdictInForce } from '../../../shared/schemas/mapping.ts';
import { readPreference, writePreference } from '../preferences.ts';
import * as calls from './mapping-calls.ts';
import { rowOf, showRows, writes } from './mappings.ts';
import { flushChoice } from './rows.ts';

const PREFERENCE = 'mapping-judge';
const Kept = z.object({ name: z.string().max(120) });

/** Milliseconds in which another verdict of the same person takes the place of the one before. */
const SECOND_THOUGHTS_MS = 60_000;

export type Verdict = MappingVerdict['verdict'];

interface Judge {
  /** Who listens; null until somebody has said. Empty for somebody who does not want to. */
  name: string | null;
  /** The verdict that waits for the name. */
  waiting: { rowId: string; verdict: Verdict; note: string } | null;
}

/** Who says what is approved. */
export const useJudge = create<Judge>()(() => ({ name: null, waiting: null }));

/** Brings back who it was. What cannot be read is asked for again. */
export async function restoreJudge(): Promise<void> {
  const kept = await readPreference(PREFERENCE, Kept).catch(() => null);
  if (kept !== null && useJudge.getState().name === null) useJudge.setState({ name: kept.name });
}

/** Keeps who listens. */
export function nameJudge(name: string): void {
  useJudge.setState({ name });
  writePreference(PREFERENCE, { name } satisfies z.infer<typeof Kept>);
}

/** A verdict as it is filed: in place of the one before where somebody changes his mind at once. */
function verdictOf(row: MappingRow, verdict: Verdict, note: string, by: string): MappingVerdict {
  const last = verdictInForce(row);
  const again = last !== null && last.by === by && Date.now() - last.at < SECOND_THOUGHTS_MS;
  const id = again ? last.id : crypto.randomUUID();
  return { id, at: Date.now(), by, verdict, note, choice: row.choice };
}

async function file(row: MappingRow, verdict: MappingVerdict): Promise<void> {
  const others = row.verdicts.filter(({ id }) => id !== verdict.id);
  showRows([{ ...row, verdicts: [...others, verdict] }]);
  try {
    showRows([await writes(() => calls.putVerdict(row.id, verdict))]);
  } catch (thrown) {
    showRows([row]);
    throw thrown;
  }
}

/**
 * Files what somebody says of a row's choice.
 *
 * @returns takes it back; null where it waits until somebody has said who listens
 * @throws FaultError
 */
export async function judge(rowId: string, verdict: Verdict, note: string): Promise<(() => Promise<void>) | null> {
  const row = rowOf(rowId);
  const { name } = useJudge.getState();
  if (row === null) return null;
  if (name === null) {
    useJudge.setState({ waiting: { rowId, verdict, note } });
    return null;
  }
  // The verdict is said of what is heard: it is in force only where that is what is chosen.
  await flushChoice();
  const filed = verdictOf(row, verdict, note, name);
  const before = row.verdicts.find(({ id }) => id === filed.id);
  await file(row, filed);
  return async () => {
    if (before) showRows([await writes(() => calls.putVerdict(rowId, before))]);
    else showRows([await writes(() => calls.deleteVerdict(rowId, filed.id))]);
  };
}

/** Adds what somebody has to say to the verdict in force. @throws FaultError */
export async function noteVerdict(rowId: string, note: string): Promise<void> {
  const row = rowOf(rowId);
  const last = row && verdictInForce(row);
  if (row && last && last.note !== note) await file(row, { ...last, note });
}
