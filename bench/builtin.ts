import { fileURLToPath } from 'node:url';
import { createBuiltinProvider } from '../engine/providers/builtin/builtin-provider.ts';
import { EspeakEngine } from '../engine/providers/builtin/espeak-engine.ts';
import { KokoroEngine } from '../engine/providers/builtin/kokoro-engine.ts';
import { loadVoice, styleRow } from '../engine/providers/builtin/kokoro-styles.ts';
import { KOKORO_LANGUAGES, toPhonemes } from '../engine/providers/builtin/kokoro-text.ts';
import { toTokens } from '../engine/providers/builtin/kokoro-tokens.ts';
import { KOKORO_RATE } from '../engine/providers/builtin/speech-sound.ts';
import { NEUTRAL_SETTINGS } from '../shared/controls/controls.ts';
import type { Figure } from './figure.ts';

const MODELS =
  process.env.TIMBRE_MODELS ?? fileURLToPath(new URL('../node_modules/.cache/timbre/models', import.meta.url));

/** Texts of 40 words: with commas, with one long clause at the start, and of several sentences. */
const TEXTS = [
  'When the last boat had left the harbour, the old keeper climbed the stairs of the lighthouse, lit the great lamp, and sat down by the window with a book that he had read so many times before that winter.',
  'Every passenger who wants to travel on the night train to the northern coast must show a valid ticket and a passport at the gate, because the border is crossed before morning and nobody will be woken up for that.',
  'Thank you for calling. Your appointment with Doctor Miller has been moved to Thursday at nine in the morning. If that does not suit you, please press one, and we will find another time. We look forward to seeing you.',
];
const VOICE = 'af_heart';
const ROUNDS = 3;

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

async function milliseconds<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const begin = performance.now();
  const result = await work();
  return { ms: performance.now() - begin, result };
}

/** Milliseconds to the first sound of a text through the provider, which is read to its end. */
async function firstSound(provider: ReturnType<typeof createBuiltinProvider>, text: string) {
  const { speed, pitch, volume, emotion, seed, parameters } = NEUTRAL_SETTINGS;
  const request = {
    text,
    voice: `kokoro/${VOICE}`,
    model: 'kokoro',
    language: null,
    speed,
    pitch,
    volume,
    emotion,
    seed,
    parameters,
  };
  const begin = performance.now();
  const speech = await provider.stream(request, new AbortController().signal);
  const first = performance.now() - begin;
  for await (const chunk of speech.chunks) if (chunk.length === 0) throw new Error('an empty piece');
  return first;
}

/** Kokoro through the real provider and workers, against the same text in one run of the model. */
export async function run(): Promise<Figure[]> {
  const silent = () => undefined;
  const provider = createBuiltinProvider({
    modelFolder: MODELS,
    blends: () => [],
    addBlend: silent,
    removeBlend: silent,
    onHealth: silent,
    onProgress: silent,
  });
  const espeak = new EspeakEngine(silent);
  const kokoro = new KokoroEngine(MODELS, silent, silent);
  const language = KOKORO_LANGUAGES.find(({ letter }) => letter === VOICE[0]);
  if (!language) throw new Error(`no language for ${VOICE}`);
  const rows = await loadVoice(VOICE);
  const whole = async (text: string) => {
    const tokens = toTokens(await toPhonemes(text, language, espeak.phonemes));
    return kokoro.say(tokens, styleRow(rows, tokens.length), 1);
  };
  try {
    await kokoro.load();
    await firstSound(provider, 'Warming up, that is all.');
    await whole('Warming up, that is all.');
    const ratios: number[] = [];
    const factors: number[] = [];
    let words = 0;
    for (const text of TEXTS) {
      words = Math.max(words, Math.abs(text.split(/\s+/).length - 40));
      const firsts: number[] = [];
      const wholes: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        firsts.push(await firstSound(provider, text));
        const once = await milliseconds(() => whole(text));
        wholes.push(once.ms);
        factors.push(once.ms / 1000 / (once.result.samples.length / KOKORO_RATE));
      }
      ratios.push(median(firsts) / median(wholes));
    }
    const worst = Math.max(...ratios);
    return [
      {
        what: 'Kokoro: first sound of a 40-word text against synthesising it whole (worst of 3 texts)',
        reach: 'at most 0.333',
        got: Number(worst.toFixed(3)),
        unit: 'ratio',
        ok: worst <= 1 / 3 && words === 0,
      },
      {
        what: 'Kokoro: synthesis time against length of the sound (median)',
        reach: 'under 1',
        got: Number(median(factors).toFixed(3)),
        unit: 'ratio',
        ok: median(factors) < 1,
      },
    ];
  } finally {
    await Promise.all([provider.close(), kokoro.close(), espeak.close()]);
  }
}
