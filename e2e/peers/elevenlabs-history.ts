import type { Account } from './elevenlabs-account.ts';
import { PEER_MODELS } from './elevenlabs-models.ts';
import { encoded, joinedSound, outputFormat, USUAL_FORMAT } from './elevenlabs-sound.ts';
import { type Generation, spokenSound } from './elevenlabs-speech.ts';
import { SpeechBody } from './elevenlabs-text.ts';
import { type ListedPeerVoice, removedVoice, type StoredSettings } from './elevenlabs-voices.ts';
import type { PeerEngine } from './peer-engine.ts';

/** A line as it was spoken once, with the voice that spoke it. */
interface PastLine {
  voice: string;
  text: string;
}

/** Something that was generated in the account before the peer began. */
export interface PastGeneration extends PastLine {
  /** By default Multilingual v2. */
  model?: string;
  /** Settings the request brought. */
  settings?: Partial<StoredSettings>;
  /** In s since the epoch; by default a minute after the one before. */
  at?: number;
  /** Where it was made: by default through the API for speech. */
  source?: 'TTS' | 'STS' | 'Projects' | 'ConvAI' | 'Flows';
  /** Only what was `created` has a sound. */
  state?: 'created' | 'processing' | 'deleted';
  /** Its `output_format`. */
  format?: string;
  /** Further lines, which make it a dialogue. */
  dialogue?: readonly PastLine[];
}

/** What the history knows of a generation. */
interface Entry {
  id: string;
  /** Several where it is a dialogue. */
  parts: readonly Generation[];
  /** In s since the epoch. */
  at: number;
  /** Credits used before and after it. */
  credits: { from: number; to: number };
  source: NonNullable<PastGeneration['source']>;
  state: NonNullable<PastGeneration['state']>;
  /** Null until somebody asks for it, or where it was long ago. */
  sound: readonly Int16Array[] | null;
}

/** When the first seeded generation was made, in s since the epoch, and how long after it each further one. */
const FIRST_AT = 1_760_000_000;
const APART_S = 60;
/** Sounds that are kept; older ones are spoken again where they are asked for. */
const MOST_SOUNDS = 100;

/** What a list of history items may be asked by. */
export interface HistoryQuery {
  size: number;
  after: string | null;
  voice: string | null;
  model: string | null;
  source: string | null;
  search: string | null;
  /** In s since the epoch: before this, exclusive, and from this on. */
  before: number | null;
  from: number | null;
  ascending: boolean;
}

/** What was generated in an account. Speech that is spoken now joins what was there before. */
export class PeerHistory {
  readonly #engine: PeerEngine;
  /** Whether a sound is given in the format it was asked for in, or as MP3, which is all that the document has. */
  readonly #original: boolean;
  /** The newest first. */
  #entries: Entry[] = [];
  #count = 0;

  constructor(engine: PeerEngine, original: boolean) {
    this.#engine = engine;
    this.#original = original;
  }

  /** Adds generations in the order in which they were made. @param account by which they were paid for */
  seed(past: readonly PastGeneration[], voices: readonly ListedPeerVoice[], account: Account): void {
    let at = FIRST_AT - APART_S;
    let from = 0;
    for (const one of past) {
      at = one.at ?? at + APART_S;
      const lines: readonly PastLine[] = [one, ...(one.dialogue ?? [])];
      const parts = lines.map((line) => this.#generation(line, one, voices, account));
      const { source = 'TTS', state = 'created' } = one;
      const to = from + parts.reduce((sum, { credits }) => sum + credits, 0);
      this.#add({ parts, at, credits: { from, to }, source, state, sound: null });
      from = to;
    }
  }

  /** Speech that was spoken just now, as the account was billed for it. @param used credits used after it */
  spoke(generation: Generation, sound: readonly Int16Array[], used: number): void {
    const credits = { from: used - generation.credits, to: used };
    const at = Math.floor(Date.now() / 1000);
    this.#add({ parts: [generation], at, credits, source: 'TTS', state: 'created', sound });
    const old = this.#entries[MOST_SOUNDS];
    if (old) old.sound = null;
  }

  /** Ids of everything that is there, the newest first. */
  get ids(): string[] {
    return this.#entries.map(({ id }) => id);
  }

  /** As its owner deletes it in the page of the account. */
  delete(id: string): void {
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
  }

  /** The item of an id as it is told; null where there is none. */
  item(id: string) {
    const entry = this.#find(id);
    return entry ? this.#told(entry) : null;
  }

  /** `GET /v1/history`. */
  page({ size, after, voice, model, source, search, before, from, ascending }: HistoryQuery) {
    const fitting = this.#entries.filter((entry) => {
      const told = this.#told(entry);
      return (
        (voice === null || told.voice_id === voice) &&
        (model === null || told.model_id === model) &&
        (source === null || told.source === source) &&
        (search === null || (told.text ?? '').toLowerCase().includes(search.toLowerCase())) &&
        (before === null || entry.at < before) &&
        (from === null || entry.at >= from)
      );
    });
    const ordered = ascending ? fitting.toReversed() : fitting;
    const start = after === null ? 0 : ordered.findIndex(({ id }) => id === after) + 1;
    // After one that is not there, nothing is.
    const page = after !== null && start === 0 ? [] : ordered.slice(start, start + size);
    const last = page.at(-1);
    return {
      history: page.map((entry) => this.#told(entry)),
      last_history_item_id: last?.id ?? null,
      has_more: last !== undefined && last !== ordered.at(-1),
      scanned_until: last?.at ?? null,
    };
  }

  /** Its sound, and of what type that is; null where there is none. */
  async sound(id: string): Promise<{ bytes: Uint8Array; contentType: string } | null> {
    const entry = this.#find(id);
    const [first] = entry?.parts ?? [];
    if (!entry || !first || entry.state !== 'created') return null;
    if (entry.sound === null) {
      const spoken: Int16Array[] = [];
      for (const part of entry.parts) spoken.push(...(await spokenSound(this.#engine, part)));
      entry.sound = spoken;
    }
    const format = this.#original ? first.format : USUAL_FORMAT;
    return { bytes: await encoded(joinedSound(entry.sound), format), contentType: format.contentType };
  }

  #find(id: string): Entry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  #add(entry: Omit<Entry, 'id'>): void {
    this.#count += 1;
    this.#entries.unshift({ ...entry, id: `Past${String(this.#count).padStart(16, '0')}` });
    this.#entries.sort((a, b) => b.at - a.at);
  }

  #generation(
    { voice: id, text }: PastLine,
    { model: model_id, settings = {}, format = USUAL_FORMAT.name }: PastGeneration,
    voices: readonly ListedPeerVoice[],
    account: Account,
  ): Generation {
    const body = SpeechBody.parse({ text, model_id, voice_settings: settings, seed: this.#count });
    const voice = voices.find((one) => one.id === id) ?? removedVoice(id);
    const model = PEER_MODELS.find((one) => one.id === body.model_id);
    const asked = outputFormat(format);
    if (!model || !asked) throw new Error(`The peer makes no ${body.model_id} in ${format}.`);
    const credits = account.cost(text, model, voice);
    return { body, model, voice, format: asked, requestId: `request${this.#count}`, credits };
  }

  #told({ id, parts, at, credits, source, state }: Entry) {
    const [first] = parts;
    const only = parts.length === 1 ? first : undefined;
    return {
      history_item_id: id,
      request_id: first?.requestId ?? null,
      voice_id: only?.voice.id ?? null,
      model_id: first?.model.id ?? null,
      voice_name: only?.voice.name ?? null,
      voice_category: only?.voice.category ?? null,
      text: only?.body.text ?? null,
      date_unix: at,
      character_count_change_from: credits.from,
      character_count_change_to: credits.to,
      content_type: (this.#original ? first?.format.contentType : undefined) ?? USUAL_FORMAT.contentType,
      state,
      settings: only ? { ...only.voice.settings, ...only.body.voice_settings } : null,
      share_link_id: null,
      source,
      alignments: null,
      dialogue: only
        ? null
        : parts.map(({ voice, body }) => ({ text: body.text, voice_id: voice.id, voice_name: voice.name })),
      output_format: first?.format.name ?? null,
    };
  }
}
