import { randomInt } from 'node:crypto';
import { FormData } from 'undici';
import { z } from 'zod';
import { fault } from '../../../../shared/errors.ts';
import { readVoiceList } from '../../reading/voice-list.ts';
import { bareTag } from '../../speech/paralinguistic-tags.ts';
import type { Dialect, ModelKind, ServerFacts } from '../dialect.ts';
import { spokenParameters } from '../expression-parameters.ts';
import { answers, lookUp } from '../look-up.ts';
import { asFile, contentName } from '../recording-name.ts';
import { modelLoading, voiceGone } from '../voice-gone.ts';

/** `GET /api/model-info`. Source: devnen/Chatterbox-TTS-Server 2.0.2, server.py. */
const ModelInfo = z.looseObject({
  loaded: z.boolean(),
  type: z.string().nullish(),
  sample_rate: z.number().int().nullish(),
  supports_paralinguistic_tags: z.boolean().optional(),
  available_paralinguistic_tags: z.array(z.string().transform(bareTag)).nullish(),
  turbo_available_in_package: z.boolean().optional(),
  multilingual_available_in_package: z.boolean().optional(),
  supported_languages: z.record(z.string(), z.string()).nullish(),
});

type ModelInfo = z.infer<typeof ModelInfo>;

/** `POST /upload_reference`: 400 has the same body where none was taken. */
const Uploaded = z.looseObject({
  uploaded_files: z.array(z.string()),
  errors: z.array(z.looseObject({ error: z.string() })).nullish(),
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

/** Longest recording, in seconds (config.yaml, max_reference_duration_sec), and what Turbo’s must be longer than. */
const LONGEST_REFERENCE = 30;
const TURBO_REFERENCE = 5;

/** How long an upload and a change of the model may take to be answered, in ms: it loads while it answers. */
const UPLOAD_MS = 120_000;
const LOAD_MS = 300_000;

/** What each model is asked for by. Source: devnen/Chatterbox-TTS-Server, config.yaml. */
const REPOSITORIES: Readonly<Partial<Record<ModelKind, string>>> = {
  original: 'chatterbox',
  turbo: 'chatterbox-turbo',
  multilingual: 'chatterbox-multilingual',
};

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
      ...choicesOf(info),
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
      // Builds before May 2026 answer whole.
      soon: false,
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
    const message = said?.message ?? '';
    if (status === 404 && /voice|reference|file/iu.test(message)) return voiceGone('The Chatterbox server', refusal);
    if (status !== 503 || !/not currently loaded/iu.test(message)) return null;
    return modelLoading(refusal);
  },

  // While it makes a whole answer it answers nothing else; while it streams it answers, at work or not.
  async isIdle(client, signal, answersWhole) {
    const answered = await answers(client, '/api/model-info', signal, AT_WORK_MS);
    return { idle: answered ? answersWhole || null : false, note: '' };
  },

  cloning: ({ model }) => ({
    types: ['wav', 'mp3'],
    mostBytes: null,
    leastSeconds: model === 'turbo' ? TURBO_REFERENCE : null,
    mostSeconds: LONGEST_REFERENCE,
    languages: [],
  }),

  // A name that exists is skipped, and said to be uploaded: only one that no other recording has is safe.
  async upload(client, recording, signal) {
    const form = new FormData();
    form.append('files', asFile(recording, contentName(recording)));
    const asked = { method: 'POST', path: '/upload_reference', form, signal, firstByteMs: UPLOAD_MS } as const;
    const { uploaded_files, errors } = await client.json(asked, Uploaded);
    const [name] = uploaded_files;
    const list =
      name === undefined ? null : readVoiceList(await lookUp(client, '/get_reference_files', z.unknown(), signal));
    if (name !== undefined && list?.some(({ id }) => id === name)) return REFERENCE + name;
    throw fault('provider_fault', 'The Chatterbox server did not keep the recording.', {
      kept: 'The recording is kept where it was.',
      todo: 'See whether it plays elsewhere, and save it anew as WAV.',
      ...(errors?.[0] ? { said: errors[0].error } : {}),
    });
  },

  async loadModel(client, model, signal) {
    const save = { path: '/save_settings', json: { model: { repo_id: REPOSITORIES[model] } } };
    for (const { firstByteMs, ...call } of [
      { ...save, firstByteMs: UPLOAD_MS },
      { path: '/restart_server', json: {}, firstByteMs: LOAD_MS },
    ]) {
      const { release } = await client.ask({ method: 'POST', ...call, signal, firstByteMs });
      release();
    }
  },
};

/** Models it can be switched to; nothing for builds that do not say what they have. */
function choicesOf(info: ModelInfo): Pick<ServerFacts, 'choices'> {
  const { turbo_available_in_package: turbo, multilingual_available_in_package: multilingual } = info;
  if (turbo === undefined && multilingual === undefined) return {};
  return {
    choices: ['original', ...(turbo ? (['turbo'] as const) : []), ...(multilingual ? (['multilingual'] as const) : [])],
  };
}

const primary = (tag: string) => tag.split('-')[0]?.toLowerCase() ?? tag;
