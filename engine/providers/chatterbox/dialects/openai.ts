import { z } from 'zod';
import type { HttpClient } from '../../http/http-client.ts';
import { type ListedVoice, readVoiceList } from '../../reading/voice-list.ts';
import type { Dialect, ServerFacts } from '../dialect.ts';
import { spokenParameters } from '../expression-parameters.ts';
import { lookUp } from '../look-up.ts';
import { voiceGone } from '../voice-gone.ts';

/** `GET /v1/models`, or TTS-WebUI's `/v1/audio/models`. */
const Models = z.union([
  z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) }).transform(({ data }) => data),
  z.looseObject({ models: z.array(z.looseObject({ id: z.string() })) }).transform(({ models }) => models),
]);

const isChatterbox = (id: string) => /chatterbox/iu.test(id);
/** Characters one request may have. Source: OpenAI, “Create speech”. */
export const OPENAI_CHARACTERS = 4096;

/** The voice of a server that lists none, LocalAI for example: it is asked for by naming none. */
const OWN_VOICE = 'server-default';

/** The first list of voices that a server has and that is not empty; an empty one where all are; null where it has none. */
async function firstList(client: HttpClient, paths: string[], signal: AbortSignal): Promise<ListedVoice[] | null> {
  let empty: ListedVoice[] | null = null;
  for (const path of paths) {
    const list = readVoiceList(await lookUp(client, path, z.unknown(), signal));
    if (list?.length) return list;
    empty ??= list;
  }
  return empty;
}

/**
 * Servers that speak as OpenAI does. What is Chatterbox's own goes in `params`, as TTS-WebUI and LocalAI take it (numbers
 * there, text here: both read text); others pass over it.
 */
export const openai: Dialect = {
  name: 'openai',
  title: 'OpenAI-compatible (/v1/audio/speech)',

  async probe(client, signal): Promise<ServerFacts | null> {
    const voices = await firstList(client, ['/v1/audio/voices', '/voices'], signal);
    const models =
      (await lookUp(client, '/v1/audio/models', Models, signal)) ??
      (await lookUp(client, '/v1/models', Models, signal));
    if (voices === null && models === null) return null;
    return {
      dialect: 'openai',
      model: 'unknown',
      ready: true,
      note: 'The server is ready.',
      languages: [],
      tags: [],
      sampleRate: 24_000,
      ...(models ? { modelId: models.find(({ id }) => isChatterbox(id))?.id ?? models[0]?.id } : {}),
    };
  },

  async voices(client, signal) {
    // TTS-WebUI has a list for each of its models.
    const list = await firstList(client, ['/v1/audio/voices/chatterbox', '/v1/audio/voices', '/voices'], signal);
    return list ?? [{ id: OWN_VOICE, name: 'The server’s own voice', languages: [], aliases: [] }];
  },

  speak(request, facts) {
    const { text, ...expression } = spokenParameters(request, facts);
    const [language = 'en'] = request.language?.toLowerCase().split('-') ?? [];
    const foreign = language !== 'en';
    const params = {
      ...expression,
      ...(request.seed === null ? {} : { seed: request.seed }),
      ...(foreign ? { language_id: language } : {}),
    };
    return {
      form: 'file',
      soon: false,
      seed: request.seed,
      http: {
        method: 'POST',
        path: '/v1/audio/speech',
        json: {
          model: facts.modelId ?? 'chatterbox',
          input: text,
          ...(request.voice === OWN_VOICE ? {} : { voice: request.voice }),
          response_format: 'wav',
          speed: request.speed,
          ...(foreign ? { language } : {}),
          params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)])),
        },
      },
    };
  },

  refusal(refusal) {
    const { status, said } = refusal;
    if (!/voice/iu.test(said?.message ?? '') || (status !== 404 && status !== 400)) return null;
    return voiceGone('The server', refusal);
  },
};
