import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { FaultBody } from '../../shared/errors.ts';
import { ListeningSession, ListeningTest } from '../../shared/schemas/listening.ts';
import { ListeningResults } from '../../shared/schemas/listening-results.ts';
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
import { answer, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;
let client: ListeningClient;
/** For each text, the take of two voices and of a third slot. */
let rows: Take[][];

const home = () => join(folder.folder, 'here');

beforeAll(async () => {
  folder = await studioFolder();
  studio = await openStudio(home());
  client = listeningClient(studio);
  rows = [];
  for (const text of ['Good morning to all of you.', 'The ship sails at noon.']) {
    rows.push([
      await speak(studio, text, VOICES[0]),
      await speak(studio, text, VOICES[1]),
      await speak(studio, text, VOICES[0], { pitch: 4 }),
    ]);
  }
});
afterAll(async () => {
  await studio.close();
  await folder.remove();
});

const pairs = () => rows.map((takes) => takes.slice(0, 2));
const refusal = async (response: Response) => ({
  status: response.status,
  ...FaultBody.parse(await response.json()).error,
});

it('an ABX is answered trial by trial, and the next one comes only then', async () => {
  const test = await client.create(testOf(pairs(), 'abx', { trials: 3 }));
  expect(test).toMatchObject({ method: 'abx', slots: 2, texts: 2, trials: 3, state: 'open', sessions: [] });
  let session = await client.start(test.id, 'Anna');
  const seen = new Set<string>();
  for (let index = 0; index < 3; index += 1) {
    const trial = client.trialOf(session);
    expect(trial).toMatchObject({ index, of: 3, method: 'abx' });
    expect(trial.places.map(({ place }) => place)).toEqual(['A', 'B', 'X']);
    expect(rows.some(([take]) => take?.text === trial.text)).toBe(true);
    for (const { stimulus } of trial.places) seen.add(stimulus);
    expect(await client.session(session.id)).toEqual(session);
    session = await answerTrial(client, trial, 'B');
  }
  expect(seen.size).toBe(9);
  expect(session).toMatchObject({ state: 'finished', answered: 3, of: 3, trial: null });
  const known = await answer(await studio.call(`/api/listening/tests/${test.id}`), ListeningTest);
  expect(known.sessions).toMatchObject([{ listener: 'Anna', state: 'finished', answered: 3 }]);
});

it('no answer counts before each was heard, nor one that is not of its trial', async () => {
  const test = await client.create(testOf(pairs(), 'abx', { trials: 2 }));
  const trial = client.trialOf(await client.start(test.id, 'Ben'));
  const [first] = trial.places;
  const heard = heardAll(trial);
  // Nothing was even fetched.
  expect(await refusal(await client.answer(trial.id, { choice: 'A', heard }))).toMatchObject({ code: 'invalid' });
  for (const { stimulus } of trial.places) await client.sound(stimulus);
  const half = { ...heard, [first?.stimulus ?? '']: { plays: 1, seconds: 0.9 } };
  expect(await refusal(await client.answer(trial.id, { choice: 'A', heard: half }))).toMatchObject({
    status: 400,
    code: 'invalid',
    param: 'heard',
    message: expect.stringContaining('A'),
  });
  const wrong: unknown[] = [
    { choice: 'none', heard },
    { heard },
    { choice: 'A', ratings: {}, heard },
    { choice: 'A', heard: { ...heard, [crypto.randomUUID()]: { plays: 1, seconds: 2 } } },
    { choice: 'A', heard, comment: 'more' },
    { choice: 'X', heard },
  ];
  for (const body of wrong) expect((await refusal(await client.answer(trial.id, body))).code).toBe('invalid');
  expect(await answer(await client.answer(trial.id, { choice: 'A', heard }), ListeningSession)).toMatchObject({
    answered: 1,
  });
});

it('the same answer twice is one answer, and another one changes nothing', async () => {
  const test = await client.create(testOf(pairs(), 'preference', { rounds: 1 }));
  const session = await client.start(test.id, 'Cleo');
  const trial = client.trialOf(session);
  const next = await answerTrial(client, trial, 'none');
  const again = { choice: 'none', heard: heardAll(trial) };
  expect(await answer(await client.answer(trial.id, again), ListeningSession)).toEqual(next);
  const other = { choice: 'A', heard: heardAll(trial) };
  expect(await refusal(await client.answer(trial.id, other))).toMatchObject({ status: 409, code: 'conflict' });
  const last = await answerTrial(client, client.trialOf(next), 'B');
  expect(last.state).toBe('finished');
  // Also after the end, and after the reveal.
  expect((await client.answer(trial.id, again)).status).toBe(200);
  expect((await client.reveal(test.id)).status).toBe(200);
  expect((await client.answer(trial.id, again)).status).toBe(200);
});

it('every slot is rated, ties are allowed, and the reference stands open beside its hidden copy', async () => {
  const rating = await client.create(testOf(rows, 'rating'));
  const page = client.trialOf(await client.start(rating.id, 'Dora'));
  expect(page.places.map(({ place }) => place)).toEqual(['1', '2', '3']);
  for (const { stimulus } of page.places) await client.sound(stimulus);
  const [one, ...others] = page.places.map(({ stimulus }) => stimulus);
  const some = Object.fromEntries(others.map((id) => [id, 50]));
  const heard = heardAll(page);
  expect(await refusal(await client.answer(page.id, { ratings: some, heard }))).toMatchObject({ param: 'ratings' });
  const over = { ...some, [one ?? '']: 101 };
  expect((await refusal(await client.answer(page.id, { ratings: over, heard }))).code).toBe('invalid');
  const all = { ...some, [one ?? '']: 50 };
  expect((await client.answer(page.id, { ratings: all, heard })).status).toBe(200);

  const texts = pairs().map((takes, at) => ({
    text: takes[0]?.text ?? '',
    takes: takes.map(({ id }) => id),
    reference: rows[at]?.[2]?.id,
  }));
  const mushra = await client.create({ ...testOf(pairs(), 'mushra'), texts });
  const trial = client.trialOf(await client.start(mushra.id, 'Dora'));
  expect(trial.places.map(({ place, rated }) => [place, rated])).toEqual([
    ['R', false],
    ['1', true],
    ['2', true],
    ['3', true],
    ['4', true],
  ]);
  expect((await answerTrial(client, trial)).answered).toBe(1);
});

it('an interrupted test goes on where it was, also in a new process', async () => {
  const test = await client.create(testOf(rows, 'rating'));
  const session = await client.start(test.id, 'Emil');
  const trial = client.trialOf(session);
  const [place] = trial.places;
  const draft = { choice: null, ratings: { [place?.stimulus ?? '']: 72.5 }, heard: heardAll(trial) };
  expect((await client.draft(trial.id, draft)).status).toBe(200);
  const foreign = { ratings: { [crypto.randomUUID()]: 3 } };
  expect((await refusal(await client.draft(trial.id, foreign))).code).toBe('invalid');
  const before = await client.sound(place?.stimulus ?? '');

  await studio.close();
  studio = await openStudio(home());
  client = listeningClient(studio);
  const back = await client.session(session.id);
  expect(back).toEqual({ ...session, trial: { ...trial, draft } });
  expect(await client.sound(place?.stimulus ?? '')).toEqual(before);
  const next = await answerTrial(client, trial);
  expect(client.trialOf(next)).toMatchObject({ index: 1, draft: null });
  // What is over cannot be changed any more.
  expect((await refusal(await client.draft(trial.id, draft))).code).toBe('conflict');
});

it('a listener has one session, unless it was abandoned', async () => {
  const test = await client.create(testOf(pairs(), 'abx', { trials: 1 }));
  const session = await client.start(test.id, 'Fay');
  const again = () => studio.send(`/api/listening/tests/${test.id}/sessions`, { listener: ' fay ' });
  expect(await refusal(await again())).toMatchObject({ code: 'conflict', param: 'listener' });
  const gone = await studio.send(`/api/listening/sessions/${session.id}/abandon`, {});
  expect(await answer(gone, ListeningSession)).toMatchObject({ state: 'abandoned', trial: null });
  expect((await again()).status).toBe(200);
});

it('the reveal waits for listeners, and ends the test', async () => {
  const test = await client.create(testOf(pairs(), 'abx', { trials: 2 }));
  const session = await client.start(test.id, 'Gus');
  const trial = client.trialOf(session);
  await client.sound(trial.places[0]?.stimulus ?? '');
  expect(await refusal(await client.reveal(test.id))).toMatchObject({
    status: 409,
    message: expect.stringContaining('Gus'),
    kept: expect.any(String),
    todo: expect.any(String),
  });
  const revealed = await answer(await client.reveal(test.id, true), ListeningTest);
  expect(revealed).toMatchObject({ state: 'revealed', sessions: [{ state: 'abandoned' }] });
  const late = await client.answer(trial.id, { choice: 'A', heard: heardAll(trial) });
  expect(await refusal(late)).toMatchObject({ status: 409, code: 'conflict' });
  expect((await refusal(await client.fetchStimulus(trial.places[0]?.stimulus ?? ''))).code).toBe('not_found');
  const start = studio.send(`/api/listening/tests/${test.id}/sessions`, { listener: 'Hal' });
  expect((await refusal(await start)).code).toBe('conflict');
});

it('a test that cannot be is refused', async () => {
  const post = async (body: unknown) => refusal(await studio.send('/api/listening/tests', body));
  expect(await post(testOf(rows, 'abx'))).toMatchObject({ code: 'invalid', param: 'slots' });
  expect(await post(testOf(pairs(), 'mushra'))).toMatchObject({ code: 'invalid', param: 'texts.0.reference' });
  expect(await post(testOf(pairs(), 'preference', { rounds: 1000 }))).toMatchObject({
    code: 'invalid',
    param: 'rounds',
  });
  const unknown = { text: 'x', takes: [crypto.randomUUID(), rows[0]?.[0]?.id ?? ''], reference: null };
  expect(await post(testOf(pairs(), 'abx', { texts: [unknown] }))).toMatchObject({ code: 'not_found' });
  const short = { text: 'x', takes: [rows[0]?.[0]?.id ?? ''], reference: null };
  expect(await post(testOf(pairs(), 'abx', { texts: [short] }))).toMatchObject({ code: 'invalid' });
});

it('a clean-up keeps the takes of a test, until it is removed', async () => {
  const takes = [await speak(studio, 'Only for this.'), await speak(studio, 'Only for this.', VOICES[1])];
  const test = await client.create(testOf([takes], 'abx', { trials: 1 }));
  const ids = takes.map(({ id }) => id);
  const cleanUp = async () =>
    answer(await studio.send('/api/library/clean-up', {}), z.object({ freedBytes: z.number(), takes: z.number() }));
  await studio.send('/api/takes/remove', { ids });
  expect((await cleanUp()).takes).toBe(0);
  // The listener hears deleted takes all the same.
  const trial = client.trialOf(await client.start(test.id, 'Ida'));
  expect((await client.sound(trial.places[0]?.stimulus ?? '')).samples.length).toBeGreaterThan(0);
  expect((await studio.call(`/api/listening/tests/${test.id}`, { method: 'DELETE' })).status).toBe(200);
  expect((await refusal(await client.fetchStimulus(trial.places[0]?.stimulus ?? ''))).code).toBe('not_found');
  expect((await studio.send(`/api/listening/tests/${test.id}/restore`, {})).status).toBe(200);
  expect((await cleanUp()).takes).toBe(0);
  await studio.call(`/api/listening/tests/${test.id}`, { method: 'DELETE' });
  expect((await cleanUp()).takes).toBe(2);
});

it('the results come with the reveal, from what was stored with each answer', async () => {
  const test = await client.create(testOf(pairs(), 'abx', { trials: 4 }));
  let session = await client.start(test.id, 'Jo');
  const results = () => studio.call(`/api/listening/tests/${test.id}/results`);
  const sessions = studio.studio.parts.library().listening.sessions;
  let hits = 0;
  while (session.trial) {
    const { trial } = session;
    const [a, , x] = sessions.trial(trial.id)?.places ?? [];
    if (a?.what === x?.what) hits += 1;
    session = await answerTrial(client, trial, 'A');
  }
  expect(await refusal(await results())).toMatchObject({ status: 409, code: 'conflict' });
  await client.reveal(test.id);
  const found = await answer(await results(), ListeningResults);
  expect(found.result).toMatchObject({
    method: 'abx',
    listeners: [{ session: session.id, hits, trials: 4, needed: null }],
  });
  expect(found.slots.map(({ voiceId }) => voiceId)).toEqual([...VOICES]);
  expect(found.answers).toHaveLength(4);
  const { seeds } = sessions.one(session.id) ?? {};
  for (const [index, { record, answer: given }] of found.answers.entries()) {
    expect(record).toMatchObject({ index, seeds, equalLoudness: true, prepared: { by: 'loudness' } });
    // Both voices are as loud as the quieter one, and none is made louder.
    expect(record.prepared.gains).toHaveLength(3);
    expect(Math.max(...record.prepared.gains)).toBeLessThanOrEqual(0);
    expect(record.shownAt).toBeLessThanOrEqual(record.answeredAt);
    expect(Object.values(given.heard)).toEqual([1, 2, 3].map(() => ({ plays: 1, seconds: 2 })));
  }
  expect(found.words.length).toBeGreaterThan(0);
});
