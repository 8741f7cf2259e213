import { z } from 'zod';
import { fault } from '../../../shared/errors.ts';
import { type HttpAnswer, HttpClient, type HttpLimits, type HttpRequest } from '../http/http-client.ts';
import { type Retrying, retryingWhere } from '../patience/retrying.ts';
import {
  HistoryItem,
  HistoryPage,
  type ListedVoice,
  ModelList,
  StoredSettings,
  Subscription,
  VoicePage,
} from './answers.ts';
import { mayAskAgain } from './may-retry.ts';
import { elevenLabsRefusal } from './refusals.ts';
import { type TimedPiece, timedPieces } from './timed-pieces.ts';

export const ELEVENLABS_URL = 'https://api.elevenlabs.io';

/** What of the history was asked for through the API for speech, and not for example through a project. */
export const SPEECH_SOURCE = 'TTS';

export interface ElevenLabsClientOptions {
  key: string;
  /** Where the API is: a region's own address, or a proxy. */
  base?: string;
  limits?: Partial<HttpLimits>;
  /** How lists are asked for again; speech never is. */
  retrying?: Omit<Retrying, 'mayRetry'>;
}

/** Sound that is asked for: raw samples (s16, one channel) or MP3. The number is the rate in Hz. */
export type OutputFormat = 'pcm_24000' | 'pcm_22050' | 'pcm_16000' | 'mp3_44100_128' | 'mp3_22050_32';

/** The body of a request for speech, as it is sent. */
export interface SpeechBody {
  text: string;
  model_id: string;
  /** ISO 639-1 */
  language_code?: string;
  voice_settings?: Partial<StoredSettings>;
  /** 0 to 4294967295 */
  seed?: number;
  previous_text?: string;
  next_text?: string;
}

export interface SpeechAsked {
  voice: string;
  format: OutputFormat;
  body: SpeechBody;
  signal: AbortSignal;
  /** In place of the usual limit, in ms. */
  firstByteMs?: number;
}

/** Which part of the history is asked for. */
export interface HistoryAsked {
  /** One voice, or null for all. */
  voice: string | null;
  /** The item that it goes on after, or null for the newest. */
  after: string | null;
  /** Items, at most 1000. */
  size: number;
}

/** What the head of an answer tells; null where it does not. */
export interface SpeechFacts {
  requestId: string | null;
  /** Credits this request costs. */
  credits: number | null;
  /** Requests that ran at once when it began, this one included. */
  running: number | null;
  /** Requests the plan allows at once. */
  mostRunning: number | null;
}

/** Speech that was accepted, and is billed from here on. */
export interface SpeechAnswer<Piece> {
  facts: SpeechFacts;
  /** Pieces as they come. Throws a FaultError where the answer breaks off; leaving it closes the connection. */
  pieces: AsyncIterable<Piece>;
  release(): void;
}

/** Voices of one page: the most there may be. */
const PAGE_SIZE = 100;
/** Settings of a voice are waited for no longer than this, in ms: it can speak without them. */
const SETTINGS_MS = 5000;
/** Pages that are read, and voices: more than any account has. */
const MOST_PAGES = 200;
const MOST_VOICES = PAGE_SIZE * MOST_PAGES;

/**
 * ElevenLabs' API, as much of it as Timbre uses. A request for speech is never sent twice: it would be billed twice. What
 * only reads is asked for again where that may help.
 */
export class ElevenLabsClient {
  /** Where it is, without a slash at the end. */
  readonly base: string;
  readonly #http: HttpClient;
  readonly #retrying: Retrying;

  /** @throws FaultError unauthorised, where the key is one that no header can carry */
  constructor({ key, base = ELEVENLABS_URL, limits, retrying }: ElevenLabsClientOptions) {
    const trimmed = key.trim();
    if (!/^[\x21-\x7e]{1,512}$/u.test(trimmed)) {
      throw fault('unauthorised', 'This cannot be a key of ElevenLabs.', { todo: 'Enter the key again in Settings.' });
    }
    this.base = base.replace(/\/+$/u, '');
    this.#retrying = { ...retrying, mayRetry: mayAskAgain };
    this.#http = new HttpClient({
      server: 'ElevenLabs',
      base,
      headers: { 'xi-api-key': trimmed },
      secrets: [trimmed],
      refusal: elevenLabsRefusal,
      ...(limits ? { limits } : {}),
    });
  }

  models(signal: AbortSignal): Promise<z.infer<typeof ModelList>> {
    return this.#read({ path: '/v1/models', signal }, ModelList);
  }

  /** All voices of the account, page by page, each once. */
  async voices(signal: AbortSignal): Promise<ListedVoice[]> {
    const voices = new Map<string, ListedVoice>();
    const seen = new Set<string>();
    let token: string | null = null;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query: Record<string, string> = { page_size: String(PAGE_SIZE), include_total_count: 'false' };
      if (token !== null) query.next_page_token = token;
      const read: z.infer<typeof VoicePage> = await this.#read({ path: '/v2/voices', query, signal }, VoicePage);
      for (const voice of read.voices) if (!voices.has(voice.voice_id)) voices.set(voice.voice_id, voice);
      token = read.next_page_token;
      // A page that leads back would be read for ever.
      if (!read.has_more || token === null || seen.has(token) || voices.size >= MOST_VOICES) break;
      seen.add(token);
    }
    return [...voices.values()];
  }

  /** Settings kept with a voice: they hold where a request brings none. Somebody may wait to hear it, so it is soon. */
  settings(voice: string, signal: AbortSignal): Promise<StoredSettings> {
    const path = `/v1/voices/${encodeURIComponent(voice)}/settings`;
    return this.#http.json({ path, signal, firstByteMs: SETTINGS_MS }, StoredSettings);
  }

  subscription(signal: AbortSignal): Promise<z.infer<typeof Subscription>> {
    return this.#read({ path: '/v1/user/subscription', signal }, Subscription);
  }

  /** What was asked for through the API for speech, the newest first. */
  history({ voice, after, size }: HistoryAsked, signal: AbortSignal): Promise<HistoryPage> {
    const query: Record<string, string> = { page_size: String(size), source: SPEECH_SOURCE };
    if (after !== null) query.start_after_history_item_id = after;
    if (voice !== null) query.voice_id = voice;
    return this.#read({ path: '/v1/history', query, signal }, HistoryPage);
  }

  historyItem(id: string, signal: AbortSignal): Promise<HistoryItem> {
    return this.#read({ path: `/v1/history/${encodeURIComponent(id)}`, signal }, HistoryItem);
  }

  /** Asks once for the sound of something that was generated before. It costs nothing. */
  pastSound(id: string, signal: AbortSignal): Promise<HttpAnswer> {
    return this.#http.ask({ path: `/v1/history/${encodeURIComponent(id)}/audio`, signal });
  }

  /** Does what costs nothing, and does it again where that may help. */
  patiently<T>(attempt: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return retryingWhere(attempt, this.#retrying, signal);
  }

  /** Asks for speech as it is made: bytes in the format asked for, cut anywhere. */
  async speak(asked: SpeechAsked): Promise<SpeechAnswer<Uint8Array>> {
    const answer = await this.#stream(asked, 'stream');
    return { facts: factsOf(answer), pieces: answer.body, release: answer.release };
  }

  /** Asks for speech as it is made, and when each character is heard. */
  async speakTimed(asked: SpeechAsked): Promise<SpeechAnswer<TimedPiece>> {
    const answer = await this.#stream(asked, 'stream/with-timestamps');
    return { facts: factsOf(answer), pieces: timedPieces(answer.body), release: answer.release };
  }

  /** What was thrown, without the key in anything it says. */
  clean(thrown: unknown): unknown {
    return this.#http.clean(thrown);
  }

  /** Closes every connection, also those in use. */
  close(): Promise<void> {
    return this.#http.close();
  }

  #read<Schema extends z.ZodType>(asked: HttpRequest, schema: Schema): Promise<z.infer<Schema>> {
    return this.patiently(() => this.#http.json(asked, schema), asked.signal);
  }

  #stream({ voice, format, body, signal, firstByteMs }: SpeechAsked, end: string): Promise<HttpAnswer> {
    return this.#http.ask({
      method: 'POST',
      path: `/v1/text-to-speech/${encodeURIComponent(voice)}/${end}`,
      query: { output_format: format },
      json: body,
      signal,
      ...(firstByteMs === undefined ? {} : { firstByteMs }),
    });
  }
}

/** A number in a header: none of them is so great in earnest, and sums of greater ones would be no numbers any more. */
const Amount = z.coerce.number().min(0).max(1e12);

function factsOf({ header }: HttpAnswer): SpeechFacts {
  const number = (name: string) => {
    const value = header(name)?.trim();
    return value ? (Amount.safeParse(value).data ?? null) : null;
  };
  return {
    requestId: header('request-id') ?? null,
    credits: number('character-cost'),
    running: number('current-concurrent-requests'),
    mostRunning: number('maximum-concurrent-requests'),
  };
}
