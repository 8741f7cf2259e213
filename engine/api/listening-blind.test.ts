import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { FaultBody } from '../../shared/errors.ts';
import { chanceOfAtLeast } from '../../shared/listening/binomial.ts';
import { readStimulus } from '../../shared/listening/stimulus-body.ts';
import type { ListeningMethod, ListeningTrial } from '../../shared/schemas/listening.ts';
import type { StoredTrial } from '../../shared/schemas/listening-key.ts';
import type { Take } from '../../shared/schemas/take.ts';
import {
  answerTrial,
  heardAll,
  type ListeningClient,
  listeningClient,
  speak,
  testOf,
  VOICES,
} from './testing/listening-client.ts';
import { type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

const TEXTS = ['Good morning to all of you.', 'The ship sails at noon.'];

let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;
let client: ListeningClient;
/** For each text three takes of very different lengths and levels, and one more as the reference. */
let rows: Take[][];
/** All that left the engine: answers, headers, events, lines of the log. */
let seen: string[];

beforeAll(async () => {
  folder = await studioFolder();
  const opened = await openStudio(folder.folder);
  const keep = async (response: Response) => {
    seen.push(`${response.status} ${JSON.stringify([...response.headers])}`);
    if (response.headers.get('content-type')?.includes('json')) seen.push(await response.clone().text());
    return response;
  };
  studio = {
    ...opened,
    call: async (...args) => keep(await opened.call(...args)),
    send: async (...args) => keep(await opened.send(...args)),
  };
  client = listeningClient(studio);
  seen = [];
  rows = [];
  for (const text of TEXTS) {
    rows.push([
      await speak(opened, text, VOICES[0]),
      await speak(opened, text, VOICES[1], { speed: 0.6, volume: -9 }),
      await speak(opened, text, VOICES[0], { speed: 1.6 }),
      await speak(opened, text, VOICES[0], { pitch: 5 }),
    ]);
  }
  // Measured by now, so that no word of it comes later.
  const measured = ({ id }: Take) => vi.waitUntil(() => opened.studio.parts.library().take(id)?.measurements, 20_000);
  await Promise.all(rows.flat().map(measured));
  rows = rows.map((takes) => takes.map((take) => opened.studio.parts.library().take(take.id) ?? take));
  opened.studio.parts.events.subscribe((event) => seen.push(JSON.stringify(event)));
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    vi.spyOn(opened.studio.parts.log, level).mockImplementation((...args: unknown[]) => {
      seen.push(
        JSON.stringify(args, (_, value) => (value instanceof Error ? { ...value, text: String(value) } : value)),
      );
    });
  }
});
afterAll(async () => {
  await studio.close();
  await folder.remove();
});

function bodyOf(method: ListeningMethod, more: Record<string, unknown> = {}) {
  const count = method === 'rating' || method === 'mushra' ? 3 : 2;
  const texts = rows.map((takes, at) => ({
    text: TEXTS[at],
    takes: takes.slice(0, count).map(({ id }) => id),
    reference: method === 'mushra' ? takes[3]?.id : null,
  }));
  return {
    ...testOf(
      rows.map((takes) => takes.slice(0, count)),
      method,
      more,
    ),
    texts,
  };
}

/** The key of a trial, as only the library has it. */
function keyOf(trial: ListeningTrial): StoredTrial {
  const key = studio.studio.parts.library().listening.sessions.trial(trial.id);
  if (!key) throw new Error('There is no such trial.');
  return key;
}

/** What must not be seen: everything that says who a slot is, and numbers by which one could be told from others. */
function secrets(body: ReturnType<typeof bodyOf>): string[] {
  const takes = rows.flat();
  return [
    ...takes.flatMap(({ id, samples, measurements }) => [id, `:${samples}`, `${measurements?.duration}`]),
    ...VOICES,
    ...takes.map(({ voiceName }) => voiceName),
    'espeak',
    ...body.slots.map(({ id }) => id),
    'gain',
    'seed',
    'noise',
    '"what":0',
    '"what":1',
  ];
}

it.each(['abx', 'preference', 'rating', 'mushra'] as const)(
  'nothing that is seen of a test of %s tells who is who',
  async (method) => {
    const body = bodyOf(method, { trials: 3, rounds: 2 });
    seen = [];
    const test = await client.create(body);
    let session = await client.start(test.id, 'Listener');
    while (session.trial) {
      const trial = session.trial;
      for (const { stimulus } of trial.places) await (await client.fetchStimulus(stimulus)).arrayBuffer();
      // Mistakes, too.
      await client.answer(trial.id, { choice: 'A', ratings: {}, heard: {} });
      await client.answer(trial.id, {
        choice: 'A',
        heard: { [trial.places[0]?.stimulus ?? '']: { plays: 1, seconds: 0 } },
      });
      await client.draft(trial.id, { heard: heardAll(trial) });
      session = await answerTrial(client, trial);
      await client.fetchStimulus(trial.places[0]?.stimulus ?? '');
      await client.answer(trial.id, { choice: 'B', heard: {} });
    }
    await studio.call(`/api/listening/tests?projectId=${test.projectId}`);
    await studio.call(`/api/listening/tests/${test.id}`);
    await studio.call(`/api/listening/sessions/${session.id}`);
    await studio.call(`/api/listening/tests/${test.id}/results`);
    const all = seen.join('\n');
    expect(all.length).toBeGreaterThan(2000);
    expect(secrets(body).filter((secret) => all.includes(secret))).toEqual([]);
    const events = seen.filter((line) => line.startsWith('{"type"'));
    expect(new Set(events)).toEqual(new Set(['{"type":"changed","what":"listening"}']));
  },
);

it.each(['abx', 'rating', 'mushra'] as const)(
  'all sounds of a trial of %s look the same, and none is another',
  async (method) => {
    const test = await client.create(bodyOf(method, { trials: 2 }));
    let session = await client.start(test.id, 'Listener');
    const ids = new Set<string>();
    while (session.trial) {
      const trial = session.trial;
      const answers = await Promise.all(trial.places.map(({ stimulus }) => client.fetchStimulus(stimulus)));
      const headers = answers.map((response) => JSON.stringify([...response.headers]));
      expect(new Set(headers).size).toBe(1);
      const bodies = await Promise.all(answers.map(async (response) => new Uint8Array(await response.arrayBuffer())));
      expect(new Set(bodies.map(({ length }) => length)).size).toBe(1);
      const samples = Number(answers[0]?.headers.get('x-timbre-samples'));
      expect(samples % 48_000).toBe(0);
      expect(bodies[0]?.length).toBe(Number(answers[0]?.headers.get('content-length')));
      const sounds = bodies.map((body) => readStimulus(body, samples));
      for (const [at, sound] of sounds.entries()) {
        expect(sound?.samples).toHaveLength(samples);
        for (const other of sounds.slice(at + 1)) {
          const equal = sound?.places.filter((place, frame) => place === other?.places[frame]).length ?? 0;
          expect(equal / samples).toBeLessThan(0.01);
          // Not even the silence at the beginning and the end, nor when it sets in.
          expect(sound?.samples.subarray(0, 2400)).not.toEqual(other?.samples.subarray(0, 2400));
          expect(sound?.samples.subarray(-2400)).not.toEqual(other?.samples.subarray(-2400));
        }
      }
      // Asked for again, it is the same once more.
      const again = await client.fetchStimulus(trial.places[0]?.stimulus ?? '');
      expect(JSON.stringify([...again.headers])).toBe(headers[0]);
      expect(Buffer.compare(Buffer.from(await again.arrayBuffer()), Buffer.from(bodies[0] ?? []))).toBe(0);
      for (const { stimulus } of trial.places) {
        expect(ids.has(stimulus)).toBe(false);
        ids.add(stimulus);
      }
      session = await answerTrial(client, trial);
    }
  },
);

it('the two stimuli of X and its twin set in at times of their own', async () => {
  const test = await client.create(bodyOf('abx', { trials: 6 }));
  let session = await client.start(test.id, 'Listener');
  const apart: number[] = [];
  while (session.trial) {
    const trial = session.trial;
    const places = keyOf(trial).places;
    const twin = places.find(({ place, what }) => place !== 'X' && what === places[2]?.what);
    const onset = async (stimulus = '') =>
      (await client.sound(stimulus)).samples.findIndex((value) => Math.abs(value) > 20);
    apart.push(Math.abs((await onset(twin?.stimulus)) - (await onset(places[2]?.stimulus))));
    session = await answerTrial(client, trial);
  }
  expect(Math.max(...apart)).toBeGreaterThan(480);
});

/** What somebody might go by who sees all but hears nothing: each says which of two stimuli X is. */
const TRICKS: Record<string, (trial: ListeningTrial, a: string, b: string, x: string) => boolean> = {
  'ids in order': (_, a, b, x) => a < x === a < b,
  'ids near each other': (_, a, b, x) => {
    const near = (one: string, other: string) =>
      Math.abs(Number.parseInt(one.slice(0, 8), 16) - Number.parseInt(other.slice(0, 8), 16));
    return near(a, x) < near(b, x);
  },
  'ids like that of the trial': ({ id }, a, b) => a < id === b < id,
  'last digits': (_, a, b, x) =>
    Number.parseInt(a.at(-1) ?? '', 16) % 2 === Number.parseInt(x.at(-1) ?? '', 16) % 2 || a > b,
  'the number of the trial': ({ index }) => index % 2 === 0,
  'every second pair of trials': ({ index }) => index % 4 < 2,
  'the text': ({ text }) => text === TEXTS[0],
};

it('no trick with what is seen finds X', async () => {
  const TRIALS = 60;
  const test = await client.create(bodyOf('abx', { trials: TRIALS }));
  let session = await client.start(test.id, 'Listener');
  const right: Record<string, number> = {};
  while (session.trial) {
    const trial = session.trial;
    const [a, b, x] = keyOf(trial).places;
    const truth = x?.what === a?.what;
    for (const [trick, says] of Object.entries(TRICKS)) {
      const hit = says(trial, a?.stimulus ?? '', b?.stimulus ?? '', x?.stimulus ?? '') === truth;
      right[trick] = (right[trick] ?? 0) + (hit ? 1 : 0);
    }
    session = await answerTrial(client, trial);
  }
  // What is found in one of a million tests by chance is no chance.
  for (const hits of Object.values(right)) {
    expect(chanceOfAtLeast(Math.max(hits, TRIALS - hits), TRIALS)).toBeGreaterThan(1e-6);
  }
});

it('a sound of another trial, of another session, and one that never was, are answered alike', async () => {
  const test = await client.create(bodyOf('abx', { trials: 2 }));
  const session = await client.start(test.id, 'One');
  const trial = client.trialOf(session);
  const [, later] = studio.studio.parts.library().listening.sessions.trials(session.id);
  const gone = await client.start(test.id, 'Two');
  const over = client.trialOf(gone).places[0]?.stimulus ?? '';
  await studio.send(`/api/listening/sessions/${gone.id}/abandon`, {});
  await answerTrial(client, trial);
  const next = trial.places.map(({ stimulus }) => stimulus);
  const said = new Set<string>();
  for (const id of [...next, over, crypto.randomUUID()]) said.add(await (await client.fetchStimulus(id)).text());
  expect(said.size).toBe(1);
  // That one can be heard by now.
  expect((await client.fetchStimulus(later?.places[0]?.stimulus ?? '')).status).toBe(200);
});

it('a sound that is lost is not told by which one it is', async () => {
  const takes = [await speak(studio, 'Lost and found.'), await speak(studio, 'Lost and found.', VOICES[1])];
  const test = await client.create(testOf([takes], 'abx', { trials: 1 }));
  await rm(studio.studio.parts.library().audio(takes[1]?.id ?? '')?.path ?? '');
  const trial = client.trialOf(await client.start(test.id, 'Listener'));
  seen = [];
  const said = new Set<string>();
  for (const { stimulus } of trial.places) said.add(await (await client.fetchStimulus(stimulus)).text());
  expect(said.size).toBe(1);
  const { error } = FaultBody.parse(JSON.parse([...said][0] ?? ''));
  expect(error).toMatchObject({ code: 'not_found', kept: expect.any(String) });
  for (const { id } of takes) expect(seen.join('\n')).not.toContain(id);
});
