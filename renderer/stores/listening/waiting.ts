import { z } from 'zod';
import { create } from 'zustand';
import { readPreference, writePreference } from '../preferences.ts';
import { startSession } from './listening-calls.ts';
import { openSitting } from './sitting.ts';

const WAITING = 'listening-waiting';
/** Names by the test’s id. */
const Names = z.record(z.string(), z.array(z.string().max(120)).max(1000));

interface Waiting {
  /** Listeners who were planned and have not begun, by the test’s id. Their sessions begin when they do. */
  names: Readonly<Record<string, readonly string[]>>;
}

export const useWaiting = create<Waiting>()(() => ({ names: {} }));

function setNames(testId: string, names: readonly string[]): void {
  const { [testId]: _, ...others } = useWaiting.getState().names;
  const next = names.length > 0 ? { ...others, [testId]: names } : others;
  useWaiting.setState({ names: next });
  writePreference(WAITING, next);
}

const NOBODY: readonly string[] = [];

/** Who is still to come to a test. */
export const waitingFor = ({ names }: Waiting, testId: string): readonly string[] => names[testId] ?? NOBODY;

/** Notes listeners who are to come. */
export function planListeners(testId: string, names: readonly string[]): void {
  setNames(testId, [...new Set([...waitingFor(useWaiting.getState(), testId), ...names])]);
}

/** Takes one of them off the list. */
export function unplanListener(testId: string, name: string): void {
  setNames(
    testId,
    waitingFor(useWaiting.getState(), testId).filter((other) => other !== name),
  );
}

/** Begins the session of a listener on this machine. @throws FaultError conflict where the name has taken the test */
export async function beginListener(testId: string, listener: string): Promise<void> {
  const session = await startSession(testId, { listener, away: false });
  unplanListener(testId, listener);
  await openSitting(session.id);
}

/** Reads who was planned when the page was last open. @throws FaultError */
export async function restoreWaiting(): Promise<void> {
  const names = await readPreference(WAITING, Names);
  if (names) useWaiting.setState({ names });
}
