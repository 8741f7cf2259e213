import { setTimeout as wait } from 'node:timers/promises';
import { NEUTRAL_STUDIO, type StudioSettings } from '../../shared/controls/controls.ts';
import { renderOffline } from '../../shared/sound/chain-offline.ts';
import { floatToS16 } from '../../shared/sound/pcm.ts';
import { convertRate } from '../../shared/sound/rate-converter.ts';
import { gate } from './gate.ts';
import { untilLeft } from './peer.ts';
import type { NamedVoice } from './peer-voices.ts';
import { PEER_RATE, PeerSpeech } from './speech.ts';

/** A text with this in it makes the engine fail. */
export const FAIL = '__FAIL__';

/** Chunks that are remembered. */
const MOST_KNOWN = 100;

/** What the model of a server throws. */
export class EngineFailure extends Error {}

/** A chunk of text that was really spoken. */
export interface Spoken {
  text: string;
  /** Name of the voice it was spoken with. */
  voice: string;
}

export interface PeerEngineOptions {
  /** How long each chunk takes at least, in ms. */
  paceMs?: number;
  /**
   * False where requests share the model's state, so that one request is spoken with the voice of another that came
   * later. Source: resemble-ai/chatterbox keeps the voice in `self.conds`.
   */
  reentrant?: boolean;
}

/** The model of a peer: real speech, at the pace and with the weaknesses of the real ones. */
export class PeerEngine {
  /** Every chunk that was spoken, heard or not. */
  readonly spoken: Spoken[] = [];
  /** Most requests it ever had at once. */
  mostAtOnce = 0;
  readonly #pace: number;
  readonly #reentrant: boolean;
  readonly #jobs = new Set<Promise<unknown>>();
  readonly #known = new Map<string, Int16Array>();
  #voice: NamedVoice | null = null;
  #speech: PeerSpeech | null = null;
  #held: Promise<void> | null = null;
  #closing = new AbortController();

  constructor({ paceMs = 0, reentrant = true }: PeerEngineOptions = {}) {
    this.#pace = paceMs;
    this.#reentrant = reentrant;
  }

  /** Requests it has now. */
  get atOnce(): number {
    return this.#jobs.size;
  }

  /** Lets no chunk be spoken until the answer is called. */
  hold(): () => void {
    const { opened, open } = gate();
    this.#held = opened;
    return () => {
      this.#held = null;
      open();
    };
  }

  /**
   * Speaks a chunk: s16 at {@link PEER_RATE}.
   * @throws EngineFailure where the text says so
   */
  async say(text: string, voice: NamedVoice): Promise<Int16Array> {
    const { signal } = this.#closing;
    this.#voice = voice;
    await wait(this.#pace, undefined, { signal });
    if (this.#held) await Promise.race([this.#held, untilLeft(signal)]);
    signal.throwIfAborted();
    if (text.includes(FAIL)) throw new EngineFailure('CUDA error: device-side assert triggered (fake)');
    const heard = this.#reentrant ? voice : this.#voice;
    const samples = await this.#same(text, heard, signal);
    signal.throwIfAborted();
    this.spoken.push({ text, voice: heard.name });
    return samples;
  }

  /** eSpeak NG never speaks twice alike; a model with the same seed does. */
  async #same(text: string, { sound }: NamedVoice, signal: AbortSignal): Promise<Int16Array> {
    const key = JSON.stringify([text, sound]);
    const known = this.#known.get(key);
    if (known) return known;
    this.#speech ??= new PeerSpeech();
    const samples = await this.#speech.speak(text, sound, signal);
    if (signal.aborted) return samples;
    this.#known.set(key, samples);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    return samples;
  }

  /** Does the work of one request, to its end even where its client leaves. */
  job<T>(work: () => Promise<T>): Promise<T> {
    const running = work();
    this.#jobs.add(running);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#jobs.size);
    const done = () => void this.#jobs.delete(running);
    running.then(done, done);
    return running;
  }

  /** What a request's work gives, piece by piece. The work goes on to its end even where nobody takes the pieces. */
  async *stream<T>(work: (give: (piece: T) => void) => Promise<void>): AsyncGenerator<T> {
    const pieces: T[] = [];
    let news = gate();
    const tell = () => {
      news.open();
      news = gate();
    };
    let ended = false;
    const running = this.job(() =>
      work((piece) => {
        pieces.push(piece);
        tell();
      }),
    );
    const end = () => {
      ended = true;
      tell();
    };
    running.then(end, end);
    while (true) {
      const { opened } = news;
      for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) yield piece;
      if (ended && pieces.length === 0) break;
      if (!ended) await opened;
    }
    await running;
  }

  /** Resolves when no request is being worked on. */
  async idle(): Promise<void> {
    while (this.#jobs.size > 0) await Promise.allSettled(this.#jobs);
  }

  /** Ends all work and its thread; it can be used again afterwards. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.idle();
    await this.#speech?.close();
    this.#speech = null;
    this.#closing = new AbortController();
  }
}

/** Sound at another speed, pitch or volume. */
export async function changed(samples: Int16Array, studio: Partial<StudioSettings>): Promise<Int16Array> {
  const settings = { ...NEUTRAL_STUDIO, ...studio };
  if (settings.speed === 1 && settings.pitch === 0 && settings.volume === 0) return samples;
  return floatToS16(convertRate(await renderOffline(samples, PEER_RATE, settings), PEER_RATE));
}
