import { z } from 'zod';
import { create } from 'zustand';
import { type Fault, fault, toFault } from '../../../shared/errors.ts';
import {
  Comparison,
  ComparisonEntry,
  type ComparisonInput,
  type ComparisonPatch,
} from '../../../shared/schemas/comparison.ts';
import type { StudioEvent } from '../../../shared/schemas/events.ts';
import { api, apiFetch, check, unwrap } from '../../api.ts';
import { useProjects } from '../projects.ts';

const List = z.object({ comparisons: z.array(ComparisonEntry) });

/** Milliseconds that further changes are waited for before they are sent. */
const SETTLE_MS = 400;

interface Comparisons {
  /** Whose comparisons these are; null before the first project was opened. */
  projectId: string | null;
  list: ComparisonEntry[];
  /** The one that is open. */
  current: Comparison | null;
  status: 'loading' | 'ready';
  /** Why they could not be read, or the last change could not be kept. */
  fault: Fault | null;
}

/** Comparisons of the open project. */
export const useComparisons = create<Comparisons>()(() => ({
  projectId: null,
  list: [],
  current: null,
  status: 'loading',
  fault: null,
}));

const { getState: get, setState: set } = useComparisons;

let unsent: { id: string; patch: ComparisonPatch; timer: ReturnType<typeof setTimeout> } | null = null;
/** The end of everything that was sent. */
let sent: Promise<void> = Promise.resolve();

async function send(id: string, patch: ComparisonPatch): Promise<void> {
  try {
    const body = { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify(patch) };
    await check(await apiFetch(`/api/comparisons/${id}`, { ...body, keepalive: body.body.length < 60_000 }));
  } catch (thrown) {
    set({ fault: toFault(thrown) });
  }
}

/** Sends what was changed and not yet sent. Resolves once the engine has it. */
export function flushComparison(): Promise<void> {
  if (unsent === null) return sent;
  const { id, patch, timer } = unsent;
  clearTimeout(timer);
  unsent = null;
  sent = sent.then(() => send(id, patch));
  return sent;
}

/** Changes the open comparison: seen at once, kept a moment later. */
export function changeComparison(patch: ComparisonPatch): void {
  const { current } = get();
  if (current === null) return;
  set({ current: { ...current, ...patch }, fault: null });
  clearTimeout(unsent?.timer);
  const timer = setTimeout(() => void flushComparison(), SETTLE_MS);
  unsent = { id: current.id, patch: { ...unsent?.patch, ...patch }, timer };
}

async function readList(projectId: string): Promise<ComparisonEntry[]> {
  return (await unwrap(api.comparisons.$get({ query: { projectId } }), List)).comparisons;
}

/** Opens a comparison of the project. @throws FaultError */
export async function openComparison(id: string): Promise<void> {
  await flushComparison();
  const current = await unwrap(api.comparisons[':id'].$get({ param: { id } }), Comparison);
  if (current.projectId === get().projectId) set({ current, fault: null });
}

/** Reads the comparisons of a project and opens the one that was changed last. */
export async function loadComparisons(projectId: string): Promise<void> {
  await flushComparison();
  if (projectId !== get().projectId) set({ projectId, list: [], current: null, status: 'loading' });
  try {
    const list = await readList(projectId);
    if (get().projectId !== projectId) return;
    set({ list, fault: null });
    const { current } = get();
    const wanted = list.find(({ id }) => id === current?.id) ?? list[0];
    if (wanted === undefined) set({ current: null });
    else if (current?.id !== wanted.id || (unsent === null && wanted.updatedAt > current.updatedAt)) {
      await openComparison(wanted.id);
    }
  } catch (thrown) {
    set({ fault: toFault(thrown) });
  }
  if (get().projectId === projectId) set({ status: 'ready' });
}

/** Makes a comparison and opens it. @throws FaultError */
export async function createComparison(input: Omit<ComparisonInput, 'projectId'>): Promise<Comparison> {
  const projectId = useProjects.getState().currentId;
  if (projectId === null) throw fault('conflict', 'No project is open.', { todo: 'Open or create a project.' });
  await flushComparison();
  const current = await unwrap(api.comparisons.$post({ json: { ...input, projectId } }), Comparison);
  set({ projectId, current, list: await readList(projectId), status: 'ready' });
  return current;
}

/** Removes a comparison; another one is opened in its place. @throws FaultError */
export async function removeComparison(id: string): Promise<void> {
  await flushComparison();
  await check(await api.comparisons[':id'].$delete({ param: { id } }));
  const { projectId, current } = get();
  if (current?.id === id) set({ current: null });
  if (projectId !== null) await loadComparisons(projectId);
}

/** Brings one back that was removed, and opens it. @throws FaultError */
export async function restoreComparison(id: string): Promise<void> {
  await check(await api.comparisons[':id'].restore.$post({ param: { id } }));
  const { projectId } = get();
  if (projectId !== null) set({ list: await readList(projectId) });
  await openComparison(id);
}

/** Reads them anew when the engine says they changed, here or in another window. */
export function comparisonsHeard(event: StudioEvent): void {
  const { projectId } = get();
  if (event.type !== 'changed' || projectId === null) return;
  if (event.what === 'library') void loadComparisons(projectId);
  if (event.what === 'comparisons') {
    readList(projectId).then(
      (list) => get().projectId === projectId && set({ list }),
      () => undefined,
    );
  }
}
