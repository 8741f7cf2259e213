import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { readVoiceList } from '../../reading/voice-list.ts';
import type { Dialect, ModelKind, ServerFacts } from '../dialect.ts';
import { spokenParameters } from '../expression-parameters.ts';
import { answers, lookUp } from '../look-up.ts';
import { voiceGone } from '../voice-gone.ts';

/** `GET /api/model-info`. Source: devnen/Chatterbox-TTS-Server 2.0.2, server.py. */
const ModelInfo = z.looseObject({
  loaded: z.boolean(),
  type: z.string().nullish(),
  sample_rate: z.number().int().nullish(),
  supports_paralinguistic_tags: z.boolean().optional(),
  available_paralinguistic_tags: z.array(z.string()).nullish(),
  supported_languages: z.record(z.string(), z.string()).nullish(),
});

const KINDS: Readonly<Record<string, ModelKind>> = {
  original: 'original',
  turbo: 'turbo',
  nano: 'turbo',
  multilingual: 'multilingual',
};

/** Voices of the server's own, and recordings a person brought: the two lists are asked for in different fields. */
const PREDEFINED = 'predefined/';
const REFERENCE = 'reference/';

const AT_WORK_MS = 1500;

/** The highest seed numpy takes; 0 is a random one that nobody is told, and -1 makes the server fail. */
const HIGHEST_SEED = 2 ** 32 - 1;

const LISTS = [
  ['/get_predefined_voices', PREDEFINED],
  ['/get_reference_files', REFERENCE],
] as const;

/** devnen/Chatterbox-TTS-Server: whole and streamed answers, voices as files. It has no keys. */
export const devnen: Dialect = {
  name: 'devnen',
  title: 'Chatterbox-TTS-Server (devnen)',

  async probe(client, signal): Promise<ServerFacts | null> {
    const info = await lookUp(client, '/api/model-info', ModelInfo, signal);
    if (!info) return null;
    const model = KINDS[info.type ?? ''] ?? 'unknown';
    return {
      dialect: 'devnen',
      model,
      ready: info.loaded,
      note: info.loaded ? 'The model is loaded.' : 'The model is not loaded: switch it on in the server’s own page.',
      languages: Object.keys(info.supported_languages ?? {}),
      tags: info.supports_paralinguistic_tags ? (info.available_paralinguistic_tags ?? []) : [],
      sampleRate: info.sample_rate ?? 24_000,
    };
  },

  async voices(client, signal) {
    const lists = await Promise.all(
      LISTS.map(async ([path, prefix]) => {
        const list = readVoiceList(await lookUp(client, path, z.unknown(), signal)) ?? [];
        return list.map((voice) => ({ ...voice, id: prefix + voice.id }));
      }),
    );
    return lists.flat();
  },

  speak(request, facts) {
    const seed = request.seed && request.seed > 0 ? Math.min(request.seed, HIGHEST_SEED) : randomInt(1, HIGHEST_SEED);
    const reference = request.voice.startsWith(REFERENCE);
    const file = request.voice.slice((reference ? REFERENCE : PREDEFINED).length);
    return {
      form: 'file',
      seed,
      http: {
        method: 'POST',
        path: '/tts',
        json: {
          ...spokenParameters(request, facts),
          voice_mode: reference ? 'clone' : 'predefined',
          ...(reference ? { reference_audio_filename: file } : { predefined_voice_id: file }),
          output_format: 'wav',
          split_text: true,
          // Left out it is what the server's configuration says, which need not be neutral.
          speed_factor: request.speed,
          seed,
          ...(facts.model === 'multilingual' && request.language ? { language: primary(request.language) } : {}),
          // Older servers do not know it and answer whole.
          stream: true,
        },
      },
    };
  },

  refusal(refusal) {
    const { status, said } = refusal;
    if (status !== 404 || !/voice|reference|file/iu.test(said?.message ?? '')) return null;
    return voiceGone('The Chatterbox server', refusal);
  },

  // While it makes a whole answer it answers nothing else; while it streams it answers, at work or not.
  async isIdle(client, signal) {
    return (await answers(client, '/api/model-info', signal, AT_WORK_MS)) ? null : false;
  },
};

const primary = (tag: string) => tag.split('-')[0]?.toLowerCase() ?? tag;
