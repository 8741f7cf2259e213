import { toFault } from '../../../shared/errors.ts';
import { pause } from '../../../shared/pause.ts';
import { estimateSeconds } from '../../../shared/text/estimate.ts';
import type { HttpAnswer } from '../http/http-client.ts';
import { HttpFault } from '../http/http-fault.ts';
import type { SpeechRequest, SpeechStream } from '../provider.ts';
import { type ReadSpeech, type ReadSpeechOptions, readSpeech } from '../reading/read-speech.ts';
import { readSpeechEvents } from '../reading/speech-events.ts';
import { wholeSound } from '../speech/whole-sound.ts';
import type { ChatterboxServer } from './chatterbox-server.ts';
import type { SpokenAs } from './dialect.ts';
import type { Place, ServerPool } from './server-pool.ts';
import { voiceGone } from './voice-gone.ts';

export interface ChatterboxSpeechParts {
  servers: readonly ChatterboxServer[];
  pool: ServerPool<ChatterboxServer>;
  decode: ReadSpeechOptions['decode'];
}

/** Servers that are tried for one request before it is given up. */
const MOST_TRIES = 4;
/** Waits before a server that is busy is asked again, in ms, where it does not say how long. */
const BUSY_WAITS = [500, 1500, 4000];
/** Longest wait a server can ask for, in ms. */
const LONGEST_WAIT = 30_000;
/** Times its length that a sound may take to be made: on a processor alone it is made slower than it is heard. */
const SLOWEST = 6;
const LEAST_WORK_MS = 3000;
/** What an answer may take to begin, in ms, beside the time its whole sound may take: servers that do not stream. */
const FIRST_BYTE_MS = 30_000;

const workMs = (request: SpeechRequest) =>
  Math.max(LEAST_WORK_MS, 1000 * SLOWEST * estimateSeconds(request.text, request.language, request.speed));

/**
 * Speaks one text at whichever server is free first. Another server is tried where one cannot be reached, and the same
 * again where it is busy; never once it has begun to answer.
 */
export async function speakChatterbox(
  parts: ChatterboxSpeechParts,
  request: SpeechRequest,
  signal: AbortSignal,
): Promise<SpeechStream> {
  const { servers } = parts;
  if (servers.length > 0 && servers.every((server) => server.knowsVoice(request.voice) === false)) {
    throw goneAt(servers.length === 1 ? (servers[0]?.address ?? '') : 'any address');
  }
  for (let attempt = 1; ; attempt += 1) {
    const place = await parts.pool.take(signal, hasVoice(request.voice));
    try {
      return await speakAt(parts, place, request, signal);
    } catch (thrown) {
      const { code } = toFault(thrown);
      if (signal.aborted || attempt >= MOST_TRIES) throw thrown;
      if (code === 'unreachable') continue;
      if (!(thrown instanceof HttpFault) || (code !== 'busy' && code !== 'rate_limited')) throw thrown;
      await pause(Math.min(LONGEST_WAIT, thrown.retryAfterMs ?? BUSY_WAITS[attempt - 1] ?? LONGEST_WAIT), signal);
    }
  }
}

const goneAt = (where: string) => voiceGone(`The Chatterbox server at ${where}`);

/** Whether a server has a voice, as far as is known: one that was not asked yet may have it. */
const hasVoice = (voice: string) => (server: ChatterboxServer) => server.knowsVoice(voice) !== false;

async function speakAt(
  { decode }: ChatterboxSpeechParts,
  place: Place<ChatterboxServer>,
  request: SpeechRequest,
  signal: AbortSignal,
): Promise<SpeechStream> {
  const { server } = place;
  try {
    const { dialect, facts } = await server.find(signal);
    await server.voices(signal, dialect.answersUnknownVoices);
    if (!server.knowsVoice(request.voice)) {
      throw goneAt(server.address);
    }
    const spoken = dialect.speak(request, facts);
    const answer = await server.speechClient.ask({
      ...spoken.http,
      signal,
      firstByteMs: FIRST_BYTE_MS + workMs(request),
    });
    const read = await readAnswer(answer, spoken, { server: 'The Chatterbox server', rawRate: null, decode });
    return streamOf(place, request, spoken, read, answer, signal);
  } catch (thrown) {
    endPlace(place, request, thrown, signal);
    throw thrown;
  }
}

function readAnswer(answer: HttpAnswer, { form }: SpokenAs, options: ReadSpeechOptions): Promise<ReadSpeech> {
  return form === 'events' ? readSpeechEvents(answer.body, options) : readSpeech(answer.body, options);
}

/** What becomes of a server’s place after a failure. */
function endPlace(place: Place<ChatterboxServer>, request: SpeechRequest, thrown: unknown, signal: AbortSignal): void {
  const { code } = toFault(thrown);
  // It works on: nobody told it that the client has gone, or it would not listen.
  if (signal.aborted || (code === 'busy' && !(thrown instanceof HttpFault))) place.left(workMs(request));
  else if (code === 'unreachable' || code === 'cut_short') place.failed();
  else place.done();
}

function streamOf(
  place: Place<ChatterboxServer>,
  request: SpeechRequest,
  spoken: SpokenAs,
  read: ReadSpeech,
  answer: HttpAnswer,
  signal: AbortSignal,
): SpeechStream {
  const { text, language, speed } = request;

  // Also where nobody ever listens to it.
  const leave = () => place.left(workMs(request));
  signal.addEventListener('abort', leave, { once: true });

  async function* chunks() {
    let failure: unknown = null;
    let whole = false;
    try {
      yield* wholeSound(read.chunks, read.sampleRate, {
        server: 'The Chatterbox server',
        text,
        language,
        speed,
      });
      whole = true;
    } catch (thrown) {
      failure = thrown;
      throw thrown;
    } finally {
      signal.removeEventListener('abort', leave);
      if (whole) place.done();
      else if (failure !== null && toFault(failure).code === 'cut_short') place.failed();
      else leave();
    }
  }

  return {
    sampleRate: read.sampleRate,
    totalSamples: read.totalSamples,
    request: { address: place.server.address, path: spoken.http.path, ...bodyOf(spoken), status: answer.status },
    seed: spoken.seed,
    chunks: chunks(),
    cost: () => ({ estimated: 0, billed: null, currency: '' }),
  };
}

function bodyOf({ http }: SpokenAs): Record<string, unknown> {
  return typeof http.json === 'object' && http.json !== null ? { ...http.json } : {};
}
