import { sameJson } from '../../../shared/canonical.ts';
import { NEUTRAL_SETTINGS } from '../../../shared/controls/controls.ts';
import { toFault } from '../../../shared/errors.ts';
import type { MappedVoice, MappingRow, MappingRowPatch, SourceVoice } from '../../../shared/schemas/mapping.ts';
import { createDesk, FIRST_VOICE } from '../desk.ts';
import { useVoices, voiceOf } from '../voices.ts';
import { currentRow, useMapView } from './map-view.ts';
import * as calls from './mapping-calls.ts';
import { holdShown, rowOf, showRows, useMappings, writes } from './mappings.ts';

/** Milliseconds that further moves of a slider are waited for before the choice is sent. */
const SETTLE_MS = 400;

/** Changes a row: seen at once; goes back where the engine refuses. @throws FaultError */
export async function changeRow(rowId: string, patch: MappingRowPatch): Promise<void> {
  const before = rowOf(rowId);
  if (before === null) return;
  showRows([{ ...before, ...patch, byHand: patch.byHand ?? (patch.choice ? true : before.byHand) }]);
  try {
    // What was adjusted a moment ago is sent before it: else it would take its place.
    await flushChoice();
    showRows([await writes(() => calls.patchRow(rowId, patch))]);
  } catch (thrown) {
    showRows([before]);
    throw thrown;
  }
}

/** Chooses what takes the place of a row's voice. @returns takes it back @throws FaultError */
export async function chooseVoice(rowId: string, choice: MappedVoice | null): Promise<() => Promise<void>> {
  const before = rowOf(rowId);
  await changeRow(rowId, { choice });
  return async () => {
    if (before) await changeRow(rowId, { choice: before.choice, byHand: before.byHand });
  };
}

interface Unsent {
  rowId: string;
  choice: MappedVoice;
  timer: ReturnType<typeof setTimeout>;
  /** What is read may be shown again. */
  release: () => void;
}

let unsent: Unsent | null = null;

/** What was adjusted and is on its way. */
let sending: Promise<unknown> = Promise.resolve();

/** Sends what was adjusted and not yet sent, and waits until all of it has arrived. */
export async function flushChoice(): Promise<void> {
  if (unsent !== null) {
    const adjusted = unsent;
    unsent = null;
    sending = Promise.all([sending, send(adjusted)]);
  }
  await sending;
}

async function send({ rowId, choice, timer, release }: Unsent): Promise<void> {
  clearTimeout(timer);
  try {
    await writes(() => calls.patchRow(rowId, { choice }));
  } catch (thrown) {
    useMappings.setState({ fault: toFault(thrown) });
  } finally {
    release();
  }
}

/** Adjusts what is chosen: seen at once, kept a moment later. */
function adjustChoice(row: MappingRow, choice: MappedVoice): void {
  if (unsent !== null && unsent.rowId !== row.id) void flushChoice();
  clearTimeout(unsent?.timer);
  showRows([{ ...row, choice, byHand: true }]);
  const release = unsent?.release ?? holdShown();
  unsent = { rowId: row.id, choice, timer: setTimeout(() => void flushChoice(), SETTLE_MS), release };
}

/** The row whose choice lies on the desk. */
let onDesk: string | null = null;

/** The desk of the choice that is being adjusted: what is changed on it is changed in the row. */
export const useChoiceDesk = createDesk(({ voiceId, modelId, settings }) => {
  const row = rowOf(onDesk);
  if (row === null) return;
  const known = voiceOf(useVoices.getState(), voiceId)?.name;
  const voiceName = (known ?? (row.choice?.voiceId === voiceId ? row.choice.voiceName : '')).slice(0, 200);
  adjustChoice(row, { voiceId, voiceName, modelId: modelId ?? null, settings });
});

/** A voice of the side that is gone to, to begin with where none is chosen. */
function firstVoice(): Pick<MappedVoice, 'voiceId' | 'modelId' | 'settings'> {
  const to = useMappings.getState().current?.to;
  const { voices } = useVoices.getState();
  const own = voices.find(({ provider }) => to?.kind === 'provider' && provider === to.provider);
  const modelId = to?.kind === 'provider' ? to.modelId : null;
  return { voiceId: (own ?? voices[0])?.id ?? FIRST_VOICE, modelId, settings: NEUTRAL_SETTINGS };
}

/** Opens voice and controls of the row in hand. @param choice what they stand at; null where nothing is chosen yet */
export function beginAdjusting(choice: MappedVoice | null): void {
  const row = currentRow();
  if (row === null) return;
  onDesk = row.id;
  useChoiceDesk.getState().show({ ...(choice ?? firstVoice()), text: '' });
  useMapView.setState({ adjusting: true, rowId: row.id });
}

/** Closes voice and controls. */
export function endAdjusting(): void {
  onDesk = null;
  useMapView.setState({ adjusting: false });
  void flushChoice();
}

/** Adds voices to the open mapping. @returns how many were not there already @throws FaultError */
export async function addVoices(sources: SourceVoice[]): Promise<number> {
  const { current } = useMappings.getState();
  if (current === null) return 0;
  const added = await writes(() => calls.addRows(current.id, sources));
  const now = useMappings.getState().current;
  if (now?.id === current.id) {
    const known = new Set(now.rows.map(({ id }) => id));
    useMappings.setState({ current: { ...now, rows: [...now.rows, ...added.filter(({ id }) => !known.has(id))] } });
  }
  return added.length;
}

/** Takes a row out of the mapping. @returns brings it back @throws FaultError */
export async function removeRow(row: MappingRow): Promise<() => Promise<void>> {
  const { mappingId, id } = row;
  await writes(() => calls.removeRows(mappingId, [id]));
  const { current } = useMappings.getState();
  if (current?.id === mappingId) {
    useMappings.setState({ current: { ...current, rows: current.rows.filter((one) => one.id !== id) } });
  }
  return async () => {
    await writes(() => calls.restoreRows(mappingId, [id]));
  };
}

/** Whether two choices are the same. */
export const isSameChoice = (a: MappedVoice | null, b: MappedVoice | null): boolean => sameJson(a, b);
