import { z } from 'zod';
import { fault } from '../../../../shared/errors.ts';
import { readVoiceList } from '../../reading/voice-list.ts';
import type { Dialect, ServerFacts } from '../dialect.ts';
import { spokenParameters } from '../expression-parameters.ts';
import { lookUp } from '../look-up.ts';
import { voiceGone } from '../voice-gone.ts';

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
const Status = z.looseObject({ is_processing: z.boolean() });

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
    const ready = health.model_loaded && health.status === 'healthy';
    return {
      dialect: 'travisvn',
      model: spoken?.model_type === 'multilingual' ? 'multilingual' : 'original',
      ready,
      note: ready
        ? 'The model is loaded.'
        : (health.initialization_error ?? health.initialization_progress ?? 'The model is not loaded yet.'),
      languages: spoken?.languages.map(({ code }) => code) ?? [],
      tags: [],
      sampleRate: 24_000,
    };
  },

  async voices(client, signal) {
    return readVoiceList(await lookUp(client, '/voices', z.unknown(), signal)) ?? [];
  },

  speak(request, facts) {
    const { text, ...expression } = spokenParameters(request, facts);
    return {
      form: 'events',
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
    const { status, said } = refusal;
    if (said?.code === 'voice_not_found_error') {
      return voiceGone('The Chatterbox server', refusal);
    }
    if (said?.code === 'model_error') {
      return fault('busy', 'The Chatterbox server is still loading its model.', {
        kept: 'Your text and takes are kept.',
        todo: 'Try again in a moment.',
        said: `${status}: ${said.message}`,
      });
    }
    return null;
  },

  async isIdle(client, signal) {
    const status = await lookUp(client, '/v1/status', Status, signal);
    return status === null ? null : !status.is_processing;
  },
};
