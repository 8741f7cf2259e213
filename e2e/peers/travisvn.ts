import { z } from 'zod';
import { bytesToS16, s16ToBytes, s16ToFloat } from '../../shared/sound/pcm.ts';
import { asUvicorn, otherwise, sendDetail, takeBody, takeFields, takeForm, wordsFor } from './fastapi.ts';
import { type Exchange, type Handler, sendJson } from './peer.ts';
import { EngineFailure, PeerEngine } from './peer-engine.ts';
import { freshSeeds, type NamedVoice, recordedVoice, withSeed } from './peer-voices.ts';
import { cutOnFailure, floatWav, inReads, pcmHeader, sentenceChunks } from './sound-framing.ts';
import { SpeakingPeer } from './speaking-peer.ts';
import { PEER_RATE } from './speech.ts';
import {
  CONFIG,
  capabilitiesOf,
  healthOf,
  TRAVISVN_LANGUAGES,
  type TravisvnState,
  TravisvnStatus,
} from './travisvn-status.ts';
import { recordingRefused, sendError, TravisvnVoices } from './travisvn-voices.ts';

export interface TravisvnOptions {
  /** Whether the multilingual model is loaded, as it is by default. */
  multilingual?: boolean;
  state?: TravisvnState;
  /** A build with pull request 74, and the model it has loaded; by default one without `/capabilities`. */
  capabilities?: 'standard' | 'multilingual' | 'turbo';
  /** How long each chunk takes at least, in ms. */
  paceMs?: number;
}

/** Whole texts are cut at this many characters, streams by default at this many. */
const CHUNK = 280;
const STREAM_CHUNK = 200;

const oneOf = (field: string, ...values: string[]) =>
  z.string().refine((value) => values.includes(value), `${field} must be one of: ${values.join(', ')}`);

const Speech = z.object({
  input: z
    .string()
    .min(1)
    .max(3000)
    .refine((text) => text === '' || text.trim() !== '', 'Input text cannot be empty'),
  voice: z.string().nullish().default('alloy'),
  response_format: z.string().nullish(),
  speed: z.coerce.number().nullish(),
  stream_format: oneOf('stream_format', 'audio', 'sse').nullish(),
  exaggeration: z.coerce.number().min(0.25).max(2).nullish(),
  cfg_weight: z.coerce.number().min(0).max(1).nullish(),
  temperature: z.coerce.number().min(0.05).max(5).nullish(),
  streaming_chunk_size: z.coerce.number().int().min(50).max(500).nullish(),
  streaming_strategy: oneOf('streaming_strategy', 'sentence', 'paragraph', 'fixed', 'word').nullish(),
  streaming_buffer_size: z.coerce.number().int().min(1).max(10).nullish(),
  streaming_quality: oneOf('streaming_quality', 'fast', 'balanced', 'high').nullish(),
});
type Speech = z.infer<typeof Speech>;

/** A request and who speaks it. */
interface Asked {
  speech: Speech;
  voice: NamedVoice;
  source: string;
  /** Whether the recording was deleted before a late generator reads it. */
  gone: boolean;
}

function streamChunks({ input, streaming_strategy, streaming_chunk_size }: Speech): string[] {
  const size = streaming_chunk_size ?? STREAM_CHUNK;
  if (streaming_strategy === 'paragraph') return input.split(/\n\s*\n/u).flatMap((part) => sentenceChunks(part, size));
  if (streaming_strategy === 'fixed') return input.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? [];
  if (streaming_strategy === 'word') return input.match(new RegExp(`\\S[^]{0,${size - 1}}(?=\\s|$)|\\S+`, 'gu')) ?? [];
  return sentenceChunks(input, size);
}

/** travisvn/chatterbox-tts-api: answers at once whatever it is doing, and mixes up voices if it does two things. */
export function createTravisvnPeer(options: TravisvnOptions = {}): SpeakingPeer {
  const { capabilities, state = 'ready', paceMs = 0 } = options;
  const { multilingual = capabilities === undefined || capabilities === 'multilingual' } = options;
  const engine = new PeerEngine({ paceMs, reentrant: false });
  const voices = new TravisvnVoices(multilingual);
  const status = new TravisvnStatus();
  const nextSeed = freshSeeds();

  /** Speaks the chunks one by one; a chunk that fails ends it all. */
  const speakAll = async (
    { speech, voice, source, gone }: Asked,
    chunks: string[],
    give: (sound: Int16Array) => void,
  ) => {
    const { exaggeration, cfg_weight, temperature } = speech;
    const parameters = {
      exaggeration: exaggeration ?? 0.5,
      cfg_weight: cfg_weight ?? 0.5,
      temperature: temperature ?? 0.8,
      voice_sample_path: source,
    };
    const id = status.begin(speech.input, source, parameters, chunks.length);
    let well = false;
    try {
      if (gone) throw new EngineFailure('No such file or directory');
      const seeded = withSeed(voice, nextSeed());
      for (const [at, chunk] of chunks.entries()) {
        status.at(id, at + 1);
        give(await engine.say(chunk, seeded));
      }
      well = true;
    } finally {
      status.end(id, well);
    }
  };

  const whole = async (exchange: Exchange, asked: Asked) => {
    if (state !== 'ready') return sendError(exchange, 500, 'Model not loaded', 'model_error');
    const sounds: Uint8Array[] = [];
    try {
      const chunks = sentenceChunks(asked.speech.input, CHUNK);
      await engine.job(() => speakAll(asked, chunks, (sound) => sounds.push(s16ToBytes(sound))));
    } catch (thrown) {
      if (!(thrown instanceof EngineFailure)) throw thrown;
      return sendError(exchange, 500, `TTS generation failed: ${thrown.message}`, 'generation_error');
    }
    const samples = s16ToFloat(bytesToS16(Buffer.concat(sounds)));
    const headers = { 'content-disposition': 'attachment; filename=speech.wav', 'content-type': 'audio/wav' };
    await peer.sendSound(exchange, headers, inReads([floatWav(samples, PEER_RATE)]));
  };

  /** Something before the sound, the sound as it is made, something after it; the connection is cut where it fails. */
  const streamed = (
    exchange: Exchange,
    headers: Record<string, string>,
    asked: Asked,
    frame: { first: Uint8Array; sound(bytes: Uint8Array): Uint8Array; last?: () => Uint8Array },
  ) => {
    const bursts = engine.stream<Uint8Array>(async (give) => {
      give(frame.first);
      if (state !== 'ready') throw new EngineFailure('Model not loaded');
      await speakAll(asked, streamChunks(asked.speech), (sound) => give(frame.sound(s16ToBytes(sound))));
      if (frame.last) give(frame.last());
    });
    return peer.sendSound(exchange, headers, cutOnFailure(exchange, inReads(bursts)));
  };

  const stream = (exchange: Exchange, asked: Asked) => {
    const headers = {
      'content-disposition': 'attachment; filename=speech_stream.wav',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
      'content-type': 'audio/wav',
    };
    const first = pcmHeader(PEER_RATE, { riff: 0x7fffffdb, data: 0xffffffff });
    return streamed(exchange, headers, asked, { first, sound: (bytes) => bytes });
  };

  const events = (exchange: Exchange, asked: Asked) => {
    const headers = {
      'cache-control': 'no-cache',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
      'content-type': 'text/event-stream; charset=utf-8',
    };
    const event = (data: object) => Buffer.from(`data: ${JSON.stringify(data)}\n\n`);
    let heard = 0;
    return streamed(exchange, headers, asked, {
      first: event({ type: 'speech.audio.info', sample_rate: PEER_RATE, channels: 1, bits_per_sample: 16 }),
      sound: (bytes) => {
        heard += bytes.length;
        return event({ type: 'speech.audio.delta', audio: Buffer.from(bytes).toString('base64') });
      },
      last: () => {
        const [input_tokens, output_tokens] = [asked.speech.input.split(/\s+/u).length, Math.ceil(heard / 1920)];
        const usage = { input_tokens, output_tokens, total_tokens: input_tokens + output_tokens };
        return event({ type: 'speech.audio.done', usage });
      },
    });
  };

  const asJson = (exchange: Exchange): Asked | null => {
    const speech = takeBody(exchange, Speech);
    if (!speech) return null;
    const voice = voices.resolve(speech.voice);
    return { speech, voice, source: voice === voices.fallback ? 'default' : 'uploaded file', gone: false };
  };

  const asForm = async (exchange: Exchange): Promise<Asked | null> => {
    const form = Object.fromEntries(await takeForm(exchange));
    const { voice_file: file, ...fields } = form;
    const speech = takeFields(exchange, Speech, fields);
    if (!speech) return null;
    if (!(file instanceof File)) return { speech, voice: voices.resolve(speech.voice), source: 'default', gone: false };
    const refused = recordingRefused(file);
    if (refused) {
      sendError(exchange, 400, refused, 'invalid_request_error');
      return null;
    }
    const voice = recordedVoice('uploaded', new Uint8Array(await file.arrayBuffer()));
    return { speech, voice, source: 'uploaded file', gone: speech.stream_format === 'sse' };
  };

  const speak =
    (ask: (exchange: Exchange) => Asked | null | Promise<Asked | null>, always?: typeof stream): Handler =>
    async (exchange) => {
      const asked = await ask(exchange);
      if (!asked) return;
      if (always) return await always(exchange, { ...asked, gone: false });
      await (asked.speech.stream_format === 'sse' ? events : whole)(exchange, asked);
    };

  const get =
    (body: () => unknown): Handler =>
    ({ response }) =>
      sendJson(response, 200, body());
  const languages = () => (multilingual && state === 'ready' ? TRAVISVN_LANGUAGES : [{ code: 'en', name: 'English' }]);
  const model = { id: 'chatterbox-tts-1', object: 'model', created: 1677649963, owned_by: 'resemble-ai' };
  const primary: Record<string, Handler> = {
    'GET /ping': get(() => ({ status: 'ok', message: 'Server is running' })),
    'GET /health': get(() => healthOf(state)),
    'GET /status/progress': get(() => status.progress()),
    'GET /status/statistics': get(() => status.statistics()),
    'GET /config': get(() => CONFIG),
    'GET /models': get(() => ({ object: 'list', data: [model] })),
    'GET /languages': get(() => {
      const list = languages();
      return { languages: list, count: list.length, model_type: multilingual ? 'multilingual' : 'standard' };
    }),
    ...(capabilities ? { 'GET /capabilities': get(() => capabilitiesOf(capabilities)) } : {}),
    ...voices.routes(),
    'POST /audio/speech': speak(asJson),
    'POST /audio/speech/stream': speak(asJson, stream),
    'POST /audio/speech/upload': speak(asForm),
    'POST /audio/speech/stream/upload': speak(asForm, stream),
  };
  const aliases = Object.entries(primary).map(([route, handler]) => [route.replace(' /', ' /v1/'), handler]);
  const routes = asUvicorn({
    'GET /status': get(() => healthOf(state)),
    'GET /v1/status': get(() => status.status()),
    'POST /tts': speak(asJson),
    ...primary,
    ...Object.fromEntries(aliases),
  });
  const peer = new SpeakingPeer(
    {
      name: 'travisvn',
      routes,
      otherwise: otherwise(routes, 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT'),
      refuse: (exchange, code, headers) =>
        code === 422
          ? sendDetail(exchange, code, wordsFor(code), headers)
          : sendError(
              exchange,
              code,
              wordsFor(code),
              code < 500 ? 'invalid_request_error' : 'generation_error',
              headers,
            ),
    },
    engine,
  );
  return peer;
}
