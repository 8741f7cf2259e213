import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BlobWriter, Uint8ArrayReader, Uint8ArrayWriter, ZipReader, ZipWriter } from '@zip.js/zip.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FaultBody } from '../../shared/errors.ts';
import { ListeningSession, ListeningTest } from '../../shared/schemas/listening.ts';
import { ListeningAnswersFile, ListeningManifest, ListeningMergeReport } from '../../shared/schemas/listening-file.ts';
import { ListeningResults } from '../../shared/schemas/listening-results.ts';
import type { Take } from '../../shared/schemas/take.ts';
import {
  answerTrial,
  type ListeningClient,
  listeningClient,
  speak,
  testOf,
  VOICES,
} from './testing/listening-client.ts';
import { answer, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

let folder: Awaited<ReturnType<typeof studioFolder>>;
/** Where tests are made, and where they are taken. */
let owner: { studio: OpenStudio; client: ListeningClient };
let guest: { studio: OpenStudio; client: ListeningClient };
let takes: Take[];

const guestHome = () => join(folder.folder, 'guest');

async function open(home: string) {
  const studio = await openStudio(home);
  return { studio, client: listeningClient(studio) };
}

beforeAll(async () => {
  folder = await studioFolder();
  owner = await open(join(folder.folder, 'owner'));
  guest = await open(guestHome());
  takes = [
    await speak(owner.studio, 'Good morning to all of you.', VOICES[0]),
    await speak(owner.studio, 'Good morning to all of you.', VOICES[1], { speed: 0.7 }),
  ];
});
afterAll(async () => {
  await owner.studio.close();
  await guest.studio.close();
  await folder.remove();
});

const makeTest = (trials = 3) => owner.client.create(testOf([takes], 'abx', { trials }));
const refusal = async (response: Response) => FaultBody.parse(await response.json()).error;
const bring = (file: Uint8Array) => guest.studio.sendBytes('/api/listening/import', new Blob([new Uint8Array(file)]));
const answersOf = async (id: string) =>
  answer(await guest.studio.call(`/api/listening/guests/${id}/answers`), ListeningAnswersFile);
const merge = (file: unknown) => owner.studio.send('/api/listening/merge', file);

async function fileOf(sessionId: string): Promise<Uint8Array> {
  const response = await owner.studio.call(`/api/listening/sessions/${sessionId}/file`);
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

async function entriesOf(file: Uint8Array): Promise<Map<string, Uint8Array>> {
  const reader = new ZipReader(new Uint8ArrayReader(file));
  const entries = new Map<string, Uint8Array>();
  for (const entry of await reader.getEntries()) {
    if (!entry.directory) entries.set(entry.filename, await entry.getData(new Uint8ArrayWriter()));
  }
  await reader.close();
  return entries;
}

/** The same file with another content. */
async function packed(entries: Iterable<[string, Uint8Array]>, level = 0): Promise<Uint8Array> {
  const writer = new ZipWriter(new BlobWriter(), { level });
  for (const [name, bytes] of entries) await writer.add(name, new Uint8ArrayReader(bytes));
  return new Uint8Array(await (await writer.close()).arrayBuffer());
}

it('a file that is opened twice at once is there once, with its sounds', async () => {
  const test = await makeTest();
  const away = await owner.client.start(test.id, 'Eva', true);
  const file = await fileOf(away.id);
  const opened = await Promise.all([bring(file), bring(file), bring(file)]);
  const sessions = await Promise.all(opened.map((response) => answer(response, ListeningSession)));
  expect(sessions.map(({ id }) => id)).toEqual([away.id, away.id, away.id]);
  const [first] = sessions;
  if (!first) throw new Error('It was opened.');
  await answerTrial(guest.client, guest.client.trialOf(first), 'A');
  expect((await answersOf(away.id)).answers).toHaveLength(1);
  expect((await guest.studio.call(`/api/listening/guests/${away.id}`, { method: 'DELETE' })).status).toBe(200);
});

it('a test is taken elsewhere, interrupted, and its answers come back', async () => {
  const test = await makeTest();
  const away = await owner.client.start(test.id, 'Anna', true);
  expect(away).toMatchObject({ state: 'away', trial: null });
  const file = await fileOf(away.id);

  let session = await answer(await bring(file), ListeningSession);
  expect(session).toMatchObject({ id: away.id, testId: null, listener: 'Anna', name: test.name, method: 'abx', of: 3 });
  session = await answerTrial(guest.client, guest.client.trialOf(session), 'A');

  // Half of it comes back first.
  const half = await answersOf(session.id);
  expect(half.answers).toHaveLength(1);
  expect(await answer(await merge(half), ListeningMergeReport)).toEqual({
    testId: test.id,
    sessionId: session.id,
    listener: 'Anna',
    added: 1,
    known: 0,
    left: 2,
    problems: [],
  });

  await guest.studio.close();
  guest = await open(guestHome());
  // Opened once more, it goes on where it was.
  session = await answer(await bring(file), ListeningSession);
  expect(session).toMatchObject({ answered: 1, trial: { index: 1 } });
  while (session.trial) session = await answerTrial(guest.client, session.trial, 'B');
  expect(session.state).toBe('finished');

  const whole = await answersOf(session.id);
  expect(await answer(await merge(whole), ListeningMergeReport)).toMatchObject({
    added: 2,
    known: 1,
    left: 0,
    problems: [],
  });
  expect(await answer(await merge(whole), ListeningMergeReport)).toMatchObject({
    added: 0,
    known: 3,
    left: 0,
    problems: [],
  });
  const known = await answer(await owner.client.reveal(test.id), ListeningTest);
  expect(known.sessions).toMatchObject([{ listener: 'Anna', state: 'finished', answered: 3 }]);
  const results = await answer(await owner.studio.call(`/api/listening/tests/${test.id}/results`), ListeningResults);
  expect(results.answers.map(({ answer: given }) => given)).toEqual(whole.answers.map(({ answer: given }) => given));
  expect(results.answers[0]?.record).toMatchObject({
    answeredAt: whole.answers[0]?.answeredAt,
    prepared: { by: 'loudness' },
    seeds: expect.any(Object),
  });
  // After the reveal nothing more is taken over.
  expect((await refusal(await merge(whole))).code).toBe('conflict');
});

it('nothing in the file tells who is who', async () => {
  const test = await makeTest();
  const away = await owner.client.start(test.id, 'Ben', true);
  const file = await fileOf(away.id);
  const entries = await entriesOf(file);
  const manifest = ListeningManifest.parse(JSON.parse(Buffer.from(entries.get('manifest.json') ?? []).toString()));
  const names = manifest.trials.flatMap(({ places }) => places.map(({ stimulus }) => `stimuli/${stimulus}.bin`));
  expect([...entries.keys()].sort()).toEqual([...names, 'manifest.json'].sort());
  const sounds = names.map((name) => entries.get(name) ?? new Uint8Array());
  expect(new Set(sounds.map(({ length }) => length)).size).toBe(1);
  // Stored as they are: packed, the longer sound would be the larger one.
  expect(file.length).toBeGreaterThan(sounds.reduce((sum, { length }) => sum + length, 0));
  for (const [at, sound] of sounds.entries()) {
    for (const other of sounds.slice(at + 1))
      expect(Buffer.compare(Buffer.from(sound), Buffer.from(other))).not.toBe(0);
  }
  const text = `${Buffer.from(file).toString('latin1')}`;
  const secrets = [
    ...takes.flatMap(({ id, voiceId, voiceName }) => [id, voiceId, voiceName]),
    test.projectId,
    '"seed',
    '"gain',
    '"what"',
  ];
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
});

it('what is given out is taken elsewhere only, and what is not, here only', async () => {
  const test = await makeTest();
  const away = await owner.client.start(test.id, 'Cleo', true);
  expect(
    (
      await refusal(
        await owner.studio.sendBytes('/api/listening/import', new Blob([new Uint8Array(await fileOf(away.id))])),
      )
    ).code,
  ).toBe('conflict');
  const here = await owner.client.start(test.id, 'Dora');
  expect((await refusal(await owner.studio.call(`/api/listening/sessions/${here.id}/file`))).code).toBe('conflict');
  expect((await refusal(await owner.studio.call(`/api/listening/guests/${here.id}/answers`))).code).toBe('conflict');
});

it('answers that cannot be taken over are named, and the others come in', async () => {
  const test = await makeTest();
  const away = await owner.client.start(test.id, 'Emil', true);
  let session = await answer(await bring(await fileOf(away.id)), ListeningSession);
  while (session.trial) session = await answerTrial(guest.client, session.trial, 'A');
  const whole = await answersOf(session.id);
  const [one, two, three] = whole.answers;
  if (!one || !two || !three) throw new Error('Three trials were answered.');
  const unheard = { ...two, answer: { ...two.answer, heard: {} } };
  const foreign = { ...three, trial: crypto.randomUUID() };
  const report = await answer(await merge({ ...whole, answers: [one, unheard, foreign] }), ListeningMergeReport);
  expect(report).toMatchObject({ added: 1, left: 2 });
  expect(report.problems).toHaveLength(2);
  const otherwise = { ...one, answer: { ...one.answer, choice: 'B' } };
  expect(await answer(await merge({ ...whole, answers: [otherwise, two, three] }), ListeningMergeReport)).toMatchObject(
    {
      added: 2,
      left: 0,
      problems: [expect.stringContaining('Trial 1')],
    },
  );
  expect(await refusal(await merge({ ...whole, session: crypto.randomUUID() }))).toMatchObject({
    code: 'not_found',
    todo: expect.any(String),
  });
  expect((await refusal(await merge({ ...whole, version: 2 }))).code).toBe('invalid');
});

it('files that are not whole, or want to be something else, are refused and leave nothing', async () => {
  const test = await makeTest(1);
  const away = await owner.client.start(test.id, 'Fay', true);
  const file = await fileOf(away.id);
  const entries = await entriesOf(file);
  const [sound, bytes] = [...entries].find(([name]) => name.startsWith('stimuli/')) ?? ['', new Uint8Array()];
  const changed = (more: [string, Uint8Array][]) => packed(new Map([...entries, ...more]));
  const manifest = JSON.parse(Buffer.from(entries.get('manifest.json') ?? []).toString());
  const told = (change: object) =>
    changed([['manifest.json', Buffer.from(JSON.stringify({ ...manifest, ...change }))]]);
  const [trial] = manifest.trials;
  const flipped = new Uint8Array(file);
  // A byte within the first sound.
  flipped[5000] = (flipped[5000] ?? 0) ^ 0xff;
  const twice = {
    ...trial,
    places: trial.places.map((place: object) => ({ ...place, stimulus: trial.places[0].stimulus })),
  };
  const hostile: Record<string, Uint8Array> = {
    'nothing at all': Buffer.from('not a zip'),
    'cut off': file.subarray(0, file.length - 100),
    'a byte is another': flipped,
    'a path': await changed([['../../evil.bin', bytes]]),
    'something more': await changed([['stimuli/more.bin', bytes]]),
    'a sound too long': await changed([[sound, new Uint8Array(bytes.length + 1)]]),
    'a sound too short': await changed([[sound, bytes.subarray(1)]]),
    'a sound missing': await packed([...entries].filter(([name]) => name !== sound)),
    'no manifest': await packed([...entries].filter(([name]) => name !== 'manifest.json')),
    'a bomb': await packed([...entries, ['stimuli/bomb.bin', new Uint8Array(200_000_000)]], 9),
    'sounds that are packed': await packed(entries, 9),
    'another method': await told({ method: 'rating' }),
    'a huge trial': await told({ trials: [{ ...trial, samples: 48_000 * 3601 }] }),
    'half a second': await told({ trials: [{ ...trial, samples: 24_000 }] }),
    'a session that is a path': await told({ session: '../../evil' }),
    'one sound twice': await told({ trials: [twice] }),
    'another format': await told({ format: 'timbre.project' }),
  };
  const kept = await readdir(join(guestHome(), 'listening'));
  for (const [name, bad] of Object.entries(hostile)) {
    expect([name, (await refusal(await bring(bad))).code]).toEqual([name, 'unsupported']);
  }
  expect((await refusal(await bring(await told({ version: 2 })))).code).toBe('library_newer');
  // The trials of another session, which is here.
  expect((await bring(file)).status).toBe(200);
  kept.push(`${away.id}.timbre-test`);
  expect((await refusal(await bring(await told({ session: crypto.randomUUID() })))).code).toBe('conflict');
  expect(await readdir(join(guestHome(), 'incoming'))).toEqual([]);
  expect((await readdir(join(guestHome(), 'listening'))).sort()).toEqual(kept.sort());
  expect(existsSync(join(folder.folder, 'evil.bin'))).toBe(false);
});

it('a guest’s session moves with its library, and is removed with its file', async () => {
  const test = await makeTest(1);
  const away = await owner.client.start(test.id, 'Gus', true);
  const session = await answer(await bring(await fileOf(away.id)), ListeningSession);
  const target = join(folder.folder, 'moved');
  expect((await guest.studio.send('/api/library/move', { target })).status).toBe(200);
  const trial = guest.client.trialOf(session);
  expect((await guest.client.sound(trial.places[0]?.stimulus ?? '')).samples.length).toBeGreaterThan(0);
  const file = join(target, 'listening', `${session.id}.timbre-test`);
  expect(existsSync(file)).toBe(true);
  expect((await guest.studio.call(`/api/listening/guests/${session.id}`, { method: 'DELETE' })).status).toBe(200);
  expect(existsSync(file)).toBe(false);
  expect((await guest.client.fetchStimulus(trial.places[0]?.stimulus ?? '')).status).toBe(404);
});
