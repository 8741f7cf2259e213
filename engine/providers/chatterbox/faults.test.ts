import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevnenPeer } from '../../../e2e/peers/devnen.ts';
import { createOpenAiPeer } from '../../../e2e/peers/openai.ts';
import { createResemblePeer } from '../../../e2e/peers/resemble.ts';
import { createRestPeer } from '../../../e2e/peers/rest.ts';
import type { SpeakingPeer } from '../../../e2e/peers/speaking-peer.ts';
import { createTravisvnPeer } from '../../../e2e/peers/travisvn.ts';
import { wavFile } from '../../../shared/sound/pcm.ts';
import type { Provider } from '../provider.ts';
import type { DialectName } from './dialect.ts';
import { FAULT_CASES, LONG_TEXT, PEER_VOICES, SHORT_TEXT } from './testing/fault-cases.ts';
import { hear, never, OnPeers } from './testing/on-peers.ts';

const KEY = 'a-key';
const LIMITS = { connectMs: 1000, firstByteMs: 1500, betweenBytesMs: 1500 };

interface Dialect {
  name: DialectName;
  create(): SpeakingPeer;
}

const DIALECTS: readonly Dialect[] = [
  { name: 'rest', create: () => createRestPeer({ apiKey: KEY }) },
  { name: 'devnen', create: () => createDevnenPeer() },
  { name: 'travisvn', create: () => createTravisvnPeer() },
  { name: 'openai', create: () => createOpenAiPeer({ apiKey: KEY }) },
  { name: 'resemble', create: () => createResemblePeer({ apiKey: KEY }) },
];

async function bringVoice(peer: SpeakingPeer): Promise<void> {
  const form = new FormData();
  form.set('voice_name', 'emily');
  form.set('voice_file', new File([wavFile(new Int16Array(24_000).fill(100), 24_000)], 'Emily.wav'));
  await fetch(`${peer.url}/voices`, { method: 'POST', body: form });
}

/** Within a dialect. */
const IN_TURN = { concurrent: false };
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

// Dialects are tried side by side, as most of the time is waiting; faults of one peer one after the other.
describe.concurrent.each(DIALECTS)('what goes wrong in the dialect $name', ({ name, create }) => {
  const { voice, spokenBy } = PEER_VOICES[name];
  const on = new OnPeers();
  let peer: SpeakingPeer;
  let provider: Provider;
  const asked = () => peer.seen.filter(({ method, path }) => method === 'POST' && path !== '/voices').length;

  beforeAll(async () => {
    peer = await on.start(create());
    if (name === 'travisvn') await bringVoice(peer);
    // The first sound of a peer takes long: its voice is loaded.
    for (const text of [SHORT_TEXT, LONG_TEXT]) await hear(on.provider([peer], { key: KEY }), { voice, text });
    provider = on.provider([peer], { key: KEY, limits: LIMITS });
    expect(await provider.probe(never())).toMatchObject({ status: 'ready' });
  });
  afterAll(() => on.closeAll());

  it.each(FAULT_CASES)(
    'is found out: $fault x $times',
    IN_TURN,
    async ({ fault, times = 1, code, asked: often = 1 }) => {
      const before = asked();
      if (fault.kind === 'refused') await peer.stop();
      else peer.faults.add(fault, times);
      const heard = await hear(provider, { voice, text: 'afterBytes' in fault ? LONG_TEXT : SHORT_TEXT });
      expect(heard.code).toBe(code);
      expect(peer.faults.length).toBe(0);
      expect(asked() - before).toBe(often);
      if (code === null) {
        expect(heard.seconds).toBeGreaterThan(0.5);
        return;
      }
      expect(`${heard.fault?.kept ?? ''}${heard.fault?.todo ?? ''}`).not.toBe('');
      expect(JSON.stringify(heard.fault)).not.toContain(KEY);
      if (['html', 'empty', 'status'].includes(fault.kind)) expect(heard.samples).toEqual([]);
      if (fault.kind === 'refused') await peer.start();
      // It speaks again, at once or when the server is believed to have ended what nobody hears.
      expect(await hear(provider, { voice, text: SHORT_TEXT })).toMatchObject({ code: null });
      expect(provider.health().status).toBe('ready');
      // The kept ones, of which a list of voices takes two; none that hangs.
      expect(peer.connections).toBeLessThanOrEqual(3);
    },
  );

  it('is never made up for by another voice, nor left with an open connection', IN_TURN, async () => {
    expect(new Set(peer.engine.spoken.map((one) => one.voice))).toEqual(new Set([spokenBy]));
    expect(peer.engine.mostAtOnce).toBe(1);
    await on.close(provider);
    await peer.engine.idle();
    for (const other of [...on.providers]) await on.close(other);
    while (peer.connections > 0) await nextTurn();
  });
});
