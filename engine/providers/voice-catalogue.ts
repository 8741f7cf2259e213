import { z } from 'zod';
import { type Fault, toFault } from '../../shared/errors.ts';
import type { VoiceListState } from '../../shared/schemas/connection.ts';
import { Model, Voice } from '../../shared/schemas/voice.ts';
import type { Provider } from './provider.ts';
import { untilAborted } from './until-aborted.ts';

/** Voices of a provider with the models that speak them. */
export interface VoicesAndModels {
  voices: Voice[];
  models: Model[];
}

/** Keeps lists over a restart. */
export interface ListKeeper {
  voiceList(provider: string): { list: unknown; at: number } | null;
  storeVoiceList(provider: string, list: unknown, at: number): void;
}

const KeptList = z.object({ voices: z.array(Voice), models: z.array(Model) });

/** Longest id of a voice that can be asked for. */
const MOST_ID = 200;
/** Characters of a name, and of what is said of a voice or model, that are kept. */
const MOST_NAME = 200;
const MOST_WORDS = 2000;
/** Voices and models of one provider that are listed: more than any account has. */
const MOST_VOICES = 20_000;
const MOST_MODELS = 200;
/** Tags of a model, and labels and languages of a voice. */
const MOST_TAGS = 200;

/** Characters that are not seen, and those that turn the words around them round. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

const shown = (text: string, most: number) => text.slice(0, most).replace(UNSEEN, ' ').trim();

const withFewTags = (capabilities: Model['capabilities']): Model['capabilities'] =>
  capabilities.tags
    ? { ...capabilities, tags: { ...capabilities.tags, list: capabilities.tags.list.slice(0, MOST_TAGS) } }
    : capabilities;

/** A list as it can be shown and asked for, whatever a server has put in it: no longer, and no name longer, than is of use. */
function ofUse({ voices, models }: VoicesAndModels): VoicesAndModels {
  const usable = (id: string) => id.length > 0 && id.length <= MOST_ID;
  return {
    models: models
      .filter(({ id }) => usable(id))
      .slice(0, MOST_MODELS)
      .map((model) => ({
        ...model,
        name: shown(model.name, MOST_NAME) || shown(model.id, MOST_NAME),
        description: shown(model.description, MOST_WORDS),
        capabilities: withFewTags(model.capabilities),
      })),
    voices: voices
      .filter(({ id }) => usable(id))
      .slice(0, MOST_VOICES)
      .map((voice) => ({
        ...voice,
        ...(voice.models ? { models: voice.models.slice(0, MOST_MODELS) } : {}),
        ...(voice.labels ? { labels: voice.labels.slice(0, MOST_TAGS) } : {}),
        languages: voice.languages.slice(0, MOST_TAGS),
        name: shown(voice.name, MOST_NAME) || shown(voice.id, MOST_NAME),
        description: shown(voice.description, MOST_WORDS),
      })),
  };
}

/** What a provider lists: kept, with its age, and read anew when somebody asks for that. */
export class VoiceCatalogue {
  readonly #provider: Provider;
  readonly #keeper: ListKeeper | null;
  readonly #onChange: () => void;
  readonly #closing = new AbortController();
  #list: VoicesAndModels | null = null;
  #at: number | null = null;
  #fault: Fault | null = null;
  #reading: Promise<VoicesAndModels> | null = null;

  /** @param onChange told when the list, its age or what is wrong with it has changed */
  constructor(provider: Provider, keeper: ListKeeper | null, onChange: () => void) {
    this.#provider = provider;
    this.#keeper = keeper;
    this.#onChange = onChange;
    const kept = keeper?.voiceList(provider.id) ?? null;
    const parsed = KeptList.safeParse(kept?.list);
    if (kept && parsed.success) {
      this.#list = parsed.data;
      this.#at = kept.at;
    }
  }

  /** The list as it is known; null where it never was read. */
  get known(): VoicesAndModels | null {
    return this.#list;
  }

  state(): VoiceListState {
    return {
      provider: this.#provider.id,
      name: this.#provider.name,
      at: this.#at,
      voices: this.#list?.voices.length ?? 0,
      refreshing: this.#reading !== null,
      fault: this.#fault,
    };
  }

  /** The list as it is known, or as it is read now where it never was. @throws FaultError */
  async get(signal: AbortSignal): Promise<VoicesAndModels> {
    return this.#list ?? (await this.read(signal));
  }

  /**
   * Reads the list anew. Whoever asks meanwhile shares the answer. What was known stays where it cannot be read.
   * @throws FaultError
   */
  async read(signal: AbortSignal): Promise<VoicesAndModels> {
    if (this.#reading === null) {
      // Whoever asks meanwhile shares it, so that it must not end with whoever asked first.
      this.#reading = this.#read(this.#closing.signal).finally(() => {
        this.#reading = null;
        if (!this.#closing.signal.aborted) this.#onChange();
      });
      this.#reading.catch(() => undefined);
      this.#onChange();
    }
    return await untilAborted(signal, this.#reading);
  }

  /** Whether its list is younger than so many ms. */
  isYoung(ms: number): boolean {
    return this.#at !== null && Date.now() - this.#at < ms;
  }

  close(): void {
    this.#closing.abort();
  }

  async #read(signal: AbortSignal): Promise<VoicesAndModels> {
    try {
      const [voices, models] = await Promise.all([
        this.#provider.voices(signal, true),
        this.#provider.models(signal, true),
      ]);
      this.#list = ofUse({ voices, models });
      this.#at = Date.now();
      this.#fault = null;
      if (!signal.aborted) this.#keep(this.#list, this.#at);
      return this.#list;
    } catch (thrown) {
      this.#fault = toFault(thrown);
      throw thrown;
    }
  }

  /** A list that cannot be stored is as good as one that can, until a restart. */
  #keep(list: VoicesAndModels, at: number): void {
    try {
      this.#keeper?.storeVoiceList(this.#provider.id, list, at);
    } catch (thrown) {
      this.#fault = toFault(thrown);
    }
  }
}
