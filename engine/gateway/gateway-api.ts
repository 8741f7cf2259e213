import { Hono } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import type { Logger } from 'pino';
import { FaultError, fault } from '../../shared/errors.ts';
import { type GatewayHealth, GatewaySpeech, type GatewayVoices } from '../../shared/schemas/gateway.ts';
import { s16ToBytes, wavHeader } from '../../shared/sound/pcm.ts';
import { sanitiseText } from '../../shared/text/sanitise.ts';
import { answerThrown, faultResponse } from '../api/answer.ts';
import { jsonBody } from '../api/body.ts';
import { limitJson } from '../api/body-limit.ts';
import { streamOf } from '../api/pcm-response.ts';
import type { Library } from '../library/library.ts';
import type { Registry, ResolvedVoice } from '../providers/registry.ts';
import { bearer, sameSecret } from '../shells/guard.ts';
import { prepareSpeech } from '../synthesis/prepare-speech.ts';
import { type FallbackOf, type Spoken, speakAs, speakInstead, type Wanted } from '../synthesis/speak.ts';
import { askedSettings } from './asked-settings.ts';
import { findVoice } from './find-voice.ts';
import { processStream } from './process-stream.ts';

export interface GatewayParts {
  registry: Registry;
  /** Presets and mappings come from here; null where the library cannot be used. */
  library: Library | null;
  version: string;
  /** Null where no key is set. */
  apiKey: string | null;
  /** Provider of voices that are named without one. */
  provider: string;
  /** Who speaks where a voice cannot; by default nobody. */
  fallbackOf?: FallbackOf;
  /** The default voice of a provider, as `provider:voice`; null where it has none. */
  defaultVoiceOf?(provider: string): string | null;
  log: Logger;
}

/** The gateway: the engine serving other programs. */
export function createGatewayApi(parts: GatewayParts) {
  const gateway = new Hono();
  gateway.use('/api/*', async (c, next) => {
    const given = bearer(c.req.raw);
    if (parts.apiKey !== null && (given === null || !sameSecret(given, parts.apiKey))) {
      throw fault('unauthorised', 'This call needs the gateway’s API key as a Bearer token.');
    }
    await next();
  });
  gateway.use(limitJson);
  gateway
    .get('/health', (c) => {
      const providers = parts.registry.providers.map((provider) => {
        const { id, kind, status, latencyMs } = provider.health();
        return { id, kind, status, latencyMs };
      });
      const failed = providers.some((provider) => provider.status === 'failed');
      const health: GatewayHealth = { status: failed ? 'degraded' : 'healthy', version: parts.version, providers };
      return c.json(health);
    })
    .get('/api/v1/voices', async (c) => {
      const { voices } = await parts.registry.all(c.req.raw.signal);
      const answer: GatewayVoices = {
        voices: voices.map(({ id, name, languages, gender, provider }) => ({
          id,
          name,
          language: languages[0] ?? '',
          gender,
          provider,
        })),
      };
      return c.json(answer);
    })
    .post('/api/v1/tts', jsonBody(GatewaySpeech), (c) => speak(parts, c.req.valid('json'), c.req.raw));
  gateway.notFound(() => faultResponse({ code: 'not_found', message: 'There is no such call.' }));
  gateway.onError((thrown, c) => answerThrown(thrown, c, (error) => parts.log.error({ err: error }, 'a call failed')));
  return gateway;
}

/** Speaks as it is made: WAV with an open length, or raw PCM where `Accept: audio/pcm` asks for it. */
async function speak(parts: GatewayParts, asked: GatewaySpeech, request: Request): Promise<Response> {
  const clean = sanitiseText(asked.text);
  const controller = new AbortController();
  const { signal } = controller;
  request.signal.addEventListener('abort', () => controller.abort(), { once: true });
  const { found, settings: own, instead } = await findVoice(parts, asked.voice_id, asked.model_id ?? null, signal);
  const settings = askedSettings(asked.settings, own, instead);
  const { prepared, stream, found: speaking } = await speakOrInstead(parts, found, { clean, settings }, signal);
  const rate = asked.audio_format?.sample_rate ?? stream.sampleRate;
  const raw = wantsRaw(request.headers.get('accept') ?? '');
  async function* bytes() {
    try {
      if (!raw) yield wavHeader(Number.POSITIVE_INFINITY, rate);
      for await (const chunk of processStream(stream, prepared.plan.studio, rate)) yield s16ToBytes(chunk);
    } catch (thrown) {
      // A stream that fails after its first byte is broken off, never ended as if whole.
      throw thrown instanceof FaultError ? thrown : new Error('The stream failed.', { cause: thrown });
    } finally {
      controller.abort();
    }
  }
  return new Response(streamOf(bytes()), {
    headers: {
      'content-type': raw ? `audio/pcm;rate=${rate};encoding=s16le;channels=1` : 'audio/wav',
      'cache-control': 'no-store',
      'x-timbre-rate': String(rate),
      'x-timbre-voice': encodeURIComponent(speaking.voice.id),
    },
  });
}

/** The voice that was found speaks, or the one that a person named for where it cannot. */
async function speakOrInstead(
  { registry, fallbackOf = () => null }: GatewayParts,
  found: ResolvedVoice,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Spoken> {
  try {
    return await speakAs(found, prepareSpeech(found, wanted.clean, wanted.settings), signal);
  } catch (thrown) {
    return await speakInstead({ registry, fallbackOf }, found.voice.id, thrown, wanted, signal);
  }
}

/** Whether an `Accept` header asks for raw PCM, no less than for WAV. */
function wantsRaw(accept: string): boolean {
  const ranges = parseAccept(accept.toLowerCase());
  const quality = (types: RegExp) => Math.max(0, ...ranges.filter(({ type }) => types.test(type)).map(({ q }) => q));
  const asked = quality(/^audio\/(pcm|l16)$/);
  return asked > 0 && asked >= quality(/^audio\/(x-)?wav$/);
}
