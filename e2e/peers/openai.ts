import { z } from 'zod';
import { encode } from '../../engine/export/encode.ts';
import { OPUS_RATE } from '../../engine/export/encode-opus.ts';
import { NEUTRAL_STUDIO } from '../../shared/controls/controls.ts';
import { renderOffline } from '../../shared/sound/chain-offline.ts';
import { bytesToS16, s16ToBytes, s16ToFloat, wavFile } from '../../shared/sound/pcm.ts';
import { asUvicorn, otherwise, sendDetail, takeBody, wordsFor } from './fastapi.ts';
import { OPENAI_VARIANTS, type OpenAiVariant, variantOf } from './openai-variants.ts';
import { type Handler, sendJson } from './peer.ts';
import { changed, EngineFailure, PeerEngine } from './peer-engine.ts';
import { freshSeeds, inLanguage, type NamedVoice, withSeed } from './peer-voices.ts';
import { floatWav, inReads, pcmHeader, sentenceChunks } from './sound-framing.ts';
import { SpeakingPeer } from './speaking-peer.ts';
import { PEER_RATE } from './speech.ts';

export interface OpenAiOptions {
  variant?: OpenAiVariant;
  /** Whether it streams, whatever it is asked for; by default as its kind does. */
  stream?: boolean;
  /** Key that has to come as a Bearer token; none is asked for by default. */
  apiKey?: string;
  /** How long each chunk takes at least, in ms. */
  paceMs?: number;
}

/** Characters of a chunk. */
const CHUNK = 120;

const Speech = z.object({
  model: z.string(),
  input: z.string().min(1).max(4096),
  voice: z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]).default(''),
  response_format: z.enum(['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm']).nullish(),
  speed: z.number().min(0.25).max(4).default(1),
  stream: z.boolean().nullish(),
  language: z.string().nullish(),
  params: z.record(z.string(), z.unknown()).default({}),
});
type Format = 'mp3' | 'opus' | 'aac' | 'flac' | 'wav' | 'pcm';

const MEDIA: Readonly<Record<Format, string>> = {
  mp3: 'audio/mpeg',
  opus: 'audio/opus',
  aac: 'audio/aac',
  flac: 'audio/flac',
  wav: 'audio/wav',
  pcm: 'audio/pcm',
};

const STREAMED = { riff: 0xffffffff, data: 0xffffffff - 36 };

/** A server that speaks OpenAI's dialect, in one of the ways it is spoken. */
export function createOpenAiPeer({
  variant = 'tts-webui',
  stream,
  apiKey,
  paceMs = 0,
}: OpenAiOptions = {}): SpeakingPeer {
  const engine = new PeerEngine({ paceMs, reentrant: variant === 'kokoro-fastapi' });
  const kind = variantOf(variant);
  const nextSeed = freshSeeds();

  const allowed =
    (handler: Handler): Handler =>
    (exchange) => {
      if (apiKey === undefined || exchange.request.headers.authorization === `Bearer ${apiKey}`)
        return handler(exchange);
      kind.unauthorised(exchange);
    };

  /** Speaks chunk by chunk. */
  const speakAll = async (text: string, voice: NamedVoice, speed: number, give: (sound: Int16Array) => void) => {
    for (const chunk of sentenceChunks(text, CHUNK)) give(await changed(await engine.say(chunk, voice), { speed }));
  };

  /** A stream whose failure after the first sound is followed by a whole file of its own: a short silence. */
  const streamed = (speak: (give: (sound: Int16Array) => void) => Promise<void>, raw: boolean) =>
    engine.stream<Uint8Array>(async (give) => {
      let begun = false;
      try {
        await speak((sound) => {
          if (!begun && !raw) give(pcmHeader(PEER_RATE, STREAMED));
          begun = true;
          give(s16ToBytes(sound));
        });
      } catch (thrown) {
        if (!begun || !(thrown instanceof EngineFailure)) throw thrown;
        give(floatWav(new Float32Array(PEER_RATE / 10), PEER_RATE));
      }
    });

  const speak: Handler = async (exchange) => {
    const body = takeBody(exchange, Speech);
    if (!body) return;
    const wrong = kind.wrong?.(body);
    if (wrong) return sendJson(exchange.response, wrong.status, wrong.body);
    const voice = kind.find(body.voice);
    if (!voice) return kind.unknownVoice(exchange, body.voice);
    const seed = Number(body.params.seed ?? 0);
    const language = body.language ?? body.params.language_id;
    const spoken = typeof language === 'string' ? inLanguage(voice, language) : voice;
    const seeded = withSeed(spoken, seed > 0 ? seed : nextSeed());
    const format = body.response_format ?? kind.format;
    const headers = { 'content-type': MEDIA[format] };
    const speed = kind.speed ? body.speed : 1;
    const work = (give: (sound: Int16Array) => void) => speakAll(body.input, seeded, speed, give);
    try {
      if ((stream ?? kind.streams(body.stream)) && (kind.alwaysWav || format === 'wav' || format === 'pcm')) {
        const bursts = streamed(work, format === 'pcm' && !kind.alwaysWav);
        // The first sound is waited for, so that what fails before it is an error and no broken stream.
        const first = await bursts.next();
        return await peer.sendSound(exchange, headers, inReads(again(first, bursts)));
      }
      const sounds: Uint8Array[] = [];
      await engine.job(() => work((sound) => sounds.push(s16ToBytes(sound))));
      const samples = bytesToS16(Buffer.concat(sounds));
      const file = kind.alwaysWav ? floatWav(s16ToFloat(samples), PEER_RATE) : await fileOf(samples, format);
      await peer.sendSound(exchange, headers, inReads([file]));
    } catch (thrown) {
      if (!(thrown instanceof EngineFailure)) throw thrown;
      kind.failed(exchange, thrown.message);
    }
  };

  const routes = asUvicorn({
    'POST /v1/audio/speech': allowed(speak),
    ...Object.fromEntries(Object.entries(kind.routes).map(([route, handler]) => [route, allowed(handler)])),
    ...kind.open,
  });
  const peer = new SpeakingPeer(
    {
      name: variant,
      routes,
      otherwise: otherwise(routes, 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT'),
      refuse: (exchange, status, headers) =>
        status === 401 ? kind.unauthorised(exchange) : sendDetail(exchange, status, wordsFor(status), headers),
    },
    engine,
  );
  return peer;
}

export { OPENAI_VARIANTS, type OpenAiVariant };

async function* again<T>(first: IteratorResult<T>, rest: AsyncIterable<T>): AsyncGenerator<T> {
  if (!first.done) yield first.value;
  yield* rest;
}

async function fileOf(samples: Int16Array, format: Format): Promise<Uint8Array> {
  if (format === 'pcm') return s16ToBytes(samples);
  if (format === 'wav') return wavFile(samples, PEER_RATE);
  if (format === 'aac') throw new EngineFailure('There is no encoder for aac.');
  if (format !== 'opus') return (await encode(s16ToFloat(samples), PEER_RATE, format, '')).bytes;
  // The chain gives its sound at Opus's own rate.
  return (await encode(await renderOffline(samples, PEER_RATE, NEUTRAL_STUDIO), OPUS_RATE, 'opus', '')).bytes;
}
