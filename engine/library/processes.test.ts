import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TakeQuery } from '../../shared/schemas/take.ts';
import type { Library } from './library.ts';
import { openLibrary } from './open-library.ts';
import { firstProject, temporaryFolder } from './test-library.ts';
import { mappedVoice, mappingInput, proposalOf, sourceVoice } from './test-mapping.ts';
import { type Other, startOther } from './test-processes.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let library: Library | null = null;
const others: Other[] = [];

const start = (task: string, count = 0) => {
  const other = startOther(folder.folder, task, count);
  others.push(other);
  return other;
};

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  for (const other of others.splice(0)) await other.kill();
  await library?.close();
  library = null;
  await folder.remove();
});

test('one process owns the library; another takes over when it is killed', async () => {
  const first = start('hold');
  expect(await first.hear('opened')).toMatchObject({ owner: true });
  library = await openLibrary({ home: folder.folder });
  expect(library.owner).toBe(false);
  const came = new Promise<boolean>((resolve) => library?.onOwnerChange(resolve));
  await first.kill();
  expect(await came).toBe(true);
  expect(library.owner).toBe(true);
  const third = start('hold');
  expect(await third.hear('opened')).toMatchObject({ owner: false });
  await third.end();
});

test('of several processes that begin at once, exactly one owns the new library', async () => {
  const all = [start('hold'), start('hold'), start('hold')];
  const opened = await Promise.all(all.map((other) => other.hear('opened')));
  expect(opened.filter((message) => message.owner === true)).toHaveLength(1);
  library = await openLibrary({ home: folder.folder });
  expect(library.projects()).toHaveLength(1);
});

test('what a killed process was making is kept as incomplete, not while it lives', async () => {
  const other = start('render');
  const id = String((await other.hear('take')).take);
  library = await openLibrary({ home: folder.folder });
  expect(library.take(id)).toMatchObject({ state: 'rendering', samples: 0 });
  expect(library.audio(id)?.samples).toBe(12_345);
  await other.kill();
  await library.close();
  library = await openLibrary({ home: folder.folder });
  expect(library.owner).toBe(true);
  expect(library.take(id)).toMatchObject({ state: 'incomplete', samples: 12_345, fault: { code: 'cut_short' } });
  expect(library.audio(id)?.samples).toBe(12_345);
  expect(library.takes(TakeQuery.parse({ state: 'rendering' })).total).toBe(0);
  expect(readdirSync(join(folder.folder, 'locks', 'running'))).toHaveLength(1);
});

test('processes that write at the same time lose nothing', async () => {
  library = await openLibrary({ home: folder.folder });
  const writers = [start('write', 60), start('write', 60)];
  for (let index = 0; index < 60; index++) {
    library.createProject(`Own ${index}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(writers.map((writer) => writer.hear('written')));
  const names = library.projects().map((project) => project.name);
  expect(names.filter((name) => name.startsWith('Renamed'))).toHaveLength(120);
  expect(names.filter((name) => name.startsWith('Own'))).toHaveLength(60);
});

test('verdicts that several people file on one row at the same time are all kept, and a proposal among them', async () => {
  library = await openLibrary({ home: folder.folder });
  const mapping = library.mappings.create(mappingInput(firstProject(library)));
  const [row] = library.mappings.addRows(mapping.id, [sourceVoice('elevenlabs:old')]);
  const choice = mappedVoice('chatterbox:new');
  library.mappings.patchRow(row?.id ?? '', { choice });
  const people = [start('verdicts', 30), start('verdicts', 30)];
  const filed = Promise.all(people.map((other) => other.hear('filed')));
  let proposed = 0;
  const propose = () => {
    proposed += 1;
    const compared = mappedVoice(`chatterbox:${proposed}`);
    library?.mappings.propose(row?.id ?? '', proposalOf([[compared, []]]), compared);
  };
  let all = false;
  void filed.then(() => {
    all = true;
  });
  while (!all) {
    propose();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await filed;
  const kept = library.mappings.row(row?.id ?? '');
  expect(new Set(kept?.verdicts.map(({ note }) => note)).size).toBe(60);
  expect(kept).toMatchObject({ choice, proposal: { candidates: [{ voiceId: `chatterbox:${proposed}` }] } });
  expect(library.mappings.approvedVoice('old')).toEqual(choice);
});
