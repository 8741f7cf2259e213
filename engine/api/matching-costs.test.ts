import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createElevenLabsPeer, type ElevenLabsPeer, PEER_KEY } from '../../e2e/peers/elevenlabs.ts';
import type { SourceVoice } from '../../shared/schemas/mapping.ts';
import { MatchStudio, oldVoices } from './testing/match-studio.ts';
import { type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

const LINES = ['The quick judge measured each bright jewel.', 'Why would you choose to fly so far above the shore?'];
const PLAN = { lines: 2, matched: 1 };

let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;
let match: MatchStudio;
let old: (name: string) => SourceVoice;

beforeEach(async () => {
  folder = await studioFolder();
  studio = await openStudio(folder.folder);
  match = new MatchStudio(studio);
  old = await oldVoices(studio);
});
afterEach(async () => {
  await studio.close();
  await folder.remove();
});

/** From recordings to ElevenLabs. */
async function mappingOf(...names: string[]) {
  const to = { kind: 'provider', provider: 'elevenlabs', modelId: null } as const;
  const sides = { from: { kind: 'recordings' }, to } as const;
  const input = { projectId: await studio.firstProject(), name: 'Coming', ...sides, lines: LINES };
  return match.mapping(input, names.map(old));
}

const states = async (id: string) => (await match.read(id)).rows.map(({ state }) => state);

describe('a search that costs', () => {
  let eleven: ElevenLabsPeer;

  beforeEach(async () => {
    eleven = createElevenLabsPeer();
    await eleven.start();
    await studio.send('/api/connections', { kind: 'elevenlabs', addresses: [eleven.url] });
    await studio.send('/api/connections/elevenlabs/key', { key: PEER_KEY }, 'PUT');
  });
  afterEach(() => eleven.stop());

  const spent = () => eleven.account.billed.reduce((sum, { credits }) => sum + credits, 0);

  test('spends what was agreed to and no more, and tells it', async () => {
    const mapping = await mappingOf('A');
    const agreed = await match.estimate(mapping.id, PLAN);
    expect(agreed.cost).toHaveLength(1);
    const run = await match.ended(await match.begin(mapping.id, PLAN, { agreed }));
    expect(run).toMatchObject({ state: 'done', done: 1 });
    expect(run.cost).toEqual([{ amount: spent(), currency: agreed.cost[0]?.currency }]);
    expect(spent()).toBeLessThanOrEqual(agreed.cost[0]?.amount ?? 0);
    expect(spent()).toBeGreaterThan(0);
    expect(eleven.account.billed).toHaveLength(run.renders);
  });

  test('stops at its limit, though several are asked for at once, and stays there', async () => {
    const mapping = await mappingOf('A');
    const limit = { amount: 100, currency: 'credits' };
    const run = await match.begin(mapping.id, PLAN, { limit });
    expect(run.agreed.cost[0]).toMatchObject({ currency: 'credits' });
    expect(run.agreed.cost[0]?.amount).toBeGreaterThan(limit.amount);
    const stopped = await match.ended(run);
    expect(stopped).toMatchObject({ state: 'stopped', done: 0, failed: [], fault: { code: 'conflict' } });
    expect(spent()).toBeLessThanOrEqual(limit.amount);
    expect(spent()).toBeGreaterThan(0);
    expect(stopped.cost).toEqual([{ amount: spent(), currency: 'credits' }]);
    await match.goOn(run.id);
    expect(await match.ended(run)).toMatchObject({ state: 'stopped', fault: { code: 'conflict' } });
    expect(spent()).toBeLessThanOrEqual(limit.amount);
    expect(await states(mapping.id)).toEqual(['new']);
  });

  test('ends where the account is empty', async () => {
    await eleven.stop();
    eleven = createElevenLabsPeer({ credits: 30 });
    await eleven.start();
    await studio.send('/api/connections/elevenlabs', { addresses: [eleven.url] }, 'PATCH');
    const mapping = await mappingOf('A', 'B');
    const run = await match.ended(await match.begin(mapping.id, PLAN));
    expect(run).toMatchObject({ state: 'stopped', fault: { code: 'no_credit' }, failed: [] });
    expect(await states(mapping.id)).toEqual(['new', 'new']);
  });
});
