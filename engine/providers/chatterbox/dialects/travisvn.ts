import { FormData } from 'undici';
import { z } from 'zod';
import { shortWords } from '../../reading/short-words.ts';
import { readVoiceList } from '../../reading/voice-list.ts';
import { bareTag } from '../../speech/paralinguistic-tags.ts';
import { type Dialect, EXPRESSIONS, type ExpressionName, type ModelKind, type ServerFacts } from '../dialect.ts';
import { spokenParameters } from '../expression-parameters.ts';
import { lookUp } from '../look-up.ts';
import { asFile } from '../recording-name.ts';
import { modelLoading, refusedAs, voiceGone } from '../voice-gone.ts';
import { travisvnAliases } from './travisvn-aliases.ts';

/** `GET /health`. Source: travisvn/chatterbox-tts-api 2.1.0, app/. It is 200 also where something is wrong. */
const Health = z.looseObject({
  status: z.string(),
  model_loaded: z.boolean(),
  initialization_state: z.string().nullish(),
  initialization_progress: z.string().nullish(),
  initialization_error: z.string().nullish(),
});
const Languages = z.looseObject({
  languages: z.array(z.looseObject({ code: z.string() })),
  model_type: z.string().nullish(),
});
/** `GET /v1/status`; the same path without `/v1` is another call. */
const Status = z.looseObject({
  is_processing: z.boolean(),
  progress: z.looseObject({ current_chunk: z.number(), total_chunks: z.number() }).nullish(),
});
/** `GET /capabilities` of builds with pull request 74. */
const Capable = z.looseObject({
  model_type: z.string(),
  supports_paralinguistic_tags: z.boolean().optional(),
  paralinguistic_tags: z.array(z.string().transform(bareTag)).nullish(),
  supports_exaggeration: z.boolean().optional(),
  supports_cfg_weight: z.boolean().optional(),
  supports_temperature: z.boolean().optional(),
});
type Capable = z.infer<typeof Capable>;

const MODELS: Readonly<Record<string, ModelKind>> = {
  standard: 'original',
  multilingual: 'multilingual',
  turbo: 'turbo',
};

/** Recordings it takes. Source: travisvn/chatterbox-tts-api 2.1.0, app/. */
const TYPES = ['wav', 'mp3', 'flac', 'm4a', 'ogg'];
const MOST_BYTES = 10 * 1024 * 1024;
/** How long an upload may take to be answered, in ms. */
const UPLOAD_MS = 120_000;

/** Characters a streamed answer is made in at a time: sentences, so that sound begins soon. */
const CHUNK_CHARACTERS = 200;

/** travisvn/chatterbox-tts-api: answers as events, a library of voices with languages. It takes no seed and no speed. */
export const travisvn: Dialect = {
  name: 'travisvn',
  title: 'Chatterbox TTS API (travisvn)',
  answersUnknownVoices: true,

  async probe(client, signal): Promise<ServerFacts | null> {
    const health = await lookUp(client, '/health', Health, signal);
    if (!health) return null;
    const spoken = await lookUp(client, '/languages', Languages, signal);
    const capable = await lookUp(client, '/capabilities', Capable, signal);
    const ready = health.model_loaded && health.status === 'healthy';
    return {
      dialect: 'travisvn',
      model: MODELS[capable?.model_type ?? spoken?.model_type ?? ''] ?? 'original',
      ready,
      note: ready
        ? 'The model is loaded.'
        : shortWords(health.initialization_error ?? health.initialization_progress ?? 'The model is not loaded yet.'),
      languages: spoken?.languages.map(({ code }) => code) ?? [],
      tags: capable?.supports_paralinguistic_tags ? (capable.paralinguistic_tags ?? []) : [],
      sampleRate: 24_000,
      ...(capable ? { honours: honouredBy(capable) } : {}),
    };
  },

  async voices(client, signal) {
    return readVoiceList(await lookUp(client, '/voices', z.unknown(), signal)) ?? [];
  },

  speak(request, facts) {
    const { text, ...expression } = spokenParameters(request, facts);
    return {
      form: 'events',
      soon: true,
      seed: null,
      http: {
        method: 'POST',
        path: '/v1/audio/speech',
        json: {
          input: text,
          voice: request.voice,
          stream_format: 'sse',
          streaming_chunk_size: CHUNK_CHARACTERS,
          streaming_strategy: 'sentence',
          ...expression,
        },
      },
    };
  },

  refusal(refusal) {
    switch (refusal.said?.code) {
      case 'voice_not_found_error':
        return voiceGone('The Chatterbox server', refusal);
      case 'model_error':
        return modelLoading(refusal);
      case 'voice_exists_error':
        return refusedAs(refusal, {
          code: 'conflict',
          message: 'The Chatterbox server has another voice of this name.',
          kept: 'Its voice and your recording are kept.',
          todo: 'Choose another name.',
          param: 'name',
        });
      case 'alias_exists_error':
        return refusedAs(refusal, {
          code: 'conflict',
          message: 'Another voice of the Chatterbox server has this name.',
          kept: 'All names are as they were.',
          todo: 'Take the name from that voice first, or choose another name.',
          param: 'alias',
        });
      default:
        return null;
    }
  },

  aliases: travisvnAliases,

  async isIdle(client, signal) {
    const status = await lookUp(client, '/v1/status', Status, signal);
    const { progress } = status ?? {};
    return {
      idle: status === null ? null : !status.is_processing,
      note: status?.is_processing && progress ? `At piece ${progress.current_chunk} of ${progress.total_chunks}.` : '',
    };
  },

  cloning: ({ model, languages }) => ({
    types: TYPES,
    mostBytes: MOST_BYTES,
    leastSeconds: null,
    mostSeconds: null,
    languages: model === 'multilingual' ? languages : [],
  }),

  async upload(client, recording, signal) {
    const { name, language } = recording;
    const form = new FormData();
    form.set('voice_name', name);
    form.set('language', language ?? 'en');
    form.set('voice_file', asFile(recording, name));
    const { release } = await client.ask({ method: 'POST', path: '/voices', form, signal, firstByteMs: UPLOAD_MS });
    release();
    return name;
  },
};

/** What the model honours, as the server says. */
function honouredBy(capable: Capable): ExpressionName[] {
  return EXPRESSIONS.filter((name) => capable[`supports_${name}`] !== false);
}
