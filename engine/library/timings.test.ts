import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CharacterTimings } from '../../shared/schemas/take.ts';
import type { Library } from './library.ts';
import { openLibrary } from './open-library.ts';
import { draftOf, endOf, firstProject, ramp, temporaryFolder } from './test-library.ts';

const TIMINGS: CharacterTimings = { characters: ['H', 'i'], starts: [0, 0.1], ends: [0.1, 0.2] };
const WHY = { code: 'unreachable', message: 'It is gone.' } as const;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let library: Library;

beforeEach(async () => {
  folder = await temporaryFolder();
  library = await openLibrary({ home: folder.folder });
});
afterEach(async () => {
  await library.close();
  await folder.remove();
});

async function timedTake() {
  const answeredBy = { provider: 'b', voiceId: 'b:x', voiceName: 'X', model: 'm', why: WHY };
  const writer = await library.beginTake(draftOf(firstProject(library), { answeredBy }), 'key');
  await writer.append(ramp(0, 4800));
  return await writer.finish({ ...endOf(), answer: { requestId: 'r1', credits: 7 }, timings: TIMINGS });
}

test('what a provider told of a take is kept with it: its answer, its timings, and who spoke instead', async () => {
  const { id } = await timedTake();
  await library.close();
  library = await openLibrary({ home: folder.folder });
  expect(library.take(id)).toMatchObject({
    timed: true,
    answer: { requestId: 'r1', credits: 7 },
    answeredBy: { voiceId: 'b:x', why: WHY },
  });
  expect(library.timings(id)).toEqual(TIMINGS);
});

test('timings belong to the sound: a take that shares it has them too', async () => {
  const take = await timedTake();
  const sharing = library.addSharingTake(draftOf(take.projectId), take.id);
  expect(sharing.timed).toBe(true);
  expect(library.timings(sharing.id)).toEqual(TIMINGS);
});

test('they go out with a project and come back in', async () => {
  const take = await timedTake();
  const bytes = await new Response(library.exportProject(take.projectId)).arrayBuffer();
  const elsewhere = await temporaryFolder();
  const other = await openLibrary({ home: elsewhere.folder });
  const report = await other.importProject(new Blob([bytes]).stream());
  expect(report.problems).toEqual([]);
  expect(other.take(take.id)?.answeredBy).toMatchObject({ voiceId: 'b:x' });
  expect(other.timings(take.id)).toEqual(TIMINGS);
  await other.close();
  await elsewhere.remove();
});
