import { z } from 'zod';
import { NEUTRAL_STUDIO, type StudioSettings } from '../../shared/controls/controls.ts';
import { renderOffline } from '../../shared/sound/chain-offline.ts';
import { floatToS16, s16ToBytes } from '../../shared/sound/pcm.ts';
import { convertRate } from '../../shared/sound/rate-converter.ts';
import { type Exchange, type Handler, sendJson } from './peer.ts';
import { EngineFailure, PeerEngine } from './peer-engine.ts';
import { type NamedVoice, numberedVoice } from './peer-voices.ts';
import { cutOnFailure, inReads, pcmHeader, sentenceChunks } from './sound-framing.ts';
import { SpeakingPeer } from './speaking-peer.ts';
import { PEER_RATE } from './speech.ts';

export interface RestOptions {
  /** Key that has to come as a Bearer token; none is asked for by default. */
  apiKey?: string;
  /** How long each chunk takes at least, in ms. */
  paceMs?: number;
}

const MODEL = 'chatterbox';
const MOST_CHARACTERS = 10_000;
/** Rates it gives, in Hz. */
const RATES = [8000, 16000, 22050, 24000, 44100, 48000] as const;

/** How much faster each emotion is spoken, so that it is heard which one was asked for. */
const EMOTIONS = {
  neutral: 1,
  calm: 0.9,
  happy: 1.08,
  excited: 1.16,
  sad: 0.84,
  angry: 1.12,
  surprised: 1.04,
  whispering: 0.94,
} as const;
const Emotion = z.enum(Object.keys(EMOTIONS) as [keyof typeof EMOTIONS, ...(keyof typeof EMOTIONS)[]]);

const Tts = z.object({
  text: z.string(),
  voice_id: z.string().optional(),
  model_id: z.string().optional(),
  settings: z
    .object({
      speed: z.number().min(0.5).max(2),
      pitch: z.number().min(0.5).max(2),
      volume: z.number().min(0.0631).max(3.9811),
      emotion: Emotion,
    })
    .partial()
    .default({}),
  audio_format: z
    .strictObject({
      sample_rate: z.literal(RATES),
      bit_depth: z.literal(16),
      channels: z.literal(1),
      codec: z.literal('pcm_s16le'),
    })
    .partial()
    .default({}),
});

const VOICES = [
  { id: 'ava', name: 'Ava', language: 'en-US', gender: 'female' },
  { id: 'brian', name: 'Brian', language: 'en-GB', gender: 'male' },
  { id: 'clara', name: 'Clara', language: 'de', gender: 'female' },
  { id: 'didier', name: 'Didier', language: 'fr', gender: 'male' },
  { id: 'elena', name: 'Elena', language: 'es', gender: 'female' },
].map((voice) => ({ ...voice, provider: MODEL }));

const voiceOf = (at: number, language: string): NamedVoice =>
  numberedVoice(VOICES[at]?.id ?? '', at, language.toLowerCase());

/** What is said for a status, where nothing better is known. */
const CODES: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'unauthorised',
  402: 'no_credit',
  403: 'unauthorised',
  404: 'not_found',
  422: 'invalid',
  429: 'rate_limited',
  503: 'busy',
};

function sendError({ response }: Exchange, status: number, message: string, more: object = {}, headers = {}): void {
  sendJson(response, status, { error: { code: CODES[status] ?? 'internal', message, ...more } }, headers);
}

/** A server of the gateway's own REST dialect. */
export function createRestPeer({ apiKey, paceMs = 0 }: RestOptions = {}): SpeakingPeer {
  const engine = new PeerEngine({ paceMs });

  const allowed =
    (handler: Handler): Handler =>
    (exchange) => {
      if (apiKey === undefined || exchange.request.headers.authorization === `Bearer ${apiKey}`)
        return handler(exchange);
      sendError(exchange, 401, 'This call needs the API key as a Bearer token.');
    };

  const tts: Handler = async (exchange) => {
    if (exchange.json === undefined) return sendError(exchange, 400, 'The request is not valid JSON.');
    const parsed = Tts.safeParse(exchange.json);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
      const param = [...(issue?.path ?? []), ...extra].join('.');
      return sendError(exchange, 400, `“${param}” ${issue?.message ?? ''}`, { param });
    }
    const { text, voice_id = 'ava', model_id = MODEL, settings, audio_format } = parsed.data;
    if (text.trim() === '') return sendError(exchange, 400, 'There is no text.', { param: 'text' });
    if (text.length > MOST_CHARACTERS) {
      const message = `The text has ${text.length} characters; at most ${MOST_CHARACTERS} are taken.`;
      return sendError(exchange, 413, message, { code: 'text_too_long', param: 'text' });
    }
    const at = VOICES.findIndex(({ id }) => id === voice_id);
    const found = VOICES[at];
    if (!found) {
      const message = `There is no voice “${voice_id}”.`;
      return sendError(exchange, 404, message, { code: 'unknown_voice', param: 'voice_id' });
    }
    if (model_id !== MODEL) {
      const message = `There is no model “${model_id}”.`;
      return sendError(exchange, 404, message, { code: 'unknown_model', param: 'model_id' });
    }
    const rate = audio_format.sample_rate ?? PEER_RATE;
    const studio: StudioSettings = {
      speed: (settings.speed ?? 1) * EMOTIONS[settings.emotion ?? 'neutral'],
      pitch: 12 * Math.log2(settings.pitch ?? 1),
      volume: 20 * Math.log10(settings.volume ?? 1),
    };
    const bursts = engine.stream<Uint8Array>(async (give) => {
      for (const chunk of sentenceChunks(text, 1)) {
        const samples = await engine.say(chunk, voiceOf(at, found.language));
        const made = await renderOffline(samples, PEER_RATE, { ...NEUTRAL_STUDIO, ...studio });
        give(s16ToBytes(floatToS16(convertRate(made, rate))));
      }
    });
    const raw = /audio\/pcm/iu.test(exchange.request.headers.accept ?? '');
    const type = raw ? `audio/pcm;rate=${rate};encoding=s16le;channels=1` : 'audio/wav';
    // The first sound is waited for, so that what fails before it is an error and no broken stream.
    const first = await bursts.next().catch((thrown: unknown) => {
      if (thrown instanceof EngineFailure) return thrown;
      throw thrown;
    });
    if (first instanceof EngineFailure) return sendError(exchange, 500, `The model failed: ${first.message}`);
    const sound = (async function* () {
      if (!raw) yield pcmHeader(rate, { riff: 0xffffffff, data: 0xffffffff - 36 });
      if (!first.done) yield first.value;
      yield* bursts;
    })();
    const headers = { 'content-type': type, 'cache-control': 'no-store' };
    await peer.sendSound(exchange, headers, cutOnFailure(exchange, inReads(sound)));
  };

  const peer = new SpeakingPeer(
    {
      name: 'rest',
      routes: {
        'GET /health': ({ response }) =>
          sendJson(response, 200, {
            status: 'healthy',
            version: '1.0.0',
            providers: [{ id: MODEL, kind: MODEL, status: 'ready', latencyMs: 12 }],
          }),
        'GET /api/v1/voices': allowed(({ response }) => sendJson(response, 200, { voices: VOICES })),
        'POST /api/v1/tts': allowed(tts),
      },
      otherwise: (exchange) => sendError(exchange, 404, 'There is no such call.'),
      refuse: (exchange, status, headers) => sendError(exchange, status, 'The peer was told to refuse.', {}, headers),
    },
    engine,
  );
  return peer;
}
