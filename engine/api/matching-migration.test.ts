import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createDevnenPeer } from '../../e2e/peers/devnen.ts';
import { createElevenLabsPeer, type ElevenLabsPeer, PEER_KEY } from '../../e2e/peers/elevenlabs.ts';
import { PAST_SPEECH } from '../../e2e/peers/elevenlabs-past.ts';
import { createOpenAiPeer } from '../../e2e/peers/openai.ts';
import { createResemblePeer } from '../../e2e/peers/resemble.ts';
import { createRestPeer } from '../../e2e/peers/rest.ts';
import type { SpeakingPeer } from '../../e2e/peers/speaking-peer.ts';
import { createTravisvnPeer } from '../../e2e/peers/travisvn.ts';
import { CONTROL_RANGE } from '../../shared/controls/controls.ts';
import { type Candidate, SourceVoice } from '../../shared/schemas/mapping.ts';
import { Model } from '../../shared/schemas/voice.ts';
import { wavOf } from '../testing/wav-of.ts';
import { MatchStudio } from './testing/match-studio.ts';
import { answer, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

const RACHEL = 'elevenlabs:21m00Tcm4TlvDq8ikWAM';
const LINE = 'The quick judge measured each bright jewel with a thin golden ring.';
const KEY = 'chatterbox-key';

/** A travisvn server with two voices: a fresh one has none. */
async function withVoices(peer: SpeakingPeer): Promise<void> {
  for (const [at, name] of ['Anna', 'Ben'].entries()) {
    const form = new FormData();
    form.set('voice_name', name);
    form.set('voice_file', new File([wavOf([[0, 0.01 * (at + 1)]])], `${name}.wav`));
    await fetch(`${peer.url}/voices`, { method: 'POST', body: form });
  }
}

const DIALECTS: { name: string; create(): SpeakingPeer; prepare?(peer: SpeakingPeer): Promise<void> }[] = [
  { name: 'devnen', create: () => createDevnenPeer() },
  { name: 'travisvn', create: () => createTravisvnPeer(), prepare: withVoices },
  { name: 'rest', create: () => createRestPeer({ apiKey: KEY }) },
  { name: 'openai', create: () => createOpenAiPeer({ apiKey: KEY }) },
  { name: 'resemble', create: () => createResemblePeer({ apiKey: KEY, voices: 3 }) },
];

let eleven: ElevenLabsPeer;
let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;
let match: MatchStudio;

beforeEach(async () => {
  eleven = createElevenLabsPeer({ past: PAST_SPEECH });
  await eleven.start();
  folder = await studioFolder();
  studio = await openStudio(folder.folder);
  match = new MatchStudio(studio);
  await studio.send('/api/connections', { kind: 'elevenlabs', addresses: [eleven.url] });
  await studio.send('/api/connections/elevenlabs/key', { key: PEER_KEY }, 'PUT');
});
afterEach(async () => {
  await studio.close();
  await folder.remove();
  await eleven.stop();
});

async function sources(): Promise<SourceVoice[]> {
  const Sources = z.object({ sources: SourceVoice.array(), used: z.boolean() });
  const told = await answer(await studio.call('/api/mappings/sources?provider=elevenlabs'), Sources);
  expect(told.used).toBe(true);
  return told.sources;
}

async function leaveElevenLabs(own: readonly SourceVoice[]) {
  const input = {
    projectId: await studio.firstProject(),
    name: 'Leaving',
    from: { kind: 'provider', provider: 'elevenlabs', modelId: null } as const,
    to: { kind: 'provider', provider: 'chatterbox', modelId: null } as const,
    lines: [LINE],
  };
  return match.mapping(input, own);
}

/** Whether settings are within what the studio and the model take. */
function expectWithin(candidate: Candidate, models: readonly Model[], modelIds: readonly string[]): void {
  for (const name of ['speed', 'pitch', 'volume'] as const) {
    expect(candidate.settings[name]).toBeGreaterThanOrEqual(CONTROL_RANGE[name].min);
    expect(candidate.settings[name]).toBeLessThanOrEqual(CONTROL_RANGE[name].max);
  }
  const specs = models.filter(({ id }) => modelIds.includes(id)).flatMap(({ capabilities }) => capabilities.parameters);
  for (const [name, value] of Object.entries(candidate.settings.parameters)) {
    const spec = specs.find((one) => one.name === name);
    expect(spec, name).toBeDefined();
    expect(value).toBeGreaterThanOrEqual(spec?.min ?? Number.NaN);
    expect(value).toBeLessThanOrEqual(spec?.max ?? Number.NaN);
  }
}

describe.each(DIALECTS)('from ElevenLabs to a server that speaks as $name', ({ create, prepare }) => {
  let peer: SpeakingPeer;

  beforeEach(async () => {
    peer = create();
    await peer.start();
    await prepare?.(peer);
    await studio.send('/api/connections', { kind: 'chatterbox', addresses: [peer.url] });
    await studio.send('/api/connections/chatterbox/key', { key: KEY }, 'PUT');
  });
  afterEach(() => peer.stop());

  test('a voice in use is heard for nothing, and a successor proposed with settings the server takes', async () => {
    const [rachel] = await sources();
    expect(rachel).toMatchObject({ voiceId: RACHEL, voiceName: 'Rachel', gender: 'female', language: 'en-US' });
    const mapping = await leaveElevenLabs([rachel as SourceVoice]);
    const plan = { lines: 1, matched: 1, searchRenders: 4, newLines: true };
    const agreed = await match.estimate(mapping.id, plan);
    expect(agreed).toMatchObject({ free: 1, withoutCandidates: [] });
    const before = peer.seen.filter(({ method }) => method === 'POST').length;
    const run = await match.ended(await match.begin(mapping.id, plan, { agreed }));
    expect(run).toMatchObject({ state: 'done', done: 1, failed: [], fault: null, cost: [] });

    const { rows } = await match.read(mapping.id);
    expect(rows[0]).toMatchObject({ state: 'proposed', fault: null });
    const [nearest] = rows[0]?.proposal?.candidates ?? [];
    expect(nearest?.matched).not.toBe('not tried');
    expect(nearest?.leftover.map(({ feature }) => feature)).toEqual(
      expect.arrayContaining(['pitch', 'rate', 'timbre']),
    );
    expect(rows[0]?.choice?.voiceId).toBe(nearest?.voiceId);
    const { models } = await answer(await studio.call('/api/voices'), z.object({ models: Model.array() }));
    const own = models.filter(({ provider }) => provider === 'chatterbox');
    expectWithin(
      nearest as Candidate,
      own,
      own.map(({ id }) => id),
    );

    // What it spoke before was enough: nothing is spent, and nobody is asked for more than what was shown.
    expect(eleven.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(eleven.account.billed).toEqual([]);
    const asked = peer.seen.filter(({ method }) => method === 'POST').length - before;
    expect(asked).toBe(run.renders);
    expect(run.renders).toBeLessThanOrEqual(agreed.renders);
    expect(run.renders).toBeGreaterThan(0);
  });
});

describe('from ElevenLabs', () => {
  let peer: SpeakingPeer;

  beforeEach(async () => {
    peer = createRestPeer({ apiKey: KEY });
    await peer.start();
    await studio.send('/api/connections', { kind: 'chatterbox', addresses: [peer.url] });
    await studio.send('/api/connections/chatterbox/key', { key: KEY }, 'PUT');
  });
  afterEach(() => peer.stop());

  test('a voice is known by its preview alone, and one that was removed by what it spoke', async () => {
    const all = await sources();
    const named = (id: string) => all.find(({ voiceId }) => voiceId === `elevenlabs:${id}`) as SourceVoice;
    const [aria, gone] = [named('9BWtsMINqrJLrRacOk9x'), named('RemovedVoice00000001')];
    const mapping = await leaveElevenLabs([aria, gone]);
    const plan = { lines: 1, matched: 1, newLines: false };
    const agreed = await match.estimate(mapping.id, plan);
    expect(agreed).toMatchObject({ free: 2, cost: [] });
    expect(await match.ended(await match.begin(mapping.id, plan, { agreed }))).toMatchObject({ done: 2, failed: [] });
    const [first, second] = (await match.read(mapping.id)).rows;
    // Nobody knows what is said in a preview, so that no text can be spoken after it.
    expect(first?.proposal?.takeIds).toHaveLength(1);
    expect(first?.proposal?.candidates[0]?.takeIds).toHaveLength(1);
    expect(first?.proposal?.profile.rate).toBeNull();
    expect(second?.proposal?.candidates[0]?.takeIds).toHaveLength(2);
    expect(second?.proposal?.profile.rate).not.toBeNull();
    expect(eleven.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('too little that it spoke is added to in new lines, at the price that was shown', async () => {
    const gone = (await sources()).find(({ voiceName }) => voiceName === 'Lena') as SourceVoice;
    const mapping = await leaveElevenLabs([{ ...gone, language: 'en' }]);
    const plan = { lines: 1, matched: 1 };
    const agreed = await match.estimate(mapping.id, plan);
    expect(agreed.cost).toEqual([{ amount: expect.any(Number), currency: 'credits' }]);
    const run = await match.ended(await match.begin(mapping.id, plan, { agreed }));
    expect(run).toMatchObject({ state: 'done', done: 1 });
    const billed = eleven.account.billed.reduce((sum, { credits }) => sum + credits, 0);
    expect(billed).toBeLessThanOrEqual(agreed.cost[0]?.amount ?? 0);
    expect(billed).toBeGreaterThan(0);
    expect(run.cost).toEqual([{ amount: billed, currency: 'credits' }]);
    const [row] = (await match.read(mapping.id)).rows;
    // What it spoke in German is not read to an English voice.
    const english = peer.seen.filter(({ method }) => method === 'POST').map(({ json }) => JSON.stringify(json));
    expect(english.some((body) => body.includes('Guten Tag'))).toBe(false);
    expect(row?.state).toBe('proposed');
  });
});
