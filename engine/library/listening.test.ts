import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NEUTRAL_SETTINGS, NEUTRAL_STUDIO } from '../../shared/controls/controls.ts';
import type { ListeningTestInput } from '../../shared/schemas/listening.ts';
import { newSession } from '../listening/new-session.ts';
import type { Library } from './library.ts';
import { openLibrary } from './open-library.ts';
import { addTake, draftOf, firstProject, temporaryFolder } from './test-library.ts';

let folders: Awaited<ReturnType<typeof temporaryFolder>>[];
let library: Library;

async function newLibrary(): Promise<Library> {
  const folder = await temporaryFolder();
  folders.push(folder);
  return openLibrary({ home: folder.folder });
}

beforeEach(async () => {
  folders = [];
  library = await newLibrary();
});
afterEach(async () => {
  await library.close();
  for (const folder of folders) await folder.remove();
});

/** A test of two takes, and a listener who has answered the first of its trials. */
async function madeTest() {
  const projectId = firstProject(library);
  const takes = [await addTake(library, draftOf(projectId)), await addTake(library, draftOf(projectId))];
  const slots = takes.map(({ voiceId }) => ({
    id: randomUUID(),
    name: '',
    voiceId,
    voiceName: '',
    modelId: null,
    settings: NEUTRAL_SETTINGS,
  }));
  const input: ListeningTestInput = {
    projectId,
    comparisonId: null,
    name: 'Two voices',
    method: 'abx',
    slots,
    texts: [{ text: 'Good morning.', takes: takes.map(({ id }) => id), reference: null }],
    trials: 4,
    rounds: 1,
    listeners: 1,
    showText: true,
    equalLoudness: true,
  };
  const made = library.listening.create(input, Object.fromEntries(takes.map(({ id }) => [id, NEUTRAL_STUDIO])));
  const { session, trials } = newSession(made, 'Anna', false);
  const { sessions } = library.listening;
  sessions.add(session, trials);
  const prepared = { gains: [0, -3, 0], by: 'loudness', switching: 'word', samples: 96_000 } as const;
  const [first, second] = trials;
  if (!first || !second) throw new Error('There are four trials.');
  sessions.storePrepared(first.id, { ...prepared, gains: [...prepared.gains] });
  sessions.storeShown(first.id, 1000);
  const answer = { choice: 'A' as const, heard: {} };
  sessions.storeAnswer(first.id, { answer, record: null, answeredAt: 2000 });
  sessions.storeDraft(second.id, { choice: 'B', ratings: {}, heard: {} });
  return { made, session, trials };
}

async function copied(projectId: string, other: Library): Promise<string[]> {
  const { problems } = await other.importProject(library.exportProject(projectId));
  return problems;
}

test('an answer is stored once, and a draft is no more kept then', async () => {
  const { trials } = await madeTest();
  const { sessions } = library.listening;
  const id = trials[0]?.id ?? '';
  sessions.storeAnswer(id, { answer: { choice: 'B', heard: {} }, record: null, answeredAt: 3000 });
  sessions.storeDraft(id, { choice: 'B', ratings: {}, heard: {} });
  sessions.storeShown(id, 5000);
  expect(sessions.trial(id)).toMatchObject({ answer: { choice: 'A' }, answeredAt: 2000, shownAt: 1000, draft: null });
});

test('listening tests are in the project file with every answer, and merging it twice changes nothing', async () => {
  const { made, session } = await madeTest();
  const trials = library.listening.sessions.trials(session.id);
  const other = await newLibrary();
  try {
    for (const _ of ['once', 'twice']) {
      expect(await copied(made.projectId, other)).toEqual([]);
      expect(other.listening.test(made.id)).toEqual(made);
      expect(other.listening.sessions.ofTest(made.id)).toEqual([session]);
      expect(other.listening.sessions.trials(session.id)).toEqual(trials);
    }
    // What was removed there comes back, with its takes.
    other.listening.remove(made.id);
    expect(await copied(made.projectId, other)).toEqual([]);
    expect(other.listening.test(made.id)).toEqual(made);
    other.removeTakes(made.texts[0]?.takes ?? []);
    expect((await other.cleanUp()).takes).toBe(0);
  } finally {
    await other.close();
  }
});

test('takes of a test go with it, also where they were deleted or are in another project', async () => {
  const { made } = await madeTest();
  const [removed, moved] = made.texts[0]?.takes ?? [];
  if (!removed || !moved) throw new Error('The test has two takes.');
  library.removeTakes([removed]);
  library.patchTake(moved, { projectId: library.createProject('Elsewhere').id });
  const other = await newLibrary();
  try {
    expect(await copied(made.projectId, other)).toEqual([]);
    expect(other.audio(removed)).not.toBeNull();
    expect(other.audio(moved)).not.toBeNull();
    // What was deleted is no take to be seen; it is only kept for the test.
    expect(other.take(removed)).toBeNull();
    expect(other.take(moved)).not.toBeNull();
    expect((await other.cleanUp()).takes).toBe(0);
    other.listening.remove(made.id);
    expect((await other.cleanUp()).takes).toBe(1);
    // Merged where it came from, it stays deleted.
    expect(await copied(made.projectId, library)).toEqual([]);
    expect(library.take(removed)).toBeNull();
  } finally {
    await other.close();
  }
});

test('a newer project file brings answers and the reveal to a session that is here; what was answered here stays', async () => {
  const { made, session, trials } = await madeTest();
  const other = await newLibrary();
  const [, second, third, fourth] = trials;
  if (!second || !third || !fourth) throw new Error('There are four trials.');
  const answered = (to: Library, trial: string, choice: 'A' | 'B', answeredAt: number) =>
    to.listening.sessions.storeAnswer(trial, { answer: { choice, heard: {} }, record: null, answeredAt });
  const stateOf = (of: Library) => of.listening.sessions.one(session.id)?.state;
  try {
    await copied(made.projectId, other);
    answered(other, third.id, 'B', 5000);
    answered(library, second.id, 'A', 4000);
    answered(library, third.id, 'A', 6000);
    expect(await copied(made.projectId, other)).toEqual([]);
    const choices = () => other.listening.sessions.trials(session.id).map(({ answer }) => answer?.choice ?? null);
    expect(choices()).toEqual(['A', 'A', 'B', null]);
    expect(stateOf(other)).toBe('running');

    answered(library, fourth.id, 'B', 7000);
    library.listening.sessions.setState(session.id, 'finished', 7000);
    library.listening.reveal(made.id, 8000);
    expect(await copied(made.projectId, other)).toEqual([]);
    expect(choices()).toEqual(['A', 'A', 'B', 'B']);
    expect(other.listening.sessions.one(session.id)).toMatchObject({ state: 'finished', endedAt: 7000 });
    expect(other.listening.test(made.id)?.revealedAt).toBe(8000);
    // An older one takes nothing back.
    expect(await copied(made.projectId, other)).toEqual([]);
    expect(stateOf(other)).toBe('finished');
  } finally {
    await other.close();
  }
});

test('a reveal elsewhere ends the sessions that are still open here', async () => {
  const { made } = await madeTest();
  const other = await newLibrary();
  try {
    await copied(made.projectId, other);
    const late = newSession(made, 'Bert', false);
    other.listening.sessions.add(late.session, late.trials);
    library.listening.reveal(made.id, 8000);
    await copied(made.projectId, other);
    expect(other.listening.sessions.one(late.session.id)).toMatchObject({ state: 'abandoned', endedAt: 8000 });
  } finally {
    await other.close();
  }
});

test('what has a date that is none is left out, here and elsewhere', async () => {
  const { made, session, trials } = await madeTest();
  const { sessions } = library.listening;
  for (const dates of [{ createdAt: 8.7e15 }, { revealedAt: -1e300 }]) {
    library.listening.insert({ ...made, ...dates, id: randomUUID() });
  }
  const late = newSession(made, 'Bert', false);
  sessions.add({ ...late.session, endedAt: 8.7e15 }, late.trials);
  expect(library.listening.tests(made.projectId)).toEqual([made]);
  expect(sessions.ofTest(made.id)).toEqual([session]);
  const other = await newLibrary();
  try {
    expect(await copied(made.projectId, other)).toEqual([]);
    expect(other.listening.tests(made.projectId)).toEqual([made]);
  } finally {
    await other.close();
  }
  sessions.storeAnswer(trials[1]?.id ?? '', { answer: { choice: 'A', heard: {} }, record: null, answeredAt: 8.7e15 });
  expect(() => sessions.trials(session.id)).toThrow('cannot be read');
});

test('a project that is removed takes its tests and their takes with it', async () => {
  const { made, session } = await madeTest();
  library.createProject('Another one');
  library.removeProject(made.projectId);
  expect(library.listening.test(made.id)).toBeNull();
  expect((await library.cleanUp()).takes).toBe(2);
  expect(library.listening.sessions.one(session.id)).toBeNull();
  expect(library.hasProject(made.projectId)).toBe(false);
});
