import { sendDetail } from './fastapi.ts';
import { type Exchange, type Handler, sendJson } from './peer.ts';
import { type NamedVoice, numberedVoice } from './peer-voices.ts';

export const OPENAI_VARIANTS = ['tts-webui', 'localai', 'kokoro-fastapi'] as const;
export type OpenAiVariant = (typeof OPENAI_VARIANTS)[number];

/** What is asked for, as far as the kinds of servers differ in it. */
interface Asked {
  speed: number;
  params: Record<string, unknown>;
}

/** One way OpenAI's dialect is spoken. */
export interface OpenAiKind {
  /** What is sent where no format is asked for. */
  format: 'wav' | 'mp3';
  /** Whether the bytes are WAV whatever the content type says. */
  alwaysWav: boolean;
  /** Whether `speed` does anything. */
  speed: boolean;
  streams(asked: boolean | null | undefined): boolean;
  /** Null where the name is refused. */
  find(voice: string): NamedVoice | null;
  /** What is wrong with a request in this kind's own eyes. */
  wrong?(asked: Asked): { status: number; body: object } | null;
  unauthorised(exchange: Exchange): void;
  unknownVoice(exchange: Exchange, voice: string): void;
  failed(exchange: Exchange, why: string): void;
  /** Behind the key. */
  routes: Record<string, Handler>;
  /** Before the key. */
  open: Record<string, Handler>;
}

const json =
  (body: unknown): Handler =>
  ({ response }) =>
    sendJson(response, 200, body);

const WEBUI_VOICES = [
  'random',
  'voices/chatterbox/anna.wav',
  'voices/chatterbox/ben.wav',
  'voices/chatterbox/carla.wav',
];
const LOCALAI_VOICES = ['anna', 'ben', 'carla'];
const KOKORO_VOICES = ['af_heart', 'af_bella', 'am_adam', 'bf_emma', 'bm_george'];

/** Any name is taken: a number that stands for the name, so that each has a voice. */
const anyVoice = (names: readonly string[], name: string): NamedVoice => {
  const at = names.indexOf(name);
  return numberedVoice(name, at < 0 ? names.length : at);
};

/** rsxdalv's openai_tts_api in TTS-WebUI: what is labelled as mp3 is WAV. */
const webui: OpenAiKind = {
  format: 'wav',
  alwaysWav: true,
  speed: false,
  streams: (asked) => asked ?? true,
  find: (voice) => anyVoice(WEBUI_VOICES, voice || 'random'),
  unauthorised: ({ response }) => {
    response.writeHead(401, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('Unauthorized: invalid API key');
  },
  unknownVoice: (exchange) => sendDetail(exchange, 500, 'No such voice'),
  failed: (exchange, why) => sendDetail(exchange, 500, why),
  routes: {
    'GET /v1/audio/voices': json({ voices: WEBUI_VOICES.map((id) => ({ id, name: id })) }),
    'GET /v1/audio/voices/:model': json({ voices: WEBUI_VOICES.map((value) => ({ label: value, value })) }),
    'GET /v1/audio/models': json({ models: [{ id: 'chatterbox' }, { id: 'kokoro' }] }),
  },
  open: {},
};

/** LocalAI: settings come as texts, and its errors are OpenAI's. */
const localai: OpenAiKind = {
  format: 'wav',
  alwaysWav: false,
  speed: true,
  streams: (asked) => asked ?? false,
  find: (voice) => anyVoice(LOCALAI_VOICES, voice || 'anna'),
  wrong: ({ speed, params }) => {
    const said = (message: string) => ({ status: 400, body: { error: { code: 400, message, type: '' } } });
    if (speed === 0) return said('speed must be greater than 0');
    const other = Object.entries(params).find(([, value]) => typeof value !== 'string');
    const typed = typeof other?.[1];
    return other ? said(`json: cannot unmarshal ${typed} into Go struct field TTSRequest.params of type string`) : null;
  },
  unauthorised: ({ response }) =>
    sendJson(response, 401, { error: { code: 401, message: 'An authentication key is required', type: '' } }),
  unknownVoice: ({ response }) => sendJson(response, 500, { error: { code: 500, message: 'no such voice', type: '' } }),
  failed: ({ response }, why) =>
    sendJson(response, 500, { error: { code: 500, message: `rpc error: code = Unknown desc = ${why}`, type: '' } }),
  routes: {
    'GET /v1/models': json({ object: 'list', data: [{ id: 'chatterbox', object: 'model' }] }),
  },
  open: {},
};

/** remsky/Kokoro-FastAPI: mp3 unless something else is asked for, and no voice but its own. */
const kokoro: OpenAiKind = {
  format: 'mp3',
  alwaysWav: false,
  speed: true,
  streams: (asked) => asked ?? true,
  find: (voice) => {
    const at = KOKORO_VOICES.indexOf(voice || 'af_heart');
    return at < 0 ? null : numberedVoice(voice || 'af_heart', at, voice.startsWith('b') ? 'en-gb' : 'en-us');
  },
  unauthorised: (exchange) => sendDetail(exchange, 401, 'Not authenticated'),
  unknownVoice: (exchange, voice) => {
    const message = `Voice '${voice}' not found. Available voices: ${KOKORO_VOICES.join(', ')}`;
    sendDetail(exchange, 400, { error: 'validation_error', message, type: 'invalid_request_error' });
  },
  failed: (exchange, message) =>
    sendDetail(exchange, 500, { error: 'processing_error', message, type: 'server_error' }),
  routes: {
    'GET /v1/audio/voices': ({ response, url }) =>
      sendJson(response, 200, {
        voices:
          url.searchParams.get('legacy') === 'true' ? KOKORO_VOICES : KOKORO_VOICES.map((id) => ({ id, name: id })),
      }),
    'GET /v1/models': json({ object: 'list', data: [{ id: 'kokoro', object: 'model' }] }),
  },
  open: { 'GET /health': json({ status: 'healthy' }) },
};

const KINDS: Readonly<Record<OpenAiVariant, OpenAiKind>> = { 'tts-webui': webui, localai, 'kokoro-fastapi': kokoro };

export const variantOf = (variant: OpenAiVariant): OpenAiKind => KINDS[variant];
