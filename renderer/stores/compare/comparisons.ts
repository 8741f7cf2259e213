import { z } from 'zod';
import { create } from 'zustand';
import { type Fault, fault, toFault } from '../../../shared/errors.ts';
import {
  Comparison,
  type ComparisonCell,
  ComparisonEntry,
  type ComparisonInput,
  type ComparisonPatch,
  type Decision,
} from '../../../shared/schemas/comparison.ts';
import type { StudioEvent } from '../../../shared/schemas/events.ts';
import { api, apiFetch, check, unwrap } from '../../api.ts';
import { useProjects } from '../projects.ts';

const List = z.object({ comparisons: z.array(ComparisonEntry) });

/** Milliseconds that further changes are waited for before they are sent, and how long at most. */
const SETTLE_MS = 400;
const LONGEST_MS = 2000;
/** Bytes that a request may have which outlives its page (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). */
const KEEPALIVE = 60_000;

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

interface Unsent {
  id: string;
  patch: ComparisonPatch;
  /** When it is sent; undefined where it waits for the next change or the engine. */
  timer: ReturnType<typeof setTimeout> | undefined;
  /** When the first of the changes was made, by the page's clock in ms. */
  since: number;
}

let unsent: Unsent | null = null;
/** How many calls that change the open comparison are under way. */
let sending = 0;
/** The end of everything that was sent. */
let sent: Promise<void> = Promise.resolve();

/** The same again would be refused again. */
const REFUSED: ReadonlySet<Fault['code']> = new Set(['invalid', 'not_found', 'too_large']);

/** Does one change after the other; what the engine has then is what the next reading must be newer than. */
function inTurn(change: () => Promise<Comparison>, onFail: (why: Fault) => void): Promise<void> {
  sending += 1;
  sent = sent.then(async () => {
    try {
      const { id, updatedAt } = await change();
      const { current } = get();
      if (current?.id === id) set({ current: { ...current, updatedAt }, fault: null });
    } catch (thrown) {
      const why = toFault(thrown);
      set({ fault: why });
      onFail(why);
    } finally {
      sending -= 1;
    }
  });
  return sent;
}

function patchOf(id: string, patch: ComparisonPatch): Promise<Comparison> {
  const body = JSON.stringify(patch);
  const init = { method: 'PATCH', headers: { 'content-type': 'application/json' }, body };
  // A page that is left may send so much and no more.
  return unwrap(apiFetch(`/api/comparisons/${id}`, { ...init, keepalive: body.length < KEEPALIVE }), Comparison);
}

function keepUnsent(id: string, patch: ComparisonPatch): void {
  if (unsent !== null && unsent.id !== id) void flushComparison();
  const since = unsent?.since ?? performance.now();
  clearTimeout(unsent?.timer);
  const wait = Math.max(0, Math.min(SETTLE_MS, since + LONGEST_MS - performance.now()));
  const timer = setTimeout(() => void flushComparison(), wait);
  unsent = { id, patch: { ...unsent?.patch, ...patch }, timer, since };
}

/** Sends what was changed and not yet sent. Resolves once the engine has it; what it has not got is sent again later. */
export function flushComparison(): Promise<void> {
  if (unsent === null) return sent;
  const { id, patch, timer } = unsent;
  clearTimeout(timer);
  unsent = null;
  return inTurn(
    () => patchOf(id, patch),
    (why) => {
      if (REFUSED.has(why.code)) return;
      // Under what was changed since. It goes with the next change, or once the engine is there again.
      const newer = unsent?.id === id ? unsent.patch : {};
      if (unsent !== null && unsent.id !== id) return;
      clearTimeout(unsent?.timer);
      unsent = { id, patch: { ...patch, ...newer }, timer: undefined, since: performance.now() };
    },
  );
}

/** Changes the open comparison: seen at once, kept a moment later. */
export function changeComparison(patch: ComparisonPatch): void {
  const { current } = get();
  if (current === null) return;
  set({ current: { ...current, ...patch } });
  keepUnsent(current.id, patch);
}

/** Shows that a take stands in its cell: the engine has put it there. */
export function showPlaced({ comparisonId, slotId, textId }: ComparisonCell, takeId: string): void {
  const { current } = get();
  if (current?.id !== comparisonId || current.takes[slotId]?.[textId] === takeId) return;
  const own = { ...current.takes[slotId], [textId]: takeId };
  set({ current: { ...current, takes: { ...current.takes, [slotId]: own } } });
}

function withDecision(decisions: readonly Decision[], decision: Decision): Decision[] {
  return [...decisions.filter(({ id }) => id !== decision.id), decision].toSorted((a, b) => a.at - b.at);
}

/** Files a decision, in place of the one with its id. */
export function fileDecision(decision: Decision): void {
  const { current } = get();
  if (current === null) return;
  const { id } = current;
  set({ current: { ...current, decisions: withDecision(current.decisions, decision) } });
  const json = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(decision) };
  void inTurn(
    () => unwrap(apiFetch(`/api/comparisons/${id}/decisions`, { ...json, keepalive: true }), Comparison),
    () => undefined,
  );
}

/** Takes a decision back. */
export function removeDecision(comparisonId: string, decisionId: string): void {
  const { current } = get();
  if (current?.id !== comparisonId) return;
  set({ current: { ...current, decisions: current.decisions.filter(({ id }) => id !== decisionId) } });
  const path = `/api/comparisons/${comparisonId}/decisions/${decisionId}`;
  void inTurn(
    () => unwrap(apiFetch(path, { method: 'DELETE', keepalive: true }), Comparison),
    () => undefined,
  );
}

async function readList(projectId: string): Promise<ComparisonEntry[]> {
  return (await unwrap(api.comparisons.$get({ query: { projectId } }), List)).comparisons;
}

/** Opens a comparison of the project. @throws FaultError */
export async function openComparison(id: string): Promise<void> {
  await flushComparison();
  const current = await unwrap(api.comparisons[':id'].$get({ param: { id } }), Comparison);
  // What was changed meanwhile of the one that was open goes to that one.
  if (unsent?.id !== id) await flushComparison();
  if (current.projectId === get().projectId) set({ current });
}

/** Reads the open comparison anew, unless something of it was changed meanwhile. */
async function rereadComparison(id: string): Promise<void> {
  const still = () => get().current?.id === id && unsent === null && sending === 0;
  if (!still()) return;
  const current = await unwrap(api.comparisons[':id'].$get({ param: { id } }), Comparison);
  if (still()) set({ current });
}

/** Reads the comparisons of a project and opens the one that was changed last. */
export async function loadComparisons(projectId: string): Promise<void> {
  await flushComparison();
  if (projectId !== get().projectId) set({ projectId, list: [], current: null, status: 'loading' });
  try {
    const list = await readList(projectId);
    if (get().projectId !== projectId) return;
    set({ list });
    const { current } = get();
    const wanted = list.find(({ id }) => id === current?.id) ?? list[0];
    if (wanted === undefined) set({ current: null });
    else if (current?.id !== wanted.id) await openComparison(wanted.id);
    else if (wanted.updatedAt > current.updatedAt) await rereadComparison(current.id);
  } catch (thrown) {
    set({ fault: toFault(thrown) });
  }
  if (get().projectId === projectId) set({ status: 'ready' });
}

/** Makes a comparison and opens it. @throws FaultError */
export async function createComparison(input: Omit<ComparisonInput, 'projectId'>): Promise<Comparison> {
  const projectId = useProjects.getState().currentId;
  if (projectId === null) throw fault('conflict', 'No project is open.', { todo: 'Open or create a project.' });
  const current = await unwrap(api.comparisons.$post({ json: { ...input, projectId } }), Comparison);
  await flushComparison();
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

async function reread(projectId: string): Promise<void> {
  const list = await readList(projectId);
  if (get().projectId !== projectId) return;
  set({ list });
  const { current } = get();
  const entry = list.find(({ id }) => id === current?.id);
  if (current && entry && entry.updatedAt > current.updatedAt) await rereadComparison(current.id);
}

let rereading = false;

/** Many takes may find their cells in one moment. */
function rereadSoon(): void {
  if (rereading) return;
  rereading = true;
  setTimeout(() => {
    rereading = false;
    const { projectId } = get();
    // What cannot be read is read with the next change.
    if (projectId !== null) reread(projectId).catch(() => undefined);
  }, SETTLE_MS);
}

/** Reads them anew when the engine says they changed, here or in another window. */
export function comparisonsHeard(event: StudioEvent): void {
  const { projectId } = get();
  if (event.type !== 'changed' || projectId === null) return;
  if (event.what === 'library') void loadComparisons(projectId);
  if (event.what === 'comparisons') rereadSoon();
}

/** Sends and reads what was missed while the engine was away. */
export function catchUpComparisons(): void {
  const { projectId } = get();
  if (projectId !== null) void loadComparisons(projectId);
}
