import { createHash } from 'node:crypto';
import { type Fault, fault, toFault } from '../../../shared/errors.ts';
import type { BlendRequest, ProviderHealth, Voice } from '../../../shared/schemas/voice.ts';
import type { StoredBlend } from '../../library/library.ts';
import type { Provider, SpeechRequest, SpeechStream } from '../provider.ts';
import type { PartTimings } from '../speech/join-timings.ts';
import { untilAborted } from '../until-aborted.ts';
import { builtinModels } from './capabilities.ts';
import { EspeakEngine } from './espeak-engine.ts';
import { speakEspeak } from './espeak-speech.ts';
import { espeakVoice, namedVoices } from './espeak-voices.ts';
import { KokoroEngine } from './kokoro-engine.ts';
import { speakKokoro } from './kokoro-speech.ts';
import { BLEND_PREFIX, blendVoice, kokoroVoices, usableBlends } from './kokoro-voices.ts';
import { KOKORO_RATE } from './speech-sound.ts';
import { startedStream } from './started-stream.ts';
import { Turns, turnsOfTake } from './turns.ts';
import { localId, PROVIDER_ID, parseVoiceId, publicId, unknownVoice } from './voice-ids.ts';

export interface BuiltinOptions {
  /** Where the joined model lies, or is put. */
  modelFolder: string;
  blends: () => StoredBlend[];
  addBlend: (blend: StoredBlend) => void;
  /** @param id the voice's id without the `provider:` prefix */
  removeBlend: (id: string) => void;
  onHealth: (health: ProviderHealth) => void;
  /** How far the model's preparation is: 0-1, or null where that cannot be told. */
  onProgress: (label: string, progress: number | null, done: boolean) => void;
}

/** The studio's own voices: Kokoro-82M and eSpeak NG, each in a worker thread. */
export function createBuiltinProvider(options: BuiltinOptions): Provider {
  let failure: Fault | null = null;

  function health(): ProviderHealth {
    const base = { id: PROVIDER_ID, kind: 'builtin', name: 'Built-in', latencyMs: null };
    if (failure) return { ...base, status: 'failed', note: failure.message };
    if (kokoro.loading) return { ...base, status: 'loading', note: 'The Kokoro voices are being prepared.' };
    if (kokoro.ready) return { ...base, status: 'ready', note: 'Kokoro and eSpeak are ready.' };
    return { ...base, status: 'idle', note: 'Kokoro loads with the first take; eSpeak is instant.' };
  }

  function report(next: Fault | null): void {
    failure = next;
    options.onHealth(health());
  }

  const died = (name: string) => (why: string) =>
    report({
      code: 'provider_fault',
      message: `The ${name} engine stopped and starts anew with the next take.`,
      said: why,
    });
  const espeak = new EspeakEngine(died('eSpeak'));
  const kokoro = new KokoroEngine(
    options.modelFolder,
    (label, progress, done) => {
      options.onProgress(label, progress, done);
      if (progress === null && !done) report(null);
    },
    died('Kokoro'),
  );
  // One turn for each engine: a long neural take does not hold up eSpeak.
  const turns = { kokoro: new Turns(), espeak: new Turns() };

  async function ready(signal: AbortSignal): Promise<void> {
    const wasReady = kokoro.ready;
    try {
      await untilAborted(signal, kokoro.load());
    } catch (thrown) {
      const said = toFault(thrown);
      if (said.code !== 'cancelled') report(said);
      throw thrown;
    }
    if (!wasReady || failure) report(null);
  }

  async function speak(request: SpeechRequest, signal: AbortSignal, told: PartTimings[]) {
    const { model, name } = parseVoiceId(request.voice);
    if (model === 'espeak') {
      const { sampleRate } = await untilAborted(signal, espeak.voices());
      const own = turnsOfTake(turns.espeak);
      return { sampleRate, own, sound: speakEspeak({ espeak, turns: own.turns }, name, request, signal, told) };
    }
    await ready(signal);
    const own = turnsOfTake(turns.kokoro);
    const parts = { kokoro, espeak, turns: own.turns, blends: () => usableBlends(options.blends()) };
    return { sampleRate: KOKORO_RATE, own, sound: speakKokoro(parts, name, request, signal, told) };
  }

  async function stream(request: SpeechRequest, signal: AbortSignal): Promise<SpeechStream> {
    const told: PartTimings[] = [];
    const { sampleRate, sound, own } = await speak(request, signal, told);
    const started = await startedStream(request, sampleRate, sound, signal, told);
    const sentAt = own.cameAt();
    return sentAt === undefined ? started : { ...started, sentAt };
  }

  function findBlend(id: string): StoredBlend | undefined {
    return options.blends().find((blend) => localId(blend.id) === localId(id));
  }

  async function blend(request: BlendRequest): Promise<Voice> {
    const known = new Set(kokoroVoices().map((voice) => voice.id));
    for (const { voice } of request.parts) {
      if (known.has(publicId(localId(voice)))) continue;
      if (localId(voice).startsWith(BLEND_PREFIX) || parseVoiceId(voice).model === 'espeak') {
        throw fault('unsupported', 'Only Kokoro’s own voices can be blended.', { param: 'parts' });
      }
      throw unknownVoice(voice);
    }
    const sum = request.parts.reduce((total, part) => total + part.weight, 0);
    const parts = request.parts.map(({ voice, weight }) => ({ voice: publicId(localId(voice)), weight: weight / sum }));
    if (new Set(parts.map(({ voice }) => voice)).size < parts.length) {
      throw fault('invalid', 'A blend needs two different voices.', { param: 'parts' });
    }
    const hash = createHash('sha256')
      .update(JSON.stringify([request.name, parts]))
      .digest('hex')
      .slice(0, 8);
    const stored: StoredBlend = { id: `${BLEND_PREFIX}${hash}`, name: request.name, parts };
    if (!findBlend(stored.id)) options.addBlend(stored);
    return blendVoice(stored);
  }

  return {
    id: PROVIDER_ID,
    kind: 'builtin',
    name: 'Built-in',
    health,
    async probe(signal) {
      try {
        await untilAborted(signal, espeak.voices());
        if (failure?.code === 'provider_fault') report(null);
      } catch (thrown) {
        report(toFault(thrown));
      }
      return health();
    },
    async voices(signal) {
      const list = await untilAborted(signal, espeak.voices());
      const espeakList = [...namedVoices(list.voices)].map(([name, voice]) => espeakVoice(name, voice));
      return [...usableBlends(options.blends()).map(blendVoice), ...kokoroVoices(), ...espeakList];
    },
    async models(signal) {
      const { sampleRate } = await untilAborted(signal, espeak.voices());
      return builtinModels(sampleRate);
    },
    stream,
    estimate: () => null,
    async warm(model) {
      if (model === 'kokoro') await ready(new AbortController().signal).catch(() => undefined);
    },
    blend,
    async removeBlend(id) {
      const found = findBlend(id);
      if (!found) throw unknownVoice(id);
      options.removeBlend(found.id);
    },
    async close() {
      await Promise.all([kokoro.close(), espeak.close()]);
    },
  };
}
