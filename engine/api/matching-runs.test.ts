import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FAIL } from '../../e2e/peers/peer-engine.ts';
import { createResemblePeer } from '../../e2e/peers/resemble.ts';
import type { SpeakingPeer } from '../../e2e/peers/speaking-peer.ts';
import { FaultBody } from '../../shared/errors.ts';
import type { SourceVoice, WholeMapping } from '../../shared/schemas/mapping.ts';
import { MatchPlan, MatchRun } from '../../shared/schemas/match-run.ts';
import { startProcess } from '../library/test-processes.ts';
import { MatchStudio, oldVoices } from './testing/match-studio.ts';
import { answer, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

const CHILD = fileURLToPath(new URL('./testing/match-child.ts', import.meta.url));
const KEY = 'resemble-key';
const LINES = ['The quick judge measured each bright jewel.', 'Why would you choose to fly so far above the shore?'];
/** Renders that may be under way at once. */
const MOST_AT_ONCE = 4;
const PLAN = { lines: 2, matched: 1 };

let peer: SpeakingPeer;
let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;
let match: MatchStudio;
let old: (name: string) => SourceVoice;

beforeEach(async () => {
  peer = createResemblePeer({ apiKey: KEY, voices: 4 });
  await peer.start();
  folder = await studioFolder();
  await open();
  await studio.send('/api/connections', { kind: 'chatterbox', addresses: [peer.url] });
  await studio.send('/api/connections/chatterbox/key', { key: KEY }, 'PUT');
  old = await oldVoices(studio);
});
afterEach(async () => {
  await studio.close();
  await folder.remove();
  await peer.stop();
});

async function open(): Promise<void> {
  studio = await openStudio(folder.folder);
  match = new MatchStudio(studio);
}

/** From recordings to the server. */
async function mappingOf(names: readonly string[], lines = LINES): Promise<WholeMapping> {
  const to = { kind: 'provider', provider: 'chatterbox', modelId: null } as const;
  const sides = { from: { kind: 'recordings' }, to } as const;
  return match.mapping({ projectId: await studio.firstProject(), name: 'Leaving', ...sides, lines }, names.map(old));
}

/** Waits until the server is at work on something. */
const working = () => expect.poll(() => peer.engine.atOnce, { timeout: 20_000 }).toBeGreaterThan(0);
const asked = () => peer.seen.filter(({ method }) => method === 'POST');
const refused = async (response: Response) => ({
  status: response.status,
  ...FaultBody.parse(await response.json()).error,
});
const states = async (id: string) => (await match.read(id)).rows.map(({ state }) => state);

describe('a search of many voices', () => {
  test('is stopped at once, goes on later, and asks for nothing twice that is there', async () => {
    const mapping = await mappingOf(['A', 'B']);
    const open = peer.engine.hold();
    const run = await match.begin(mapping.id, PLAN);
    await working();
    const stopped = await answer(await match.stop(run.id), MatchRun);
    expect(stopped).toMatchObject({ state: 'stopped', fault: null, done: 0, note: '' });
    expect(await states(mapping.id)).toEqual(['new', 'new']);
    // What waited for the server counts as asked for: nobody can say that it was not sent.
    const lost = stopped.renders;
    expect(lost).toBeGreaterThanOrEqual(asked().length);
    expect(lost).toBeLessThanOrEqual(MOST_AT_ONCE);
    open();

    expect(await answer(await match.goOn(run.id), MatchRun)).toMatchObject({ state: 'running' });
    const done = await match.ended(run);
    expect(done).toMatchObject({ state: 'done', done: 2, rows: 2, failed: [] });
    expect(await states(mapping.id)).toEqual(['proposed', 'proposed']);
    expect(done.renders).toBeGreaterThanOrEqual(asked().length);
    expect(done.renders - lost).toBeLessThanOrEqual(run.agreed.renders);
    const bodies = asked().map(({ json }) => JSON.stringify(json));
    // Only what was under way when it was stopped was asked for again.
    expect(bodies.length - new Set(bodies).size).toBeLessThanOrEqual(lost);
    // Both rows are one voice, so that the second one found everything there.
    const [first, second] = (await match.read(mapping.id)).rows;
    expect(second?.choice).toEqual(first?.choice);
  });

  test('that was killed is told as interrupted, and goes on where it was', async () => {
    const mapping = await mappingOf(['A']);
    const agreed = await match.estimate(mapping.id, PLAN);
    await studio.close();
    const id = crypto.randomUUID();
    const child = startProcess(CHILD, [
      folder.folder,
      mapping.id,
      JSON.stringify({ id, plan: MatchPlan.parse(PLAN), agreed, limit: null }),
    ]);
    await child.hear('begun');
    await expect.poll(() => peer.engine.spoken.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(1);
    const letGo = peer.engine.hold();
    await working();
    // While the other process lives, nobody else goes on with it, and none is begun beside it.
    await open();
    expect(await match.run(mapping.id, id)).toMatchObject({ state: 'running' });
    expect(await refused(await match.stop(id))).toMatchObject({ status: 409, code: 'conflict' });
    expect(await refused(await match.goOn(id))).toMatchObject({ status: 409, code: 'conflict' });
    expect(await refused(await match.ask(mapping.id, PLAN))).toMatchObject({ status: 409, code: 'conflict' });
    await child.kill();

    expect(await match.run(mapping.id, id)).toMatchObject({ state: 'interrupted', done: 0 });
    expect(await states(mapping.id)).toEqual(['new']);
    const before = asked().map(({ json }) => JSON.stringify(json));
    letGo();
    await peer.engine.idle();
    expect(await answer(await match.goOn(id), MatchRun)).toMatchObject({ state: 'running' });
    const done = await match.ended({ mappingId: mapping.id, id });
    expect(done).toMatchObject({ state: 'done', done: 1, failed: [] });
    expect(await states(mapping.id)).toEqual(['proposed']);
    // Everything that was sent is counted, also what was under way when it was killed.
    expect(done.renders).toBeGreaterThanOrEqual(asked().length);
    expect(done.renders - asked().length).toBeLessThanOrEqual(MOST_AT_ONCE);
    // What was finished is not asked for again: only what the server was at work on.
    const again = asked()
      .slice(before.length)
      .filter(({ json }) => before.includes(JSON.stringify(json)));
    expect(again.length).toBeGreaterThan(0);
    expect(again.length).toBeLessThanOrEqual(MOST_AT_ONCE);
    expect(again.length).toBeLessThan(before.length);
  });

  test('is not begun twice, nor under an id that is taken, nor for a mapping that is not there', async () => {
    const mapping = await mappingOf(['A']);
    const letGo = peer.engine.hold();
    const answers = await Promise.all([match.ask(mapping.id, PLAN), match.ask(mapping.id, PLAN)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const [run] = await match.runs(mapping.id);
    expect(await match.runs(mapping.id)).toHaveLength(1);
    letGo();
    await match.ended(run as MatchRun);
    const taken = await match.ask(mapping.id, PLAN, { id: run?.id ?? '' });
    expect(await refused(taken)).toMatchObject({ status: 409, param: 'id' });
    expect(await refused(await match.stop(crypto.randomUUID()))).toMatchObject({ status: 404 });
    expect(await refused(await match.goOn(crypto.randomUUID()))).toMatchObject({ status: 404 });
  });

  test('does not go on for another task than was agreed to', async () => {
    const mapping = await mappingOf(['A']);
    const letGo = peer.engine.hold();
    const run = await match.begin(mapping.id, PLAN);
    await match.stop(run.id);
    letGo();
    await studio.send(
      `/api/mappings/${mapping.id}`,
      { lines: ['Another line, which nobody saw the price of.'] },
      'PATCH',
    );
    expect(await refused(await match.goOn(run.id))).toMatchObject({ status: 409, code: 'conflict' });
    const before = asked().length;
    await studio.call(`/api/mappings/${mapping.id}`, { method: 'DELETE' });
    expect((await match.goOn(run.id)).status).toBe(404);
    expect(asked()).toHaveLength(before);
  });

  test('ends with the studio, within seconds, and leaves rows as they were', async () => {
    const mapping = await mappingOf(['A', 'B']);
    const letGo = peer.engine.hold();
    const run = await match.begin(mapping.id, PLAN);
    await working();
    await studio.close();
    letGo();
    await open();
    expect(await match.run(mapping.id, run.id)).toMatchObject({ state: 'interrupted', fault: null });
    expect(await states(mapping.id)).toEqual(['new', 'new']);
  });

  test('goes on without rows that are taken out, and ends where the mapping is', async () => {
    const mapping = await mappingOf(['A', 'B']);
    const [first] = mapping.rows;
    const remove = (ids: (string | undefined)[]) => studio.send(`/api/mappings/${mapping.id}/rows`, { ids }, 'DELETE');
    const letGo = peer.engine.hold();
    const run = await match.begin(mapping.id, PLAN);
    await working();
    await remove([first?.id]);
    letGo();
    expect(await match.ended(run)).toMatchObject({ state: 'done', rows: 1, done: 1, failed: [] });
    await studio.send(`/api/mappings/${mapping.id}/rows/restore`, { ids: [first?.id] });
    expect(await states(mapping.id)).toEqual(['new', 'proposed']);

    const other = await mappingOf(['C'], ['A line that nobody has spoken yet.', 'And one more.']);
    const again = peer.engine.hold();
    const another = await match.begin(other.id, PLAN);
    await working();
    await studio.call(`/api/mappings/${other.id}`, { method: 'DELETE' });
    again();
    const sent = async () => (await match.runs(other.id)).find(({ id }) => id === another.id)?.state;
    await expect.poll(sent, { timeout: 20_000 }).toBe('stopped');
    const before = asked().length;
    await studio.call(`/api/mappings/${other.id}/restore`, { method: 'POST' });
    expect(await states(other.id)).toEqual(['new']);
    expect(asked()).toHaveLength(before);
  });
});

describe('a server', () => {
  test('that fails for one voice leaves that one out, and says so', async () => {
    const mapping = await mappingOf(['A']);
    peer.faults.add({ kind: 'status', status: 500 }, 1);
    const run = await match.ended(await match.begin(mapping.id, PLAN));
    expect(run).toMatchObject({ state: 'done', done: 1, failed: [] });
    const [row] = (await match.read(mapping.id)).rows;
    expect(row?.proposal).toMatchObject({ compared: 3, failed: [{ fault: { code: 'provider_fault' } }] });
    expect(row?.proposal?.candidates).toHaveLength(3);
    expect(run.renders).toBe(asked().length);
  });

  test('that fails for all fails the row with its reason, and is not asked by every row', async () => {
    const mapping = await mappingOf(['A', 'B'], [`It breaks ${FAIL} here.`]);
    const run = await match.ended(await match.begin(mapping.id, PLAN));
    expect(run).toMatchObject({ state: 'done', done: 0, failed: [{ rowId: mapping.rows[0]?.id }, {}] });
    expect(await states(mapping.id)).toEqual(['failed', 'failed']);
    const [row] = (await match.read(mapping.id)).rows;
    expect(row?.fault).toMatchObject({ message: expect.stringContaining('None of the 4 voices') });
    expect(asked()).toHaveLength(4);
    expect(run.renders).toBe(4);
  });

  test('that dies ends the search, which goes on once it is back', async () => {
    const mapping = await mappingOf(['A', 'B']);
    const letGo = peer.engine.hold();
    const run = await match.begin(mapping.id, PLAN);
    await working();
    await peer.stop();
    const stopped = await match.ended(run);
    expect(stopped).toMatchObject({ state: 'stopped', done: 0, failed: [], fault: { code: 'unreachable' } });
    expect(await states(mapping.id)).toEqual(['new', 'new']);
    letGo();
    await peer.start();
    await answer(await match.goOn(run.id), MatchRun);
    expect(await match.ended(run)).toMatchObject({ state: 'done', done: 2, fault: null });
  });

  test('that is gone from the studio ends it, and says what to do', async () => {
    const mapping = await mappingOf(['A']);
    const letGo = peer.engine.hold();
    const run = await match.begin(mapping.id, PLAN);
    await match.stop(run.id);
    letGo();
    await studio.call('/api/connections/chatterbox', { method: 'DELETE' });
    const goneOn = await match.goOn(run.id);
    expect(goneOn.status).toBe(200);
    expect(await match.ended(run)).toMatchObject({
      state: 'stopped',
      fault: { code: 'not_found', todo: expect.stringContaining('Settings') },
    });
    expect(await states(mapping.id)).toEqual(['new']);
    expect((await match.ask(mapping.id, PLAN, { agreed: run.agreed })).status).toBe(404);
  });
});
