import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../../shared/controls/controls.ts';
import type { Comparison } from '../../../shared/schemas/comparison.ts';
import type { ListeningMethod, ListeningTrial } from '../../../shared/schemas/listening.ts';
import { usePlayer } from '../../player/player-store.ts';
import { openPageOnEngine, type PageOnEngine } from '../testing/page-on-engine.ts';
import { SilentPlayer } from './testing/silent-player.ts';

const player = new SilentPlayer();
vi.mock('../../player/studio-player.ts', () => ({
  get player() {
    return player;
  },
}));

const TEXT = 'The ship sails at noon, and nobody waves.';
const VOICE = 'builtin:espeak/en-us';
const SPEEDS = [1, 1.1];

let page: PageOnEngine;
let stores: Awaited<ReturnType<typeof load>>;
const asked: { path: string; body: string }[] = [];
/** Requests whose connection is lost: before the engine has them, or on the way back. */
let lost: { path: RegExp; when: 'before' | 'after' } | null = null;

async function load() {
  const all = await Promise.all([
    import('../voices.ts'),
    import('../projects.ts'),
    import('../preferences.ts'),
    import('../compare/cells.ts'),
    import('../compare/comparisons.ts'),
    import('../compare/slots.ts'),
    import('../compare/render-slots.ts'),
    import('./hearing.ts'),
    import('./make-test.ts'),
    import('./listening-calls.ts'),
    import('./listening-files.ts'),
    import('./outcome.ts'),
    import('./room.ts'),
    import('./setup.ts'),
    import('./sitting.ts'),
    import('./tests.ts'),
    import('./trial-sounds.ts'),
    import('./waiting.ts'),
  ]);
  const [voices, projects, preferences, cells, comparisons, slots, render, hearing, make, calls, files, ...rest] = all;
  const [outcome, room, setup, sitting, tests, sounds, waiting] = rest;
  const compare = { ...voices, ...projects, ...preferences, ...cells, ...comparisons, ...slots, ...render };
  return {
    ...compare,
    ...hearing,
    ...make,
    ...calls,
    ...files,
    ...outcome,
    ...room,
    ...setup,
    ...sitting,
    ...tests,
    ...waiting,
    sounds,
  };
}

beforeAll(async () => {
  page = await openPageOnEngine((path, init) => {
    asked.push({ path, body: typeof init?.body === 'string' ? init.body : '' });
  });
  const reach = globalThis.fetch;
  vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
    const path = String(input instanceof Request ? input.url : input);
    const way = lost?.path.test(path) ? lost.when : null;
    if (way === 'before') throw new TypeError('The connection was lost.');
    const response = await reach(input, init);
    if (way === 'after') throw new TypeError('The connection was lost.');
    return response;
  });
  stores = await load();
  const stop = page.studio.parts.events.subscribe((event) => stores.slotsHeard(event));
  await stores.useVoices.getState().load();
  await stores.useProjects.getState().load();
  return stop;
});
afterAll(() => page.close());

/** A comparison of two slots that both say the text. */
async function spoken(): Promise<Comparison> {
  const contents = SPEEDS.map((speed) =>
    stores.slotContent({ voiceId: VOICE, modelId: null, settings: { ...NEUTRAL_SETTINGS, speed } }),
  );
  await stores.createComparison(stores.newComparison('Two speeds', [TEXT], contents));
  await stores.renderSlots();
  await vi.waitUntil(() => stores.useCells.getState().making.size === 0, { timeout: 20_000 });
  const { current } = stores.useComparisons.getState();
  if (!current) throw new Error('No comparison is open.');
  return current;
}

/** Makes a test and begins with its first listener. */
async function begun(method: ListeningMethod, change: Partial<ReturnType<typeof stores.firstDraft>> = {}) {
  const comparison = await spoken();
  const draft = { ...stores.firstDraft(comparison, method), ...change };
  expect(stores.problemsOf(comparison, draft)).toEqual([]);
  expect(stores.missingTakes(comparison, draft, stores.useCells.getState().takes)).toEqual([]);
  const made = await stores.makeTest(comparison, draft);
  await stores.beginListener(made.test.id, made.here[0] ?? '');
  return { comparison, ...made };
}

const sitting = () => stores.useSitting.getState();
function trial(): ListeningTrial {
  const { session } = sitting();
  if (!session?.trial) throw new Error('There is no trial.');
  return session.trial;
}

/** Hears every sound of the trial for more than a second. */
function hearAll(): void {
  const stop = stores.followSitting();
  for (const { stimulus } of trial().places) {
    stores.hear(stimulus);
    player.hearFor(1.2);
  }
  stop();
}

it('an ABX is taken: nothing is judged before it was heard, each answer is stored at once, the seconds go with it', async () => {
  const { test } = await begun('abx', { trials: 3 });
  expect(sitting()).toMatchObject({ stage: 'listening', fault: null });
  const first = trial();
  expect(first.places.map(({ place }) => place)).toEqual(['A', 'B', 'X']);
  stores.choose('A');
  await stores.confirmAnswer();
  expect(trial().id).toBe(first.id);

  hearAll();
  await stores.confirmAnswer();
  expect(trial().index).toBe(1);
  const sent = asked.findLast(({ path }) => path.endsWith('/answer'));
  const given = JSON.parse(sent?.body ?? '{}');
  expect(given.choice).toBe('A');
  for (const { stimulus } of first.places) {
    expect(given.heard[stimulus].plays).toBe(1);
    expect(given.heard[stimulus].seconds).toBeCloseTo(1.2, 6);
  }
  // What was heard of the trial before is neither held nor asked for any more.
  expect([...player.fetched.keys()].toSorted()).toEqual(
    trial()
      .places.map(({ stimulus }) => stimulus)
      .toSorted(),
  );
  expect(sitting()).toMatchObject({ choice: null, ratings: {}, heard: {} });

  for (let at = 1; at < 3; at += 1) {
    hearAll();
    stores.choose('B');
    await stores.confirmAnswer();
  }
  expect(sitting()).toMatchObject({ stage: 'ended', session: { state: 'finished', answered: 3, of: 3 } });
  expect(player.fetched.size).toBe(0);
  await expect(stores.readResults(test.id)).rejects.toMatchObject({ fault: { code: 'conflict' } });
  await stores.revealTest(test.id, false);
  const results = await stores.readResults(test.id);
  expect(results.result).toMatchObject({ method: 'abx', listeners: [{ trials: 3, needed: null }] });
  expect(stores.bestShown(results)).toBeNull();

  // Its report comes with the sound that was asked for.
  const report = async (sound: 'none' | 'mp3' | 'flac') => {
    const file = await stores.openReport(test.id, { format: 'html', sound }, AbortSignal.timeout(30_000));
    return (await file.read(() => undefined)).text();
  };
  expect(await report('none')).not.toContain('<audio');
  expect(await report('mp3')).toContain('src="data:audio/mpeg;base64,');
  expect(await report('flac')).toContain('src="data:audio/flac;base64,');
}, 60_000);

it('a flip lands where the same place of the text is heard, and takes the marked part along', async () => {
  await begun('preference', { rounds: 2 });
  const [a, b] = trial().places.map(({ stimulus }) => stimulus) as [string, string];
  const sounds = [stores.sounds.soundOf(a), stores.sounds.soundOf(b)];
  const [soundA, soundB] = sounds;
  if (!soundA || !soundB) throw new Error('The sounds are not here.');
  expect(soundA.samples.length).toBe(soundB.samples.length);
  expect(stores.useHearing.getState().switching).toBe('word');
  stores.hear(a);
  expect(usePlayer.getState()).toMatchObject({ takeId: a, position: 0, loop: null });
  player.seek(1.1);
  const part = stores.axisPart();
  stores.markStimulusRegion({ start: 0.5, end: 1.5 });
  stores.hear(b);
  expect(usePlayer.getState().takeId).toBe(b);
  expect(Math.abs(stores.axisPart() - part)).toBeLessThan(0.01);
  const { loop } = usePlayer.getState();
  const { regionOf } = await import('./axis.ts');
  expect(loop).toEqual(regionOf(soundB, { start: 0.5, end: 1.5 }));
  stores.hearBefore();
  expect(usePlayer.getState().takeId).toBe(a);
  expect(Math.abs(usePlayer.getState().position - 1.1)).toBeLessThan(0.03);
  stores.toggleStimulusLoop();
  expect(usePlayer.getState().loop).toBeNull();
  await stores.leaveSession();
});

it('a session that is broken off is offered again where it was: faders, choice and counts', async () => {
  const { test } = await begun('rating');
  hearAll();
  const [first, second] = trial().places.map(({ stimulus }) => stimulus) as [string, string];
  stores.rate(first, 71);
  stores.keepNow();
  await vi.waitUntil(() => asked.some(({ path, body }) => path.endsWith('/draft') && body.includes('71')));
  stores.flushPreferences();
  const sessionId = sitting().session?.id ?? '';

  // The page is loaded anew: its stores know nothing.
  stores.useSitting.setState({ session: null, stage: 'reading', ratings: {}, heard: {} });
  stores.closeRoom();
  await vi.waitUntil(async () => {
    await stores.offerBrokenOff();
    return stores.useListeningRoom.getState().open !== null;
  });
  expect(stores.useListeningRoom.getState().open).toEqual({ at: 'session', sessionId });
  expect(sitting()).toMatchObject({ stage: 'offered', ratings: { [first]: 71 } });
  await stores.prepare();
  expect(sitting().stage).toBe('listening');
  expect(sitting().heard[second]).toMatchObject({ plays: 1 });
  stores.rate(second, 30);
  await stores.confirmAnswer();
  expect(sitting().stage).toBe('ended');
  await stores.revealTest(test.id, false);
  const results = await stores.readResults(test.id);
  expect(results.answers[0]?.answer.ratings).toEqual({ [first]: 71, [second]: 30 });
  expect(results.answers[0]?.answer.heard[first]?.seconds).toBeCloseTo(1.2, 6);

  // Who has finished, or left on purpose, is not asked again.
  stores.closeRoom();
  await stores.offerBrokenOff();
  expect(stores.useListeningRoom.getState().open).toBeNull();
});

it.each(['before', 'after'] as const)(
  'an answer whose connection is lost %s the engine has it is kept, and stored once',
  async (when) => {
    await begun('abx', { trials: 2 });
    hearAll();
    stores.choose('B');
    lost = { path: /\/answer$/, when };
    await stores.confirmAnswer();
    lost = null;
    expect(sitting()).toMatchObject({ stage: 'unstored', choice: 'B', fault: { code: 'unreachable' } });
    expect(trial().index).toBe(0);
    // Listening on changes nothing of what was answered.
    player.hearFor(3);
    stores.choose('A');
    await stores.confirmAnswer();
    expect(sitting()).toMatchObject({ stage: 'listening', fault: null, session: { answered: 1 } });
    const sent = asked.filter(({ path }) => path.endsWith('/answer')).map(({ body }) => body);
    expect(sent.at(-1)).toContain('"choice":"B"');
    await stores.leaveSession();
  },
);

it('sounds that cannot be had are told, and fetched when it is tried again', async () => {
  lost = { path: /\/stimuli\//, when: 'before' };
  await begun('abx', { trials: 1 });
  expect(sitting()).toMatchObject({ stage: 'preparing', fault: { code: 'unreachable' } });
  lost = null;
  await stores.prepare();
  expect(sitting()).toMatchObject({ stage: 'listening', fault: null });
  await stores.leaveSession();
});

it('listeners come one after the other, and the owner sees who is done', async () => {
  const listeners = ['Ann', 'Bob'].map((name) => stores.newListener(name));
  const { test, comparison } = await begun('rating', { listeners });
  const waiting = () => stores.waitingFor(stores.useWaiting.getState(), test.id);
  expect(waiting()).toEqual(['Bob']);
  const finish = async (high: number) => {
    hearAll();
    for (const [at, { stimulus }] of trial().places.entries()) stores.rate(stimulus, high - at * 20);
    await stores.confirmAnswer();
  };
  await finish(90);
  await stores.loadTest(test.id);
  const seen = () => stores.useListeningTests.getState().tests.find(({ id }) => id === test.id);
  expect(seen()?.sessions).toMatchObject([{ listener: 'Ann', state: 'finished' }]);
  expect(JSON.stringify(seen())).not.toMatch(/\b90\b|builtin|espeak/);
  await stores.beginListener(test.id, 'Bob');
  expect(waiting()).toEqual([]);
  await finish(80);
  await stores.revealTest(test.id, false);
  const results = await stores.readResults(test.id);
  expect(results.result.method === 'rating' && results.result.rated.map(({ count }) => count)).toEqual([2, 2]);

  const decision = stores.decisionOf(results, 1, 'B is warmer.');
  expect(decision.slots.map(({ takeId }) => takeId)).toEqual(results.texts[0]?.takes);
  const undo = await stores.fileDecision(comparison.id, decision);
  const filed = () => stores.useComparisons.getState().current?.decisions.map(({ winner }) => winner);
  expect(filed()).toEqual([comparison.slots[1]?.id]);
  undo();
  expect(filed()).toEqual([]);
});
