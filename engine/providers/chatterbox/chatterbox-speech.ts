import { type Fault, type FaultCode, fault, toFault } from '../../../shared/errors.ts';
import type { HttpAnswer } from '../http/http-client.ts';
import { HttpFault } from '../http/http-fault.ts';
import { onEnd } from '../patience/on-end.ts';
import { type Retrying, retryingWhere } from '../patience/retrying.ts';
import type { SpeechRequest, SpeechStream } from '../provider.ts';
import { type ReadSpeech, type ReadSpeechOptions, readSpeech } from '../reading/read-speech.ts';
import { readSpeechEvents } from '../reading/speech-events.ts';
import { wholeSound } from '../speech/whole-sound.ts';
import type { ChatterboxServer } from './chatterbox-server.ts';
import type { SpokenAs } from './dialect.ts';
import { endPlace } from './end-place.ts';
import type { Place } from './place.ts';
import { noAddress, type ServerFleet } from './server-fleet.ts';
import { turnAt } from './turn.ts';
import { voiceGone } from './voice-gone.ts';
import { WorkLeft, workMs } from './work-left.ts';

export interface ChatterboxSpeechParts {
  fleet: ServerFleet;
  decode: ReadSpeechOptions['decode'];
}

const WHO = 'The Chatterbox server';

/** A server said by a status that it has no time: it does not work on the request. */
const PATIENT: Retrying = {
  mayRetry: (thrown) => thrown instanceof HttpFault && ['busy', 'rate_limited'].includes(thrown.fault.code),
};

/** Failures that are this server’s alone: another one may do better. */
const ITS_OWN: ReadonlySet<FaultCode> = new Set(['unreachable', 'unknown_voice', 'unknown_model']);

/**
 * Speaks one text at whichever server is free first. Another server is tried where one cannot be reached or turns out not
 * to have the voice, and the same ones again where they are busy; never once one has begun to answer, and never a server
 * that may be at work on the request already.
 */
export async function speakChatterbox(
  parts: ChatterboxSpeechParts,
  request: SpeechRequest,
  signal: AbortSignal,
): Promise<SpeechStream> {
  /** Servers that cannot do this, as this request has found out. */
  const cannot = new Set<ChatterboxServer>();
  return await retryingWhere(() => speakAtAny(parts, request, cannot, signal), PATIENT, signal);
}

async function speakAtAny(
  parts: ChatterboxSpeechParts,
  request: SpeechRequest,
  cannot: Set<ChatterboxServer>,
  signal: AbortSignal,
): Promise<SpeechStream> {
  const { servers, pool } = parts.fleet;
  const fits = (server: ChatterboxServer) => !cannot.has(server) && mayHave(server, request);
  for (;;) {
    const place = await pool.take(signal, fits).catch((thrown: unknown) => {
      throw signal.aborted || servers.some(fits) ? thrown : nobody(servers, request);
    });
    try {
      return await speakAt(parts, place, request, signal);
    } catch (thrown) {
      if (!ITS_OWN.has(toFault(thrown).code)) throw thrown;
      cannot.add(place.server);
      if (signal.aborted || !servers.some(fits)) throw thrown;
    }
  }
}

/** Whether a server has the voice and the model, as far as is known: one that was not asked yet may have them. */
function mayHave(server: ChatterboxServer, { voice, model }: SpeechRequest): boolean {
  return server.knowsVoice(voice) !== false && (server.found?.facts.model ?? model) === model;
}

/** Why no server can do it. */
function nobody(servers: readonly ChatterboxServer[], { voice }: SpeechRequest) {
  if (servers.length === 0) return noAddress();
  const where = servers.length === 1 ? (servers[0]?.address ?? '') : 'any address';
  const having = servers.find((server) => server.knowsVoice(voice) !== false);
  return having ? otherModel(having) : goneAt(where);
}

const goneAt = (where: string) => voiceGone(`${WHO} at ${where}`);

const otherModel = ({ address, found }: ChatterboxServer) =>
  fault('unknown_model', `${WHO} at ${address} has another model loaded now: ${found?.facts.model ?? 'none'}.`, {
    kept: 'Your text and takes are kept.',
    todo: 'Refresh the list of voices, or switch the model back in Settings.',
  });

async function speakAt(
  { decode }: ChatterboxSpeechParts,
  place: Place<ChatterboxServer>,
  request: SpeechRequest,
  signal: AbortSignal,
): Promise<SpeechStream> {
  const { server } = place;
  const work = new WorkLeft(request);
  const body = { ended: false };
  try {
    place.whenFree(await turnAt(server.address, signal));
    const sentAt = Date.now();
    const { dialect, facts } = await server.find(signal);
    await server.voices(signal, dialect.answersUnknownVoices);
    if (!mayHave(server, request)) throw server.knowsVoice(request.voice) ? otherModel(server) : goneAt(server.address);
    const spoken = dialect.speak(request, facts);
    work.sent();
    const answer = await server.speechClient.ask({
      ...spoken.http,
      signal,
      // Some answer only when all of it is made.
      firstByteMs: server.firstByteMs + (spoken.soon ? 0 : workMs(request)),
    });
    const read = await readAnswer({ ...answer, body: watched(answer.body, body) }, spoken, decode);
    if (spoken.form === 'file') server.answersWhole = read.totalSamples !== null;
    return { sentAt, ...streamOf({ place, request, spoken, read, answer, signal, work, body }) };
  } catch (thrown) {
    endPlace({ place, request, work, body, signal }, toFault(thrown), thrown instanceof HttpFault);
    throw thrown;
  }
}

/** Tells whether a body came to its end, or broke off, or was left. */
async function* watched(body: AsyncIterable<Uint8Array>, state: { ended: boolean }): AsyncGenerator<Uint8Array> {
  yield* body;
  state.ended = true;
}

function readAnswer(
  { body }: HttpAnswer,
  { form }: SpokenAs,
  decode: ReadSpeechOptions['decode'],
): Promise<ReadSpeech> {
  const options = { server: WHO, rawRate: null, decode };
  return form === 'events' ? readSpeechEvents(body, options) : readSpeech(body, options);
}

interface Answered {
  place: Place<ChatterboxServer>;
  request: SpeechRequest;
  spoken: SpokenAs;
  read: ReadSpeech;
  answer: Pick<HttpAnswer, 'status' | 'release'>;
  signal: AbortSignal;
  work: WorkLeft;
  body: { ended: boolean };
}

function streamOf({ place, request, spoken, read, answer, signal, work, body }: Answered): SpeechStream {
  const { text, language, speed } = request;
  const end = (failure: Fault | null) => {
    endPlace({ place, request, work, body, signal }, failure, false);
  };
  const stop = () => end({ code: 'cancelled', message: '' });
  // Also where nobody ever listens to it.
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();

  async function* chunks() {
    let failure: Fault | null = { code: 'cancelled', message: '' };
    try {
      for await (const chunk of wholeSound(read.chunks, read.sampleRate, { server: WHO, text, language, speed })) {
        work.heard(chunk.length / read.sampleRate);
        yield chunk;
      }
      failure = null;
    } catch (thrown) {
      failure = toFault(thrown);
      throw thrown;
    } finally {
      signal.removeEventListener('abort', stop);
      end(failure);
    }
  }

  return {
    sampleRate: read.sampleRate,
    totalSamples: read.totalSamples,
    request: { address: place.server.address, path: spoken.http.path, ...bodyOf(spoken), status: answer.status },
    seed: spoken.seed,
    // Also where it is left before the first piece is taken.
    chunks: onEnd(chunks(), () => {
      signal.removeEventListener('abort', stop);
      stop();
      if (!body.ended) answer.release();
    }),
    cost: () => ({ estimated: 0, billed: null, currency: '' }),
  };
}

function bodyOf({ http }: SpokenAs): Record<string, unknown> {
  return typeof http.json === 'object' && http.json !== null ? { ...http.json } : {};
}
