import { z } from 'zod';
import { create } from 'zustand';
import { type Fault, FaultError, toFault } from '../../../shared/errors.ts';
import type {
  Heard,
  ListeningAnswer,
  ListeningChoice,
  ListeningDraft,
  ListeningSession,
} from '../../../shared/schemas/listening.ts';
import { Id } from '../../../shared/schemas/take.ts';
import { player } from '../../player/studio-player.ts';
import { flushPreferences, readPreference, writePreference } from '../preferences.ts';
import { beginHearing, endHearing, followHearing, heardCounts } from './hearing.ts';
import { giveAnswer, keepDraft, readSession } from './listening-calls.ts';
import { heardEnough, missingFor } from './missing.ts';
import { closeRoom, openRoom, useListeningRoom } from './room.ts';
import { dropSounds, fetchSounds } from './trial-sounds.ts';

/** Milliseconds that further changes of a page that is half done are waited for before it is kept. */
const SETTLE_MS = 300;
/** The session that is under way in this studio, kept so that it is offered again after a crash. */
const UNDER_WAY = 'listening';
const UnderWay = z.object({ sessionId: Id.nullable() });

/** A listener's session as it goes on. */
interface Sitting {
  /** Null until it has been read. */
  session: ListeningSession | null;
  /**
   * `offered`: it was broken off, and nobody has said yet that it goes on; `preparing`: the sounds of a trial come;
   * `listening`: they are here; `storing`: an answer is on its way; `unstored`: it did not arrive; `ended`.
   */
  stage: 'reading' | 'offered' | 'preparing' | 'listening' | 'storing' | 'unstored' | 'ended';
  /** Why it does not go on. */
  fault: Fault | null;
  choice: ListeningChoice | null;
  ratings: Readonly<Record<string, number>>;
  heard: Readonly<Record<string, Heard>>;
}

const NOTHING: Sitting = {
  session: null,
  stage: 'reading',
  fault: null,
  choice: null,
  ratings: {},
  heard: {},
};

export const useSitting = create<Sitting>()(() => NOTHING);

const { getState: get, setState: set } = useSitting;

let coming = new AbortController();
let keeping: ReturnType<typeof setTimeout> | null = null;
/** The end of everything of the page that was sent to be kept. */
let kept: Promise<unknown> = Promise.resolve();
/** The answer that is on its way: the same is given again where it is not known whether it arrived. */
let given: ListeningAnswer | null = null;

/** Puts a session into view; it is offered where it had been broken off. @param offered do not begin at once */
export async function openSitting(sessionId: string, offered = false): Promise<void> {
  leaveTrial();
  set({ ...NOTHING });
  openRoom({ at: 'session', sessionId });
  try {
    const session = await readSession(sessionId);
    if (isOpen(sessionId)) await show(session, offered);
  } catch (thrown) {
    if (isOpen(sessionId)) set({ fault: toFault(thrown) });
  }
}

function isOpen(sessionId: string): boolean {
  const { open } = useListeningRoom.getState();
  return open?.at === 'session' && open.sessionId === sessionId;
}

/** Shows a session where it is. */
async function show(session: ListeningSession, offered = false): Promise<void> {
  const { trial } = session;
  const draft = trial?.draft;
  const at = { session, choice: draft?.choice ?? null, ratings: draft?.ratings ?? {}, heard: draft?.heard ?? {} };
  if (trial === null) {
    leaveTrial();
    writePreference(UNDER_WAY, { sessionId: null });
    set({ ...at, stage: 'ended', fault: null });
    return;
  }
  writePreference(UNDER_WAY, { sessionId: session.id });
  flushPreferences();
  set({ ...at, stage: offered ? 'offered' : 'preparing', fault: null });
  if (!offered) await prepare();
}

/** Fetches the sounds of the trial that is next. What fails is told, and can be tried again. */
export async function prepare(): Promise<void> {
  const trial = get().session?.trial;
  if (!trial) return;
  coming.abort();
  coming = new AbortController();
  const { signal } = coming;
  set({ stage: 'preparing', fault: null });
  try {
    const switching = await fetchSounds(trial, signal);
    if (signal.aborted) return;
    beginHearing(switching, get().heard);
    set({ stage: 'listening' });
  } catch (thrown) {
    if (!signal.aborted) set({ fault: toFault(thrown) });
  }
}

function leaveTrial(): void {
  coming.abort();
  if (keeping !== null) clearTimeout(keeping);
  keeping = null;
  given = null;
  player.stop();
  endHearing();
  dropSounds();
}

/** Whether something of the trial can be changed. */
const isAnswering = () => get().stage === 'listening';

/** Chooses one of two, or neither. Counts once it is confirmed. */
export function choose(choice: ListeningChoice): void {
  if (!isAnswering()) return;
  set({ choice });
  keepSoon();
}

/** Rates a stimulus, 0-100. */
export function rate(stimulus: string, value: number): void {
  if (!isAnswering()) return;
  set({ ratings: { ...get().ratings, [stimulus]: Math.min(100, Math.max(0, Math.round(value))) } });
  keepSoon();
}

function draftNow(): ListeningDraft {
  const { choice, ratings } = get();
  return { choice, ratings: { ...ratings }, heard: heardCounts().all };
}

function keepSoon(): void {
  keeping ??= setTimeout(keepNow, SETTLE_MS);
}

/** Keeps the page as it is half done. What cannot be kept is tried again with the next change. */
export function keepNow(): void {
  if (keeping !== null) clearTimeout(keeping);
  keeping = null;
  const trial = get().session?.trial;
  if (!trial || !isAnswering()) return;
  const draft = draftNow();
  // In their order: an older page must not replace a newer one.
  kept = kept.then(() => keepDraft(trial.id, draft)).catch(() => undefined);
}

/** Stores the answer, and goes on to the next trial once it is stored. The same once more where it was not. */
export async function confirmAnswer(): Promise<void> {
  const { session, stage, choice, ratings } = get();
  const trial = session?.trial;
  if (!trial || (stage !== 'listening' && stage !== 'unstored')) return;
  if (given === null) {
    const heard = heardCounts().all;
    if (missingFor(trial, { choice, ratings, heard }) !== null) return;
    const rated = trial.method === 'rating' || trial.method === 'mushra';
    given = { ...(rated ? { ratings: { ...ratings } } : choice ? { choice } : {}), heard };
  }
  if (keeping !== null) clearTimeout(keeping);
  keeping = null;
  player.pause();
  set({ stage: 'storing', fault: null });
  try {
    await kept;
    const next = await giveAnswer(trial.id, given);
    if (!isOpen(next.id)) return;
    leaveTrial();
    await show(next);
  } catch (thrown) {
    const fault = toFault(thrown);
    if (isOpen(trial.sessionId)) set({ stage: 'unstored', fault });
  }
}

/** Reads the session anew, for example because it was gone on with in another window. */
export async function readAnew(): Promise<void> {
  const { session } = get();
  if (session) await openSitting(session.id);
}

/** Leaves a session so that it can be gone on with later: back to the page of its test. What is half done is kept. */
export async function leaveSession(): Promise<void> {
  const testId = get().session?.testId ?? null;
  heardCounts().turn(null);
  keepNow();
  leaveTrial();
  writePreference(UNDER_WAY, { sessionId: null });
  flushPreferences();
  await kept;
  set({ ...NOTHING });
  if (testId === null) closeRoom();
  else openRoom({ at: 'test', testId });
}

/** Offers the session that was under way when the page was last left, if there is one. @throws FaultError */
export async function offerBrokenOff(): Promise<void> {
  const sessionId = (await readPreference(UNDER_WAY, UnderWay))?.sessionId;
  if (!sessionId || useListeningRoom.getState().open !== null) return;
  try {
    const session = await readSession(sessionId);
    if (session.trial === null || useListeningRoom.getState().open !== null) return;
    openRoom({ at: 'session', sessionId });
    await show(session, true);
  } catch (thrown) {
    // It is gone: there is nothing to offer.
    if (thrown instanceof FaultError && thrown.fault.code === 'not_found') return;
    throw thrown;
  }
}

/** Notes what is heard while a session is on the page. @returns ends it */
export function followSitting(): () => void {
  return followHearing(() => {
    const trial = get().session?.trial;
    if (!trial || !isAnswering()) return;
    const heard = heardCounts().all;
    const news = trial.places.some(({ stimulus }) => {
      const before = get().heard[stimulus];
      return (
        heard[stimulus]?.plays !== before?.plays || heardEnough(heard, stimulus) !== heardEnough(get().heard, stimulus)
      );
    });
    if (!news) return;
    set({ heard });
    keepSoon();
  });
}
