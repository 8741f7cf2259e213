import { countCharacters } from '../../../shared/text/sanitise.ts';
import { onEnd } from '../patience/on-end.ts';
import type { Patience } from '../patience/patience.ts';
import type { SpeechRequest, SpeechStream } from '../provider.ts';
import { type ReadSpeechOptions, readSpeech } from '../reading/read-speech.ts';
import { wholeSound } from '../speech/whole-sound.ts';
import type { StoredSettings } from './answers.ts';
import type { ElevenLabsClient, OutputFormat, SpeechBody, SpeechFacts } from './client.ts';
import type { CreditRates } from './credit-rates.ts';
import type { ModelFacts } from './models.ts';
import { rawRate, type SoundFormats } from './sound-formats.ts';
import { speechBody } from './speech-body.ts';
import type { TimedPiece } from './timed-pieces.ts';
import { Timings } from './timings.ts';

const WHO = 'ElevenLabs';

/**
 * What costs are told in. An account is billed in credits, and what a credit costs differs from plan to plan: an amount of
 * money would be a guess.
 */
export const CREDITS = 'credits';

/** Models whose texts share the places of the plan. */
export const groupOf = ({ fast }: ModelFacts) => (fast ? 'fast' : 'others');

export interface ElevenLabsSpeechParts {
  client: ElevenLabsClient;
  patience: Patience;
  formats: SoundFormats;
  rates: CreditRates;
  decode: ReadSpeechOptions['decode'];
  /** Told what the head of an answer said: from then on it is billed. */
  onAccepted(facts: SpeechFacts, model: ModelFacts): void;
}

/** What of a voice and a model is needed to speak. */
export interface Speaking {
  facts: ModelFacts;
  /** What is kept with the voice; null where that is not known. */
  stored: StoredSettings | null;
  /** What the voice costs, times the usual. */
  rate: number;
}

/**
 * Speaks one text without pause marks. It is asked for again only before the first sound, and only where ElevenLabs did
 * not take it: what it took is billed.
 */
export async function speakElevenLabs(
  parts: ElevenLabsSpeechParts,
  request: SpeechRequest,
  speaking: Speaking,
  signal: AbortSignal,
): Promise<SpeechStream> {
  const body = speechBody(request, speaking.facts, speaking.stored);
  const attempt = (format: OutputFormat) => speakIn(parts, format, { request, body, speaking, signal });
  return await parts.patience.begin(() => parts.formats.ask(attempt), signal, groupOf(speaking.facts));
}

interface Asked {
  request: SpeechRequest;
  body: SpeechBody;
  speaking: Speaking;
  signal: AbortSignal;
}

/** Sound that was accepted, with where its timings come to stand. */
interface Accepted {
  facts: SpeechFacts;
  bytes: AsyncIterable<Uint8Array>;
  timings: Timings | null;
  release(): void;
}

async function ask({ client }: ElevenLabsSpeechParts, format: OutputFormat, asked: Asked): Promise<Accepted> {
  const { request, body, signal } = asked;
  const speech = { voice: request.voice, format, body, signal };
  if (request.parameters.timings !== true) {
    const { facts, pieces, release } = await client.speak(speech);
    return { facts, bytes: pieces, timings: null, release };
  }
  const { facts, pieces, release } = await client.speakTimed(speech);
  const timings = new Timings();
  return { facts, bytes: timedBytes(pieces, timings, rawRate(format)), timings, release };
}

/** The bytes of timed pieces, whose timings are put aside. @param rate of raw samples in Hz; null where they are packed */
async function* timedBytes(
  pieces: AsyncIterable<TimedPiece>,
  timings: Timings,
  rate: number | null,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const { audio, alignment } of pieces) {
    if (alignment) timings.add(alignment, rate === null ? null : bytes / 2 / rate);
    bytes += audio.length;
    if (audio.length > 0) yield audio;
  }
}

async function speakIn(parts: ElevenLabsSpeechParts, format: OutputFormat, asked: Asked): Promise<SpeechStream> {
  const { client, decode, rates } = parts;
  const { request, body, speaking } = asked;
  const characters = countCharacters(body.text);
  // Before it may be learnt what this very text costs.
  const estimated = rates.estimate(speaking.facts, characters, speaking.rate) ?? 0;
  const accepted = await ask(parts, format, asked);
  const { facts, release } = accepted;
  parts.onAccepted(facts, speaking.facts);
  if (facts.credits !== null) rates.learn(body.model_id, characters, speaking.rate, facts.credits);
  try {
    const read = await readSpeech(accepted.bytes, { server: WHO, rawRate: rawRate(format), decode });
    const { language, speed } = request;
    // Tags are no words.
    const text = speaking.facts.tags ? body.text.replace(/\[[^[\]]*\]/gu, ' ') : body.text;
    let ended = false;
    async function* chunks() {
      try {
        yield* wholeSound(read.chunks, read.sampleRate, { server: WHO, text, language, speed });
        ended = true;
      } catch (thrown) {
        throw client.clean(thrown);
      }
    }
    return {
      sampleRate: read.sampleRate,
      totalSamples: read.totalSamples,
      request: requestOf(client, format, asked),
      seed: body.seed ?? null,
      // A body that was read to its end leaves its connection to the next one.
      chunks: onEnd(chunks(), () => {
        if (!ended) release();
      }),
      cost: () => ({ estimated, billed: facts.credits, currency: CREDITS }),
      answer: () => ({
        requestId: facts.requestId,
        credits: facts.credits,
        runningAtOnce: facts.running,
        mostAtOnce: facts.mostRunning,
        format,
        modelId: body.model_id,
      }),
      timings: () => accepted.timings?.all ?? null,
    };
  } catch (thrown) {
    release();
    throw client.clean(thrown);
  }
}

/** The request as it was sent, without the key. */
function requestOf({ base }: ElevenLabsClient, output_format: OutputFormat, { request, body }: Asked) {
  const end = request.parameters.timings === true ? 'stream/with-timestamps' : 'stream';
  return { address: base, path: `/v1/text-to-speech/${request.voice}/${end}`, output_format, ...body };
}
