import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TakeQuery } from '../../../shared/schemas/take.ts';
import type { Library } from '../library.ts';
import { openLibrary } from '../open-library.ts';
import { addTake, draftOf, firstProject, temporaryFolder } from '../test-library.ts';
import { mappedVoice, mappingInput, proposalOf, sourceVoice, verdictOf } from '../test-mapping.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let here: Library;
let there: Library;
let projectId: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  here = await openLibrary({ home: join(folder.folder, 'here') });
  there = await openLibrary({ home: join(folder.folder, 'there') });
  projectId = firstProject(here);
});
afterEach(async () => {
  await here.close();
  await there.close();
  await folder.remove();
});

const merge = async (from: Library, to: Library) => to.importProject(from.exportProject(projectId));
const near = mappedVoice('chatterbox:near');

/** Waits for the next millisecond, so that one of two changes is the later one. */
async function clockGoesOn(): Promise<void> {
  const before = Date.now();
  while (Date.now() === before) await new Promise((resolve) => setImmediate(resolve));
}

/** A mapping of two voices, the first of which is proposed, chosen and approved. */
function makeMapping(takeIds: string[] = []) {
  const { id } = here.mappings.create(mappingInput(projectId));
  const rows = here.mappings.addRows(id, [sourceVoice('elevenlabs:a'), sourceVoice('elevenlabs:b')]);
  const [a = '', b = ''] = rows.map((row) => row.id);
  here.mappings.propose(a, proposalOf([[near, takeIds]]), near);
  here.mappings.fileVerdict(a, verdictOf(near, { at: 1 }));
  return { id, a, b };
}

test('a mapping is whole in another library, with its takes on the shelf there; merging again changes nothing', async () => {
  const shown = await addTake(here, draftOf(projectId));
  const hidden = await addTake(here, draftOf(here.shelf()));
  const elsewhere = await addTake(here, draftOf(here.createProject('Other').id));
  await addTake(here, draftOf(here.shelf()));
  const { id } = makeMapping([shown.id, hidden.id, elsewhere.id]);
  const whole = here.mappings.one(id);
  const report = await merge(here, there);
  expect(report).toMatchObject({ takesAdded: 2, problems: [] });
  expect(there.mappings.one(id)).toEqual(whole);
  expect(there.mappings.approvedVoice('a')).toEqual(near);
  const listed = (query: Record<string, unknown>) => there.takes(TakeQuery.parse(query)).takes.map((take) => take.id);
  expect(listed({}).toSorted()).toEqual([shown.id, elsewhere.id].toSorted());
  expect(listed({ projectId: there.shelf() })).toEqual([hidden.id]);
  expect(there.audio(hidden.id)?.samples).toBe(hidden.samples);
  expect(await merge(here, there)).toMatchObject({ takesAdded: 0, takesKept: 2, problems: [] });
  expect(there.mappings.one(id)).toEqual(whole);
  there.removeTakes([shown.id, hidden.id, elsewhere.id]);
  expect(await there.cleanUp()).toMatchObject({ takes: 0 });
});

test('what was done on both sides is kept: every verdict, every row, and the later change', async () => {
  const { id, a, b } = makeMapping();
  await merge(here, there);
  const doubt = verdictOf(near, { at: 2, verdict: 'later', by: 'Here' });
  const approval = verdictOf(near, { at: 3, by: 'There' });
  here.mappings.fileVerdict(a, doubt);
  there.mappings.fileVerdict(a, approval);
  here.mappings.patchRow(b, { anyLabels: true });
  here.mappings.update(id, { name: 'Named here' });
  await clockGoesOn();
  there.mappings.patchRow(b, { choice: near });
  there.mappings.addRows(id, [sourceVoice('elevenlabs:there'), sourceVoice('elevenlabs:both')]);
  here.mappings.addRows(id, [sourceVoice('elevenlabs:both')]);
  expect(await merge(there, here)).toMatchObject({ problems: [] });
  const merged = here.mappings.one(id);
  expect(merged?.name).toBe('Named here');
  expect(merged?.rows.map(({ source }) => source.voiceId?.slice(11))).toEqual(['a', 'b', 'both', 'there', 'both']);
  expect(merged?.rows[0]?.verdicts.slice(1)).toEqual([doubt, approval]);
  expect(merged?.rows[1]).toMatchObject({ choice: near, byHand: true, anyLabels: false });
  expect(here.mappings.approvedVoice('a')).toEqual(near);
  await merge(here, there);
  expect(there.mappings.one(id)?.rows[0]).toEqual({ ...merged?.rows[0], updatedAt: expect.any(Number) });
  expect(there.mappings.one(id)?.name).toBe('Named here');
});

test('what was removed here and is in the file comes back; what was under way elsewhere stands still', async () => {
  const { id, a, b } = makeMapping();
  here.mappings.setRowState(a, 'running', null);
  here.mappings.setRowState(b, 'queued', null);
  await merge(here, there);
  expect(there.mappings.one(id)?.rows.map(({ state }) => state)).toEqual(['proposed', 'new']);
  there.mappings.removeRows(id, [a]);
  there.mappings.remove(id);
  await merge(here, there);
  expect(there.mappings.one(id)?.rows.map((row) => row.id)).toEqual([a, b]);
});

test('as a backup it brings back what was cleaned up, and a blended voice that only a candidate is', async () => {
  const parts = ['a', 'b'].map((voice) => ({ voice, weight: 0.5 }));
  here.addBlend({ id: 'blend-1', name: 'Both', parts });
  const hidden = await addTake(here, draftOf(here.shelf()));
  const { id, b } = makeMapping([hidden.id]);
  here.mappings.propose(b, proposalOf([[mappedVoice('builtin:blend-1'), []]]), null);
  const whole = here.mappings.one(id);
  const file = await new Response(here.exportProject(projectId)).arrayBuffer();
  here.removeProject(projectId);
  here.removeTakes([hidden.id]);
  here.removeBlend('blend-1');
  await here.cleanUp();
  expect(here.take(hidden.id)).toBeNull();
  expect(await here.importProject(new Blob([file]).stream())).toMatchObject({ problems: [] });
  expect(here.mappings.one(id)).toEqual(whole);
  expect(here.take(hidden.id)).toMatchObject({ projectId: here.shelf() });
  expect(here.blends().map((blend) => blend.id)).toEqual(['blend-1']);
});
