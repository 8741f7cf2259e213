import type { SpeechRequest } from '../engine/providers/provider.ts';
import { NEUTRAL_SETTINGS } from '../shared/controls/controls.ts';
import type { Figure } from './figure.ts';
import { percentile } from './player-page.ts';
import { PEER_KEY, PeerProcess } from './providers-peer.ts';
import type { PeerOrder } from './providers-peer-messages.ts';
import { BenchStudio } from './providers-studio.ts';

const DELAY_MS = 75;
const ROUNDS = 120;
const WARM_UP = 10;
const MOST = 1.05;
const TEXT = 'Good morning to you.';

/** A provider, its peer, and how it is asked without Timbre. */
interface Asked {
  kind: 'chatterbox' | 'elevenlabs';
  name: string;
  peer: PeerOrder['kind'];
  voice: string;
  model: string;
  headers: Record<string, string>;
  /** What Timbre sent, as its take tells it, as a request of one's own. */
  bare(sent: Record<string, unknown>): { path: string; body: Record<string, unknown> };
}

const without = (sent: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(sent).filter(([name]) => !names.includes(name)));

const ASKED: readonly Asked[] = [
  {
    kind: 'chatterbox',
    name: 'Chatterbox',
    peer: 'devnen',
    voice: 'predefined/Emily.wav',
    model: 'original',
    headers: {},
    bare: (sent) => ({ path: '/tts', body: without(sent, ['address', 'path', 'status']) }),
  },
  {
    kind: 'elevenlabs',
    name: 'ElevenLabs',
    peer: 'elevenlabs',
    voice: '21m00Tcm4TlvDq8ikWAM',
    model: 'eleven_flash_v2_5',
    headers: { 'xi-api-key': PEER_KEY },
    bare: ({ path, output_format, ...sent }) => ({
      path: `${path}?output_format=${output_format}`,
      body: without(sent, ['address']),
    }),
  },
];

const never = () => new AbortController().signal;

/** First byte through Timbre's own client against a bare `fetch` of the same body, by turns. */
export async function firstByteFigures(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const asked of ASKED) figures.push(await measure(asked));
  return figures;
}

async function measure(asked: Asked): Promise<Figure> {
  const peer = await PeerProcess.start({ kind: asked.peer, waitMs: DELAY_MS });
  const desk = await BenchStudio.open();
  try {
    const id = await desk.connect(asked.kind, [peer.url]);
    const provider = desk.studio.parts.connections.find(id).provider;
    const { speed, pitch, volume, emotion, parameters } = NEUTRAL_SETTINGS;
    const request: SpeechRequest = {
      text: TEXT,
      voice: asked.voice,
      model: asked.model,
      language: 'en',
      speed,
      pitch,
      volume,
      emotion,
      seed: 7,
      parameters,
    };
    const spoken = await provider.stream(request, never());
    for await (const _ of spoken.chunks);
    const { path, body } = asked.bare(spoken.request);
    const bare = () => bareFirstByte(`${peer.url}${path}`, asked.headers, JSON.stringify(body));
    const own = async () => {
      const from = performance.now();
      const { chunks } = await provider.stream(request, never());
      let first = 0;
      for await (const _ of chunks) first ||= performance.now() - from;
      return first;
    };
    const page = async () => {
      const from = performance.now();
      const response = await desk.ask(id, { text: TEXT, voice: asked.voice, seed: 7 });
      return await firstPiece(response, from);
    };
    const ways = [bare, own, page];
    const times = ways.map((): number[] => []);
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      // Whoever comes first in one round comes last in a later one.
      for (let turn = 0; turn < ways.length; turn += 1) {
        const way = (turn + round + WARM_UP) % ways.length;
        const ms = (await ways[way]?.()) ?? Number.NaN;
        if (round >= 0) times[way]?.push(ms);
      }
    }
    return figureOf(asked.name, times);
  } finally {
    await desk.close();
    await peer.close();
  }
}

/** Milliseconds to the first byte of a body, which is read to its end. @param from when it was asked for */
async function firstPiece(response: Response, from: number): Promise<number> {
  if (!response.ok || !response.body) throw new Error(`${response.status} ${await response.text()}`);
  let first = 0;
  for await (const _ of response.body) first ||= performance.now() - from;
  return first;
}

async function bareFirstByte(url: string, headers: Record<string, string>, body: string): Promise<number> {
  const from = performance.now();
  const content = { 'content-type': 'application/json', ...headers };
  return await firstPiece(await fetch(url, { method: 'POST', headers: content, body }), from);
}

function figureOf(name: string, [bare = [], own = [], page = []]: number[][]): Figure {
  const told = (times: number[]) => [0.5, 0.95].map((part) => percentile(times, part).toFixed(1)).join('/');
  const ratio = percentile(own, 0.5) / percentile(bare, 0.5);
  return {
    what: `${name}: first byte (p50/p95 ${told(own)} ms; for the page, through all of the engine, ${told(page)} ms) against fetch (${told(bare)} ms), n = ${own.length}`,
    reach: `at most ${MOST}x at p50`,
    got: ratio,
    unit: 'x',
    ok: ratio <= MOST,
  };
}
