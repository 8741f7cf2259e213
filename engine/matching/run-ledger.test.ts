import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fault, toFault } from '../../shared/errors.ts';
import type { MappingRow, WholeMapping } from '../../shared/schemas/mapping.ts';
import { MatchPlan, MatchRun } from '../../shared/schemas/match-run.ts';
import type { Library } from '../library/library.ts';
import { openLibrary } from '../library/open-library.ts';
import { firstProject, temporaryFolder } from '../library/test-library.ts';
import { mappedVoice, mappingInput, proposalOf, sourceVoice } from '../library/test-mapping.ts';
import { RunLedger } from './run-ledger.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let library: Library;
let mapping: WholeMapping;
let active: Set<string>;
let ledger: RunLedger;

beforeEach(async () => {
  folder = await temporaryFolder();
  library = await openLibrary({ home: folder.folder });
  const { id } = library.mappings.create(mappingInput(firstProject(library)));
  library.mappings.addRows(
    id,
    ['a', 'b', 'c'].map((name) => sourceVoice(`elevenlabs:${name}`)),
  );
  mapping = read(id);
  active = new Set();
  ledger = new RunLedger(
    () => library,
    (id) => active.has(id),
  );
});
afterEach(async () => {
  await library.close();
  await folder.remove();
});

function read(id: string): WholeMapping {
  const found = library.mappings.one(id);
  if (!found) throw new Error('The mapping is there.');
  return found;
}

const rows = () => read(mapping.id).rows as [MappingRow, MappingRow, MappingRow];
const codeOf = (work: () => unknown) => {
  try {
    work();
    return null;
  } catch (thrown) {
    return toFault(thrown).code;
  }
};

function begin(id: string = crypto.randomUUID()): MatchRun {
  const none = { renders: 0, cached: 0, free: 0, characters: 0, cost: [], seconds: 0, withoutCandidates: [] };
  const run = MatchRun.parse({
    id,
    mappingId: mapping.id,
    state: 'running',
    plan: MatchPlan.parse({ rowIds: rows().map((row) => row.id) }),
    agreed: none,
    limit: null,
    startedAt: Date.now(),
    endedAt: null,
    rows: 3,
    done: 0,
    renders: 0,
    cost: [],
    note: '',
    fault: null,
    failed: [],
  });
  active.add(id);
  return ledger.begin(run, mapping);
}

describe('the ledger of runs', () => {
  it('keeps what is done, what failed, and what was spent', () => {
    const { id } = begin();
    const [first, second, third] = rows();
    ledger.done(id, first.id);
    ledger.done(id, first.id);
    ledger.failed(id, second.id, { code: 'busy', message: 'Not now.' });
    ledger.note(id, 'Hearing');
    const spent = { renders: 7, lost: 2, cost: [{ amount: 5, currency: 'credits' }] };
    ledger.spend(id, spent);
    expect(ledger.spent(id)).toEqual(spent);
    expect(ledger.rowsLeft(id, mapping).map((row) => row.id)).toEqual([second.id, third.id]);
    expect(ledger.known(id)).toMatchObject({ done: 1, renders: 7, note: 'Hearing', failed: [{ rowId: second.id }] });
    expect(ledger.all(mapping.id)).toEqual([ledger.one(id)]);
    expect(ledger.one(crypto.randomUUID())).toBeNull();
    expect(codeOf(() => ledger.known(crypto.randomUUID()))).toBe('not_found');
  });

  it('lets one run of a mapping go at a time, and an id be used once', () => {
    const { id } = begin();
    expect(codeOf(() => begin())).toBe('conflict');
    ledger.end(id, 'stopped', null);
    active.clear();
    expect(codeOf(() => begin(id))).toBe('conflict');
    const second = begin();
    expect(codeOf(() => ledger.resume(id))).toBe('conflict');
    ledger.end(second.id, 'done', null);
    expect(ledger.resume(id)).toMatchObject({ state: 'running', failed: [], endedAt: null });
  });

  it('takes a run up only for what was agreed to, and only while the mapping is there', () => {
    const { id } = begin();
    ledger.end(id, 'stopped', fault('conflict', 'It stopped.').fault);
    library.mappings.update(mapping.id, { name: 'Another name' });
    expect(ledger.isFor(id, read(mapping.id))).toBe(true);
    library.mappings.update(mapping.id, { to: { kind: 'provider', provider: 'dearer', modelId: null } });
    expect(codeOf(() => ledger.resume(id))).toBe('conflict');
    library.mappings.update(mapping.id, { to: mapping.to });
    library.mappings.remove(mapping.id);
    expect(codeOf(() => ledger.resume(id))).toBe('not_found');
    library.mappings.restore(mapping.id);
    expect(ledger.resume(id)).toMatchObject({ state: 'running', fault: null });
  });

  it('leaves rows that were not come to as they were', () => {
    const [first, second, third] = rows();
    const choice = mappedVoice('chatterbox:a');
    library.mappings.propose(first.id, proposalOf([[choice, []]]), choice);
    const why = { code: 'busy', message: 'Not now.' } as const;
    library.mappings.setRowState(second.id, 'failed', why);
    const before = rows().map(({ state, fault: known }) => ({ state, fault: known }));
    const { id } = begin();
    for (const row of rows()) library.mappings.setRowState(row.id, 'queued', row.fault);
    library.mappings.setRowState(third.id, 'running', null);
    ledger.end(id, 'stopped', null);
    expect(rows().map(({ state, fault: known }) => ({ state, fault: known }))).toEqual(before);
    expect(before.map(({ state }) => state)).toEqual(['proposed', 'failed', 'new']);
  });

  it('tells a run whose process is gone as interrupted, and settles it', async () => {
    const { id } = begin();
    for (const row of rows()) library.mappings.setRowState(row.id, 'queued', null);
    await library.close();
    library = await openLibrary({ home: folder.folder });
    // The library was closed in between: what goes on now is another process.
    active.clear();
    expect(ledger.one(id)).toMatchObject({ state: 'interrupted' });
    expect(library.mappings.run(id)?.state).toBe('running');
    expect(ledger.settle()).toBe(true);
    expect(ledger.settle()).toBe(false);
    expect(library.mappings.run(id)?.state).toBe('interrupted');
    expect(rows().map(({ state }) => state)).toEqual(['new', 'new', 'new']);
  });

  it('leaves alone what a process that lives goes on with', async () => {
    const { id } = begin();
    const other = await openLibrary({ home: folder.folder });
    try {
      const beside = new RunLedger(
        () => other,
        () => false,
      );
      expect(beside.one(id)).toMatchObject({ state: 'running' });
      expect(beside.settle()).toBe(false);
      expect(codeOf(() => beside.resume(id))).toBe('conflict');
    } finally {
      await other.close();
    }
  });
});
