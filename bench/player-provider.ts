import type { Provider, SpeechRequest, SpeechStream } from '../engine/providers/provider.ts';
import { fault } from '../shared/errors.ts';
import type { Model, ProviderHealth, Voice } from '../shared/schemas/voice.ts';
import { seeded } from '../shared/seeded.ts';
import { testSpeech } from '../shared/sound/testing/speech.ts';

/** Prefix of the benchmark's voices. */
export const BENCH_PROVIDER = 'bench';
/** Ms before the first piece. */
export const BENCH_WAIT = 75;
/** Hz of its sound. */
export const BENCH_RATE = 22_050;
/** Hz of the voice `tone`. */
export const BENCH_TONE = 500;

/** How each voice delivers: times real time (0: at once), ms of sound in a piece from and to, ms it is late at most. */
const VOICES = {
  quick: { pace: 2, from: 20, to: 60, jitter: 0 },
  live: { pace: 1, from: 40, to: 60, jitter: 200 },
  ready: { pace: 0, from: 500, to: 500, jitter: 0 },
  tone: { pace: 0, from: 500, to: 500, jitter: 0 },
} as const;
type BenchVoice = keyof typeof VOICES;

const SENTENCES =
  'Seven wizards make toast while the quick brown fox jumps over the lazy dog. ' +
  'A long while ago, many amazing sailors rowed away into the morning sun, and none of them ever knew why.';

const voice = (id: string): Voice => ({
  id: `${BENCH_PROVIDER}:${id}`,
  provider: BENCH_PROVIDER,
  model: 'pcm',
  name: id,
  languages: ['en-US'],
  accent: 'American',
  gender: 'unknown',
  description: 'Streams sound at a known pace.',
  experimental: false,
  blend: null,
});

const MODEL: Model = {
  id: 'pcm',
  provider: BENCH_PROVIDER,
  name: 'PCM',
  description: 'Known sound at a known pace.',
  sampleRate: BENCH_RATE,
  capabilities: {
    speed: null,
    pitch: null,
    volume: null,
    emotion: { names: [], note: 'It is a recording.' },
    seed: null,
    parameters: [],
    maxCharacters: 10_000,
    streams: true,
  },
};

const HEALTH: ProviderHealth = {
  id: BENCH_PROVIDER,
  kind: 'bench',
  name: 'Benchmark',
  status: 'ready',
  latencyMs: BENCH_WAIT,
  note: '',
};

let spokenOnce: Promise<Int16Array> | undefined;

/** Speech that begins and ends with sound; made once. */
function speech(): Promise<Int16Array> {
  const audible = (sample: number) => Math.abs(sample) > 500;
  spokenOnce ??= testSpeech(SENTENCES).then(({ samples }) =>
    samples.subarray(samples.findIndex(audible), samples.findLastIndex(audible)),
  );
  return spokenOnce;
}

/** What a voice says for so many seconds: speech that begins at once, or a steady tone. */
export async function benchSound(name: string, seconds: number): Promise<Int16Array> {
  const samples = new Int16Array(Math.round(seconds * BENCH_RATE));
  if (name === 'tone') {
    const step = (2 * Math.PI * BENCH_TONE) / BENCH_RATE;
    return samples.map((_, i) => Math.round(9000 * Math.sin(i * step)));
  }
  const spoken = await speech();
  return samples.map((_, i) => spoken[i % spoken.length] ?? 0);
}

/** Seconds asked for in a text: its first number. */
export function benchSeconds(text: string): number {
  return Number(/\d+(\.\d+)?/.exec(text)?.[0] ?? 1);
}

/** A provider whose sound and pace are known, beside the built-in one. */
export function createBenchProvider(): Provider {
  let seed = 1;
  void speech();
  return {
    id: BENCH_PROVIDER,
    kind: 'bench',
    name: 'Benchmark',
    health: () => HEALTH,
    probe: async () => HEALTH,
    voices: async () => Object.keys(VOICES).map(voice),
    models: async () => [MODEL],
    estimate: () => null,
    close: async () => {},
    async stream(request: SpeechRequest, signal: AbortSignal): Promise<SpeechStream> {
      const how = VOICES[request.voice as BenchVoice];
      if (!how) throw fault('unknown_voice', 'There is no such voice.');
      const began = performance.now();
      const samples = await benchSound(request.voice, benchSeconds(request.text));
      seed += 1;
      const random = seeded(seed);
      await until(began + BENCH_WAIT, signal);
      async function* chunks(): AsyncGenerator<Int16Array> {
        const first = performance.now();
        for (let sent = 0; sent < samples.length; ) {
          const length = how.from + random() * (how.to - how.from);
          const sound = sent / BENCH_RATE / (how.pace || Number.POSITIVE_INFINITY);
          await until(first + sound * 1000 + random() * how.jitter, signal);
          const piece = samples.slice(sent, sent + Math.round((length / 1000) * BENCH_RATE));
          sent += piece.length;
          yield piece;
        }
      }
      return {
        sampleRate: BENCH_RATE,
        totalSamples: null,
        request: { text: request.text, voice: request.voice },
        seed: null,
        chunks: chunks(),
        cost: () => ({ estimated: 0, billed: null, currency: 'USD' }),
      };
    },
  };
}

async function until(time: number, signal: AbortSignal): Promise<void> {
  const left = time - performance.now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
  if (signal.aborted) throw fault('cancelled', 'It was cancelled.');
}
