import { create } from 'zustand';
import { type Fault, toFault } from '../../../shared/errors.ts';
import type { StudioEvent } from '../../../shared/schemas/events.ts';
import type { ListeningSession, ListeningTest } from '../../../shared/schemas/listening.ts';
import { readTest, readTests } from './listening-calls.ts';
import { readGuests } from './listening-files.ts';

interface ListeningTests {
  /** Whose tests these are; null before they were asked for. */
  projectId: string | null;
  /** The newest first. */
  tests: ListeningTest[];
  /** Sessions that came in files. */
  guests: ListeningSession[];
  /** Why they could not be read. */
  fault: Fault | null;
}

/** The listening tests of the open project, without what stands behind them. */
export const useListeningTests = create<ListeningTests>()(() => ({
  projectId: null,
  tests: [],
  guests: [],
  fault: null,
}));

const { getState: get, setState: set } = useListeningTests;

/** Reads the tests of a project. What fails is told in the state. */
export async function loadTests(projectId: string): Promise<void> {
  if (projectId !== get().projectId) set({ projectId, tests: [], fault: null });
  try {
    const [tests, guests] = await Promise.all([readTests(projectId), readGuests()]);
    if (get().projectId === projectId) set({ tests, guests, fault: null });
  } catch (thrown) {
    if (get().projectId === projectId) set({ fault: toFault(thrown) });
  }
}

/** Puts in what the engine answered, before it tells that something changed. */
export function noteTest(test: ListeningTest): void {
  const others = get().tests.filter(({ id }) => id !== test.id);
  if (test.projectId === get().projectId) {
    set({ tests: [test, ...others].toSorted((a, b) => b.createdAt - a.createdAt) });
  }
}

/** A session that came in a file is not here any more. */
export function guestRemoved(sessionId: string): void {
  set({ guests: get().guests.filter(({ id }) => id !== sessionId) });
}

/** Reads one test, with the others of its project where those are not here. @throws FaultError not_found */
export async function loadTest(id: string): Promise<void> {
  const test = await readTest(id);
  if (test.projectId !== get().projectId) await loadTests(test.projectId);
  noteTest(test);
}

/** Reads them anew when the engine says that they changed. */
export function testsHeard(event: StudioEvent): void {
  const { projectId } = get();
  if (event.type !== 'changed' || projectId === null) return;
  if (event.what === 'listening' || event.what === 'library') void loadTests(projectId);
}
