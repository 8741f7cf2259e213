import { z } from 'zod';
import { dbToRatio, semitonesToRatio } from '../../../../shared/controls/ratios.ts';
import { GatewayHealth } from '../../../../shared/schemas/gateway.ts';
import { shortWords } from '../../reading/short-words.ts';
import { readVoiceList } from '../../reading/voice-list.ts';
import type { Dialect, ServerFacts } from '../dialect.ts';
import { plainText } from '../expression-parameters.ts';
import { lookUp } from '../look-up.ts';
import { voiceGone } from '../voice-gone.ts';

/** What every server of this kind says; more where it is Timbre's own gateway. */
const Health = z.union([GatewayHealth, z.looseObject({ status: z.string(), version: z.string().optional() })]);

/** The REST dialect, which Timbre's gateway speaks too: settings as ratios, WAV as it is made. */
export const rest: Dialect = {
  name: 'rest',
  title: 'REST (/api/v1/tts)',

  async probe(client, signal): Promise<ServerFacts | null> {
    const voices = await lookUp(client, '/api/v1/voices', z.looseObject({ voices: z.array(z.unknown()) }), signal);
    if (!voices) return null;
    const health = await lookUp(client, '/health', Health, signal);
    const ready = health === null || ['healthy', 'ok', 'degraded'].includes(health.status);
    return {
      dialect: 'rest',
      model: 'unknown',
      ready,
      note: ready ? 'The server is ready.' : shortWords(`The server says that it is ${health?.status}.`),
      languages: [],
      tags: [],
      sampleRate: 24_000,
    };
  },

  async voices(client, signal) {
    return readVoiceList(await lookUp(client, '/api/v1/voices', z.unknown(), signal)) ?? [];
  },

  speak(request) {
    const { emotion } = request;
    return {
      form: 'file',
      soon: true,
      seed: null,
      http: {
        method: 'POST',
        path: '/api/v1/tts',
        json: {
          text: plainText(request),
          voice_id: request.voice,
          settings: {
            speed: request.speed,
            pitch: semitonesToRatio(request.pitch),
            volume: dbToRatio(request.volume),
            ...(emotion.name === 'neutral' ? {} : { emotion: emotion.name }),
          },
        },
      },
    };
  },

  refusal(refusal) {
    const { status, said } = refusal;
    // Not every server names its reason; one that names another one means that.
    const named = said?.code ?? (status === 404 ? 'unknown_voice' : null);
    return named === 'unknown_voice' ? voiceGone('The server', refusal) : null;
  },
};
