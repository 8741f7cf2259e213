import { type FaultError, toFault } from '../../../shared/errors.ts';
import { HttpClient, type HttpLimits, USUAL_LIMITS } from '../http/http-client.ts';
import type { Refusal } from '../http/http-fault.ts';
import type { ListedVoice } from '../reading/voice-list.ts';
import { untilAborted } from '../until-aborted.ts';
import type { Dialect, DialectName, ServerFacts } from './dialect.ts';
import { RESEMBLE_API, RESEMBLE_SYNTHESIS } from './dialects/resemble.ts';
import { findDialect } from './find-dialect.ts';

export interface ChatterboxServerOptions {
  /** Where it is, for example `http://127.0.0.1:8004`. */
  address: string;
  /** Sent as Bearer; null where there is none. */
  key: string | null;
  /** The kind of server a person chose; null to find out. */
  dialect: DialectName | null;
  limits?: Partial<HttpLimits>;
  /** Where speech is asked for; by default at the same address, but for Resemble’s own service. */
  speechAddress?: ((address: string) => string) | undefined;
  /** Told when another model or kind of server is there than was there before. */
  onChange?(): void;
}

/** What a server turned out to be. */
export interface FoundServer {
  dialect: Dialect;
  facts: ServerFacts;
}

/** How long what a server said of itself is believed, in ms: a model may be switched in its own page. */
const FACTS_AGE_MS = 30_000;
const VOICES_AGE_MS = 60_000;
/** A server that answers nothing because it is at work is not asked what it is again so soon, in ms. */
const AT_WORK_AGE_MS = 5000;

const usualSpeechAddress = (address: string) => (address === RESEMBLE_API ? RESEMBLE_SYNTHESIS : address);

/** One address: what is there, its voices, and the ways to it. */
export class ChatterboxServer {
  readonly address: string;
  readonly client: HttpClient;
  /** Where speech is asked for; another host only with Resemble's own service. */
  readonly speechClient: HttpClient;
  /** Why it could not be asked or failed the last time; null since it did well. */
  trouble: string | null = null;
  /** It could not be asked the last time, whatever it is: nobody can say that it is free. */
  gone = false;
  /** What it says it is doing for somebody who has left; empty where it says nothing. */
  working = '';
  /** Whether it answers only when all sound is made; null before it has answered. */
  answersWhole: boolean | null = null;
  readonly #options: ChatterboxServerOptions;
  #found: FoundServer | null = null;
  #foundAt = Number.NEGATIVE_INFINITY;
  /** When it answered nothing because it was at work. */
  #atWorkAt = Number.NEGATIVE_INFINITY;
  #finding: Promise<FoundServer> | null = null;
  readonly #closing = new AbortController();
  #voices: ListedVoice[] | null = null;
  #voicesAt = Number.NEGATIVE_INFINITY;

  constructor(options: ChatterboxServerOptions) {
    this.#options = options;
    this.address = options.address.replace(/\/+$/u, '');
    this.client = this.#clientFor(this.address);
    const speech = (options.speechAddress ?? usualSpeechAddress)(this.address);
    this.speechClient = speech === this.address ? this.client : this.#clientFor(speech);
  }

  /** What it turned out to be; null before it was asked, or since it could not be. */
  get found(): FoundServer | null {
    return this.#found;
  }

  /** From the request to the first byte of an answer, in ms. */
  get firstByteMs(): number {
    return this.#options.limits?.firstByteMs ?? USUAL_LIMITS.firstByteMs;
  }

  /** What is there now. @param fresh asks again, however short ago it was asked @throws FaultError */
  async find(signal: AbortSignal, fresh = false): Promise<FoundServer> {
    const now = performance.now();
    const young = now - this.#foundAt < FACTS_AGE_MS || now - this.#atWorkAt < AT_WORK_AGE_MS;
    if (!fresh && this.#found && young) return this.#found;
    // Whoever asks meanwhile shares the answer, so that it must not end with whoever asked first.
    this.#finding ??= this.#find(this.#closing.signal).finally(() => {
      this.#finding = null;
    });
    try {
      return await untilAborted(signal, this.#finding);
    } catch (thrown) {
      // It speaks for somebody else and answers nothing meanwhile: what it was it still is.
      if (fresh || !this.#found || toFault(thrown).code !== 'busy') throw thrown;
      this.#atWorkAt = performance.now();
      return this.#found;
    }
  }

  /** Its voices. @param fresh asks again, however short ago it was asked @throws FaultError */
  async voices(signal: AbortSignal, fresh = false): Promise<ListedVoice[]> {
    if (!fresh && this.#voices && performance.now() - this.#voicesAt < VOICES_AGE_MS) return this.#voices;
    const { dialect } = await this.find(signal);
    if (!fresh && this.#voices && performance.now() - this.#atWorkAt < AT_WORK_AGE_MS) return this.#voices;
    this.#voices = await dialect.voices(this.client, signal);
    this.#voicesAt = performance.now();
    return this.#voices;
  }

  /** Forgets what it listed, because that has changed. */
  forget(): void {
    this.#foundAt = Number.NEGATIVE_INFINITY;
    this.#voicesAt = Number.NEGATIVE_INFINITY;
  }

  /** Whether it has nothing to do; null where it cannot say. */
  async isIdle(signal: AbortSignal): Promise<boolean | null> {
    const asked = await this.#found?.dialect.isIdle?.(this.client, signal, this.answersWhole);
    this.working = asked?.note ?? '';
    return asked?.idle ?? null;
  }

  /** Whether it has a voice by the list it gave last; null where it gave none yet. */
  knowsVoice(voice: string): boolean | null {
    return this.#voices?.some(({ id, aliases }) => id === voice || aliases.includes(voice)) ?? null;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.client.close();
    if (this.speechClient !== this.client) await this.speechClient.close();
  }

  async #find(signal: AbortSignal): Promise<FoundServer> {
    try {
      const before = this.#found?.facts;
      const found = await this.#look(signal);
      this.#found = found;
      this.#foundAt = performance.now();
      this.trouble = null;
      this.gone = false;
      if (before && before.model !== found.facts.model) this.#options.onChange?.();
      return found;
    } catch (thrown) {
      this.#foundAt = Number.NEGATIVE_INFINITY;
      const { code, message } = toFault(thrown);
      if (code !== 'cancelled') this.trouble = message;
      if (code !== 'cancelled' && code !== 'busy') this.gone = true;
      throw thrown;
    }
  }

  /** What is there: a kind that was found is asked for first, as asking for all costs a server under load dearly. */
  async #look(signal: AbortSignal): Promise<FoundServer> {
    const { dialect: chosen } = this.#options;
    const dialect = chosen === null ? this.#found?.dialect : undefined;
    const facts = await dialect?.probe(this.client, signal);
    return dialect && facts ? { dialect, facts } : await findDialect(this.client, chosen, signal);
  }

  #clientFor(base: string): HttpClient {
    const { key, limits = {} } = this.#options;
    return new HttpClient({
      server: 'The Chatterbox server',
      base,
      ...(key === null ? {} : { headers: { authorization: `Bearer ${key}` }, secrets: [key] }),
      limits,
      refusal: (refusal: Refusal): FaultError | null => this.#found?.dialect.refusal?.(refusal) ?? null,
    });
  }
}
