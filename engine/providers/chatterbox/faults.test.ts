import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevnenPeer } from '../../../e2e/peers/devnen.ts';
import type { PeerFault } from '../../../e2e/peers/faults.ts';
import { createOpenAiPeer } from '../../../e2e/peers/openai.ts';
import { createResemblePeer } from '../../../e2e/peers/resemble.ts';
import { createRestPeer } from '../../../e2e/peers/rest.ts';
import type { SpeakingPeer } from '../../../e2e/peers/speaking-peer.ts';
import { createTravisvnPeer } from '../../../e2e/peers/travisvn.ts';
import type { FaultCode } from '../../../shared/errors.ts';
import { wavFile } from '../../../shared/sound/pcm.ts';
import type { Provider } from '../provider.ts';
import type { DialectName } from './dialect.ts';
import { hear, never, OnPeers } from './testing/on-peers.ts';

const KEY = 'a-key';
const TEXT = 'Good morning to you.';
/** Long enough for its length to say whether it is whole. */
const LONG = 'Good morning to you all, and to everybody else who is listening to this.';
const SPOILED_AFTER = 20_000;
const LIMITS = { connectMs: 1000, firstByteMs: 1500, betweenBytesMs: 1500 };

/** What is ordered of the peer, and how often; `refused` is nobody there at all. */
interface Case {
  fault: PeerFault | { kind: 'refused' };
  times?: number;
  /** What becomes of the take; null where it is spoken all the same. */
  code: FaultCode | null;
  /** How often speech is asked for. */
  asked?: number;
}

const status = (code: number, told: FaultCode): Case => ({ fault: { kind: 'status', status: code }, code: told });
/** A refusal that is told again and again, each time without a wait. */
const insistent = (code: number, told: FaultCode): Case => ({
  fault: { kind: 'status', status: code, retryAfter: '0' },
  times: 4,
  code: told,
  asked: 4,
});
/** A refusal that is told once. */
const passing = (code: number, retryAfter?: string): Case => ({
  fault: { kind: 'status', status: code, ...(retryAfter === undefined ? {} : { retryAfter }) },
  code: null,
  asked: 2,
});

const CASES: readonly Case[] = [
  { fault: { kind: 'refused' }, code: 'unreachable', asked: 0 },
  { fault: { kind: 'hang-up' }, code: 'unreachable' },
  { fault: { kind: 'stall-before' }, code: 'busy' },
  { fault: { kind: 'stall-during', afterBytes: SPOILED_AFTER }, code: 'cut_short' },
  { fault: { kind: 'cut', afterBytes: SPOILED_AFTER }, code: 'cut_short' },
  { fault: { kind: 'end-early', afterBytes: SPOILED_AFTER }, code: 'cut_short' },
  status(401, 'unauthorised'),
  status(402, 'no_credit'),
  status(403, 'unauthorised'),
  status(404, 'bad_request'),
  status(422, 'bad_request'),
  status(500, 'provider_fault'),
  insistent(429, 'rate_limited'),
  insistent(503, 'busy'),
  passing(429),
  passing(429, '0'),
  passing(503),
  passing(503, '0'),
  { fault: { kind: 'content-type', value: 'application/json' }, code: null },
  { fault: { kind: 'html' }, code: 'bad_audio' },
  { fault: { kind: 'empty' }, code: 'cut_short' },
  { fault: { kind: 'half-sample' }, code: 'cut_short' },
  { fault: { kind: 'drip', bytes: 1001, everyMs: 0 }, code: null },
];

interface Dialect {
  name: DialectName;
  create(): SpeakingPeer;
  /** The provider's own id of a voice, and what the peer's engine calls it. */
  voice: string;
  spokenBy: string;
}

const DIALECTS: readonly Dialect[] = [
  { name: 'rest', create: () => createRestPeer({ apiKey: KEY }), voice: 'ava', spokenBy: 'ava' },
  { name: 'devnen', create: () => createDevnenPeer(), voice: 'predefined/Emily.wav', spokenBy: 'Emily.wav' },
  { name: 'travisvn', create: () => createTravisvnPeer(), voice: 'emily', spokenBy: 'emily' },
  {
    name: 'openai',
    create: () => createOpenAiPeer({ apiKey: KEY }),
    voice: 'voices/chatterbox/anna.wav',
    spokenBy: 'voices/chatterbox/anna.wav',
  },
  { name: 'resemble', create: () => createResemblePeer({ apiKey: KEY }), voice: '10000000', spokenBy: 'Aurora' },
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
describe.concurrent.each(DIALECTS)('what goes wrong in the dialect $name', ({ name, create, voice, spokenBy }) => {
  const on = new OnPeers();
  let peer: SpeakingPeer;
  let provider: Provider;
  const asked = () => peer.seen.filter(({ method, path }) => method === 'POST' && path !== '/voices').length;

  beforeAll(async () => {
    peer = await on.start(create());
    if (name === 'travisvn') await bringVoice(peer);
    // The first sound of a peer takes long: its voice is loaded.
    for (const text of [TEXT, LONG]) await hear(on.provider([peer], { key: KEY }), { voice, text });
    provider = on.provider([peer], { key: KEY, limits: LIMITS });
    expect(await provider.probe(never())).toMatchObject({ status: 'ready' });
  });
  afterAll(() => on.closeAll());

  it.each(CASES)('is found out: $fault x $times', IN_TURN, async ({ fault, times = 1, code, asked: often = 1 }) => {
    const before = asked();
    if (fault.kind === 'refused') await peer.stop();
    else peer.faults.add(fault, times);
    const heard = await hear(provider, { voice, text: 'afterBytes' in fault ? LONG : TEXT });
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
    expect(await hear(provider, { voice, text: TEXT })).toMatchObject({ code: null });
    expect(provider.health().status).toBe('ready');
    // The kept ones, of which a list of voices takes two; none that hangs.
    expect(peer.connections).toBeLessThanOrEqual(3);
  });

  it('is never made up for by another voice, nor left with an open connection', IN_TURN, async () => {
    expect(new Set(peer.engine.spoken.map((one) => one.voice))).toEqual(new Set([spokenBy]));
    expect(peer.engine.mostAtOnce).toBe(1);
    await on.close(provider);
    await peer.engine.idle();
    for (const other of [...on.providers]) await on.close(other);
    while (peer.connections > 0) await nextTurn();
  });
});
