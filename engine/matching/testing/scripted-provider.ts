import type { ParameterSpec } from '../../../shared/controls/controls.ts';
import type { PastSpeech } from '../../../shared/schemas/past-speech.ts';
import type { Model, ProviderHealth, Voice } from '../../../shared/schemas/voice.ts';
import type { Provider, SpeechRequest, SpeechStream } from '../../providers/provider.ts';

/** Hz. */
export const SCRIPT_RATE = 24_000;

/** What a provider of a test does. */
export interface Script {
  id?: string;
  voices?: Partial<Voice>[];
  parameters?: ParameterSpec[];
  maxCharacters?: number;
  /** Of each character, in `credits`; null where nothing costs. */
  price?: number | null;
  bills?: boolean;
  /** What is really billed, times what was said. */
  dearer?: number;
  /** Waits, or throws what it fails with. */
  before?(request: SpeechRequest, signal: AbortSignal): Promise<void> | void;
  status?: ProviderHealth['status'];
  past?: Pick<PastSpeech, 'id' | 'text'>[];
  /** What hearing the past fails with. */
  pastFault?: Error;
  preview?: Int16Array;
}

/** A provider in this process that does as a test says, and the requests it got. */
export interface ScriptedProvider extends Provider {
  readonly requests: SpeechRequest[];
  /** Past sounds and previews that were fetched. */
  readonly fetched: string[];
  readonly model: Model;
}

const CURRENCY = 'credits';

/** Samples of a sound that differs from request to request. */
export function scriptedSound(seconds = 1): Int16Array {
  return Int16Array.from({ length: SCRIPT_RATE * seconds }, (_, at) => 8000 * Math.sin(at / 20));
}

function streamOf(samples: Int16Array, cost: SpeechStream['cost']): SpeechStream {
  async function* chunks() {
    yield samples;
  }
  const whole = { sampleRate: SCRIPT_RATE, totalSamples: samples.length, request: {}, seed: null };
  return { ...whole, chunks: chunks(), cost };
}

const FREE = () => ({ estimated: 0, billed: 0, currency: '' });

export function scriptedProvider(script: Script = {}): ScriptedProvider {
  const { id = 'test', price = null, dearer = 1, voices = [{}], past, preview } = script;
  const requests: SpeechRequest[] = [];
  const fetched: string[] = [];
  const health = (): ProviderHealth => ({
    id,
    kind: 'test',
    name: 'Test',
    status: script.status ?? 'ready',
    latencyMs: null,
    note: '',
  });
  const model: Model = {
    id: 'one',
    provider: id,
    name: 'One',
    description: '',
    sampleRate: SCRIPT_RATE,
    capabilities: {
      speed: null,
      pitch: null,
      volume: null,
      emotion: { names: [], note: '' },
      seed: null,
      parameters: script.parameters ?? [],
      maxCharacters: script.maxCharacters ?? 1000,
      streams: true,
    },
  };
  const all = voices.map(
    (more, at): Voice => ({
      id: `${id}:v${at}`,
      provider: id,
      model: 'one',
      name: `Voice ${at}`,
      languages: ['en'],
      accent: '',
      gender: 'unknown',
      description: '',
      experimental: false,
      blend: null,
      ...more,
    }),
  );
  const estimate = (_: string, characters: number) =>
    price === null ? null : { amount: characters * price, currency: CURRENCY };
  return {
    id,
    kind: 'test',
    name: 'Test',
    ...(script.bills === undefined ? {} : { bills: script.bills }),
    requests,
    fetched,
    model,
    health,
    probe: async () => health(),
    voices: async () => all,
    models: async () => [model],
    async stream(request, signal) {
      requests.push(request);
      await script.before?.(request, signal);
      const cost = estimate('one', [...request.text].length);
      const { amount = 0, currency = '' } = cost ?? {};
      return streamOf(scriptedSound(), () => ({ estimated: amount, billed: amount * dearer, currency }));
    },
    estimate,
    ...(past
      ? {
          pastSpeech: async (voice: string, most: number) => {
            if (script.pastFault) throw script.pastFault;
            const more = { voiceId: `${id}:${voice}`, modelId: null, settings: {}, at: null };
            return past.slice(0, most).map((one) => ({ ...one, ...more, characters: one.text.length }));
          },
          pastSound: async (item: string) => {
            fetched.push(item);
            return streamOf(scriptedSound(4), FREE);
          },
        }
      : {}),
    ...(preview
      ? {
          preview: async (voice: string) => {
            fetched.push(`preview ${voice}`);
            return streamOf(preview, FREE);
          },
        }
      : {}),
    close: async () => undefined,
  };
}
