import {
  FAULT_CASES,
  type FaultCase,
  LONG_TEXT,
  PEER_VOICES,
  SHORT_TEXT,
} from '../engine/providers/chatterbox/testing/fault-cases.ts';
import { RACHEL } from '../engine/providers/elevenlabs/testing/with-peer.ts';
import { wavFile } from '../shared/sound/pcm.ts';
import type { Figure } from './figure.ts';
import { ELEVENLABS_CASES } from './providers-elevenlabs-cases.ts';
import { type Tried, tryFault } from './providers-fault.ts';
import { PeerProcess } from './providers-peer.ts';
import type { PeerOrder } from './providers-peer-messages.ts';
import { BenchStudio } from './providers-studio.ts';

/** One kind of server, and what is tried with it. */
interface Kind {
  kind: 'chatterbox' | 'elevenlabs';
  peer: PeerOrder['kind'];
  voice: string;
  cases: readonly FaultCase[];
}

const KINDS: readonly Kind[] = [
  ...(['rest', 'devnen', 'travisvn', 'openai', 'resemble'] as const).map((peer): Kind => {
    return { kind: 'chatterbox', peer, voice: PEER_VOICES[peer].voice, cases: FAULT_CASES };
  }),
  { kind: 'elevenlabs', peer: 'elevenlabs', voice: RACHEL, cases: ELEVENLABS_CASES },
];

/** Every fault of every kind of server, through the whole engine. Those that are not met as they must be are told. */
export async function faultFigures(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const kind of KINDS) figures.push(await tryKind(kind));
  return figures;
}

async function tryKind({ kind, peer: name, voice, cases }: Kind): Promise<Figure> {
  const peer = await PeerProcess.start({ kind: name });
  const resources = process.getActiveResourcesInfo().length;
  let slowest = 0;
  let other = 0;
  let well = 0;
  const desk = await BenchStudio.open();
  try {
    if (name === 'travisvn') await bringVoice(peer.url);
    // The first sound of a peer takes long, and the studio's threads start with the first take.
    const first = await desk.connect(kind, [peer.url]);
    for (const text of [SHORT_TEXT, LONG_TEXT]) await desk.take(first, { text, voice, seed: 7 });
    await desk.take('builtin', { text: SHORT_TEXT, voice: 'espeak/en-us' });
    await desk.disconnect(first);
    for (const one of cases) {
      const text = 'afterBytes' in one.fault ? LONG_TEXT : SHORT_TEXT;
      const { wrong, againMs, otherMs } = await tryFault(desk, peer, kind, {
        ...one,
        take: { text, voice, seed: 7 },
      }).catch((thrown: unknown): Tried => ({ wrong: [String(thrown)], againMs: 0, otherMs: 0 }));
      slowest = Math.max(slowest, againMs);
      other = Math.max(other, otherMs);
      if (wrong.length === 0) well += 1;
      else console.log(`${name}, ${JSON.stringify(one.fault)} x ${one.times ?? 1}: ${wrong.join('; ')}`);
    }
  } finally {
    await desk.close();
  }
  const { connections } = await peer.state();
  await peer.close();
  const left = process.getActiveResourcesInfo().length - resources;
  const clean = connections === 0 && left <= 0;
  return {
    what: `${name}: faults met with the right word and advice, nothing lost or leaked, usable at once (another voice spoke at most ${other.toFixed(0)} ms later, the same one ${slowest.toFixed(0)} ms)`,
    reach: 'all',
    got: `${well} of ${cases.length}`,
    unit: clean ? '' : `, but ${connections} connections and ${left} timers or handles are left`,
    ok: well === cases.length && clean,
  };
}

/** A travisvn server begins without any voice. */
async function bringVoice(url: string): Promise<void> {
  const form = new FormData();
  form.set('voice_name', PEER_VOICES.travisvn.voice);
  form.set('voice_file', new File([wavFile(new Int16Array(24_000).fill(100), 24_000)], 'Emily.wav'));
  await fetch(`${url}/voices`, { method: 'POST', headers: { connection: 'close' }, body: form });
}
