import { create } from 'zustand';
import { type Fault, fault, toFault } from '../../../shared/errors.ts';
import type { StudioEvent } from '../../../shared/schemas/events.ts';
import type {
  MappingEntry,
  MappingInput,
  MappingPatch,
  MappingRow,
  WholeMapping,
} from '../../../shared/schemas/mapping.ts';
import { useProjects } from '../projects.ts';
import * as calls from './mapping-calls.ts';
import { loadRuns } from './runs.ts';

/** Milliseconds that further news are waited for before the mapping is read anew: a run tells of every row. */
const SETTLE_MS = 300;

interface Mappings {
  /** Whose mappings these are; null before the first project was opened. */
  projectId: string | null;
  list: MappingEntry[];
  /** The one that is open. */
  current: WholeMapping | null;
  status: 'loading' | 'ready';
  /** Why they could not be read, or the last change could not be kept. */
  fault: Fault | null;
}

/** Mappings of the open project. */
export const useMappings = create<Mappings>()(() => ({
  projectId: null,
  list: [],
  current: null,
  status: 'loading',
  fault: null,
}));

const { getState: get, setState: set } = useMappings;

/** Changes under way, and how many were begun: what was read meanwhile may lack them. */
let writing = 0;
let begun = 0;

/** Lets nothing that is read be shown until it is released: what is shown is newer. @returns releases it */
export function holdShown(): () => void {
  writing += 1;
  begun += 1;
  return () => {
    writing -= 1;
    if (writing === 0) rereadSoon();
  };
}

/** Sends a change; what is read before it has ended may be older and is not shown. @throws FaultError */
export async function writes<Value>(change: () => Promise<Value>): Promise<Value> {
  const release = holdShown();
  try {
    const value = await change();
    set({ fault: null });
    return value;
  } finally {
    release();
  }
}

/** Shows rows of the open mapping as they stand now, in place of those with their ids. */
export function showRows(rows: readonly MappingRow[]): void {
  const { current } = get();
  if (current === null) return;
  const byId = new Map(rows.map((row) => [row.id, row]));
  set({ current: { ...current, rows: current.rows.map((row) => byId.get(row.id) ?? row) } });
}

/** A row of the open mapping, or null. */
export function rowOf(rowId: string | null): MappingRow | null {
  return get().current?.rows.find(({ id }) => id === rowId) ?? null;
}

/** Opens a mapping of the project. @throws FaultError */
export async function openMapping(id: string): Promise<void> {
  const current = await calls.readMapping(id);
  if (current.projectId !== get().projectId) return;
  set({ current });
  void loadRuns(id);
}

async function rereadMapping(id: string): Promise<void> {
  const before = begun;
  const current = await calls.readMapping(id);
  if (get().current?.id !== id) return;
  if (writing > 0) return;
  if (before === begun) set({ current });
  else await rereadMapping(id);
}

/** Reads the mappings of a project and opens the one that was changed last. */
export async function loadMappings(projectId: string): Promise<void> {
  if (projectId !== get().projectId) set({ projectId, list: [], current: null, status: 'loading' });
  try {
    const list = await calls.listMappings(projectId);
    if (get().projectId !== projectId) return;
    set({ list, fault: null });
    const { current } = get();
    const wanted = list.find(({ id }) => id === current?.id) ?? list[0];
    if (wanted === undefined) set({ current: null });
    else if (current?.id !== wanted.id) await openMapping(wanted.id);
    else {
      await rereadMapping(current.id);
      void loadRuns(current.id);
    }
  } catch (thrown) {
    set({ fault: toFault(thrown) });
  }
  if (get().projectId === projectId) set({ status: 'ready' });
}

/** Makes a mapping in the open project and opens it. @throws FaultError */
export async function beginMapping(input: Omit<MappingInput, 'projectId'>): Promise<void> {
  const projectId = useProjects.getState().currentId;
  if (projectId === null) throw fault('conflict', 'No project is open.', { todo: 'Open or create a project.' });
  const current = await calls.createMapping({ ...input, projectId });
  set({ projectId, current, list: await calls.listMappings(projectId), status: 'ready' });
  void loadRuns(current.id);
}

/** Changes name or lines of the open mapping: seen at once. @throws FaultError */
export async function changeMapping(patch: MappingPatch): Promise<void> {
  const { current } = get();
  if (current === null) return;
  set({ current: { ...current, ...patch } });
  const changed = await writes(() => calls.patchMapping(current.id, patch));
  const now = get().current;
  if (now?.id === changed.id) set({ current: { ...changed, rows: now.rows } });
}

/** Removes a mapping; another one is opened in its place. @throws FaultError */
export async function removeMapping(id: string): Promise<void> {
  await calls.deleteMapping(id);
  const { projectId, current } = get();
  if (current?.id === id) set({ current: null });
  if (projectId !== null) await loadMappings(projectId);
}

/** Brings one back that was removed, and opens it. @throws FaultError */
export async function restoreMapping(id: string): Promise<void> {
  await calls.undeleteMapping(id);
  const { projectId } = get();
  if (projectId !== null) set({ list: await calls.listMappings(projectId) });
  await openMapping(id);
}

async function reread(projectId: string): Promise<void> {
  const list = await calls.listMappings(projectId);
  if (get().projectId !== projectId) return;
  set({ list });
  const { current } = get();
  if (current === null) return;
  if (!list.some(({ id }) => id === current.id)) await loadMappings(projectId);
  else await Promise.all([rereadMapping(current.id), loadRuns(current.id)]);
}

let waiting = false;
let reading = false;

/** A run tells of every row: they are read together, and never twice at a time. */
function rereadSoon(): void {
  if (waiting) return;
  waiting = true;
  setTimeout(async () => {
    waiting = false;
    const { projectId } = get();
    if (projectId === null) return;
    if (reading) return rereadSoon();
    reading = true;
    // What cannot be read is read with the next change.
    await reread(projectId).catch(() => undefined);
    reading = false;
  }, SETTLE_MS);
}

/** Reads them anew when the engine says they changed, here or in another window. */
export function mappingsHeard(event: StudioEvent): void {
  const { projectId } = get();
  if (event.type !== 'changed' || projectId === null) return;
  if (event.what === 'library') void loadMappings(projectId);
  if (event.what === 'mappings') rereadSoon();
}

/** Reads what was missed while the engine was away. */
export function catchUpMappings(): void {
  const { projectId } = get();
  if (projectId !== null) void loadMappings(projectId);
}
