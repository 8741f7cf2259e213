import { fileURLToPath } from 'node:url';
import { EspeakEngine } from '../engine/providers/builtin/espeak-engine.ts';
import { KokoroEngine } from '../engine/providers/builtin/kokoro-engine.ts';
import { loadVoice, styleRow } from '../engine/providers/builtin/kokoro-styles.ts';
import { toPhonemes } from '../engine/providers/builtin/kokoro-text.ts';
import { toTokens } from '../engine/providers/builtin/kokoro-tokens.ts';
import { languageOfVoice } from '../engine/providers/builtin/kokoro-voices.ts';
import { KOKORO_RATE } from '../engine/providers/builtin/speech-sound.ts';
import { type SpeechFeatures, speechFeatures } from '../shared/alignment/speech-features.ts';
import { NEUTRAL_STUDIO, type StudioSettings } from '../shared/controls/controls.ts';
import { CHAIN_RATE } from '../shared/sound/chain-format.ts';
import { renderOffline } from '../shared/sound/chain-offline.ts';
import { testSpeech } from '../shared/sound/testing/speech.ts';

const MODELS =
  process.env.TIMBRE_MODELS ?? fileURLToPath(new URL('../node_modules/.cache/timbre/models', import.meta.url));

/** Speech with the true times of its words, in s, in order. */
export interface Spoken {
  samples: Int16Array;
  sampleRate: number;
  features: SpeechFeatures;
  words: number[];
}

export type Manner = NonNullable<Parameters<typeof testSpeech>[1]>;

/** eSpeak NG, whose events are the truth. Words that it runs together count as one. */
export async function espeakSpeech(text: string, manner: Manner): Promise<Spoken> {
  const { samples, sampleRate, words } = await testSpeech(text, manner);
  return { samples, sampleRate, features: speechFeatures(samples, sampleRate), words: words.map(({ time }) => time) };
}

/** The sound as the studio makes it: faster and higher, the words where they are then. */
export async function throughStudio(spoken: Spoken, studio: Partial<StudioSettings>): Promise<Spoken> {
  const settings = { ...NEUTRAL_STUDIO, ...studio };
  const sound = await renderOffline(spoken.samples, spoken.sampleRate, settings);
  const words = spoken.words.map((time) => time / settings.speed);
  return { ...spoken, sampleRate: CHAIN_RATE, features: speechFeatures(sound, CHAIN_RATE), words };
}

/** Kokoro with the beginnings of its words by the model's own token durations. */
export class KokoroSpeech {
  readonly #espeak = new EspeakEngine(() => undefined);
  readonly #kokoro = new KokoroEngine(
    MODELS,
    () => undefined,
    () => undefined,
  );

  async say(text: string, voice: string, speed = 1): Promise<Spoken> {
    const phonemes = await toPhonemes(text, languageOfVoice(voice), this.#espeak.phonemes);
    const tokens = toTokens(phonemes);
    const { samples, tokens: times } = await this.#kokoro.say(
      tokens,
      styleRow(await loadVoice(voice), tokens.length),
      speed,
    );
    const words: number[] = [];
    const [space] = toTokens(' ');
    let fresh = true;
    tokens.forEach((token, at) => {
      if (token === space) fresh = true;
      else if (fresh) {
        words.push(times[at] ?? Number.NaN);
        fresh = false;
      }
    });
    return { samples, sampleRate: KOKORO_RATE, features: speechFeatures(samples, KOKORO_RATE), words };
  }

  async close(): Promise<void> {
    await Promise.all([this.#kokoro.close(), this.#espeak.close()]);
  }
}
