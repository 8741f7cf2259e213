import { fault } from '../../shared/errors.ts';
import type { VoiceListState } from '../../shared/schemas/connection.ts';
import type { Model, Voice } from '../../shared/schemas/voice.ts';
import { voiceIdParts } from '../../shared/voice-id.ts';
import { type Draining, draining } from './draining.ts';
import type { Provider } from './provider.ts';
import { type ListKeeper, VoiceCatalogue, type VoicesAndModels } from './voice-catalogue.ts';

/** A voice with what speaks it. */
export interface ResolvedVoice {
  provider: Provider;
  voice: Voice;
  model: Model;
  /** The provider's own id of the voice. */
  local: string;
}

/** Voices and models of all providers, and how old each list is. */
export interface AllVoices extends VoicesAndModels {
  lists: VoiceListState[];
}

/** All providers of the studio. Those that a person set up come and go while it runs. */
export interface Registry {
  readonly providers: Provider[];
  provider(id: string): Provider | undefined;
  /** Adds a provider, or puts it in the place of the one of its id, which speaks to the end what it has begun. */
  put(provider: Provider): void;
  remove(id: string): void;
  /** What is known now; lists that never were read are begun to be read. Never waits for a server. */
  known(signal: AbortSignal): Promise<AllVoices>;
  /** What is known, after lists that never were read have been. */
  all(signal: AbortSignal): Promise<AllVoices>;
  /** Reads lists anew. One that cannot be read stays as it was, with its fault. @param id of one provider; by default all */
  refresh(signal: AbortSignal, id?: string): Promise<AllVoices>;
  /**
   * @param modelId one of the voice's models; by default its own
   * @throws FaultError unknown_voice, unknown_model: never another voice or model; what the provider says where its list
   *   cannot be read
   */
  resolve(voiceId: string, signal: AbortSignal, modelId?: string | null): Promise<ResolvedVoice>;
  close(): Promise<void>;
}

export interface RegistryOptions {
  /** Keeps lists over a restart; null where there is nowhere to keep them. */
  keeper?: ListKeeper | null;
  /** Told when lists have changed. */
  onChange?(): void;
}

/** A list that is younger, in ms, is not read again only because a voice is not in it. */
const YOUNG_MS = 5000;

interface Entry {
  draining: Draining;
  /** Null for a provider in this process, which is asked each time. */
  catalogue: VoiceCatalogue | null;
}

/** @param own providers in this process: they answer at once, and their lists change with the studio's */
export function createRegistry(own: readonly Provider[], { keeper = null, onChange }: RegistryOptions = {}): Registry {
  const entries = new Map<string, Entry>(
    own.map((provider) => [provider.id, { draining: draining(provider), catalogue: null }]),
  );
  const retiring = new Set<Draining>();

  async function listOf({ draining, catalogue }: Entry, signal: AbortSignal): Promise<VoicesAndModels> {
    if (catalogue) return catalogue.get(signal);
    const { provider } = draining;
    const [voices, models] = await Promise.all([provider.voices(signal), provider.models(signal)]);
    return { voices, models };
  }

  /** @param list of an entry; null where it has none to give */
  async function gather(list: (entry: Entry) => Promise<VoicesAndModels | null>): Promise<AllVoices> {
    const all = [...entries.values()];
    const lists = await Promise.allSettled(all.map(list));
    const there = lists.flatMap((one) => (one.status === 'fulfilled' && one.value ? [one.value] : []));
    return {
      voices: there.flatMap(({ voices }) => voices),
      models: there.flatMap(({ models }) => models),
      lists: all.flatMap(({ catalogue }) => (catalogue ? [catalogue.state()] : [])),
    };
  }

  function take(id: string): Entry | undefined {
    const entry = entries.get(id);
    if (!entry) return undefined;
    entries.delete(id);
    entry.catalogue?.close();
    retiring.add(entry.draining);
    void entry.draining
      .retire()
      .catch(() => undefined)
      .finally(() => retiring.delete(entry.draining));
    return entry;
  }

  const readInBackground = (catalogue: VoiceCatalogue) =>
    void catalogue.read(new AbortController().signal).catch(() => undefined);

  return {
    get providers() {
      return [...entries.values()].map((entry) => entry.draining.provider);
    },
    provider: (id) => entries.get(id)?.draining.provider,
    put(provider) {
      take(provider.id);
      const catalogue = new VoiceCatalogue(provider, keeper, () => onChange?.());
      entries.set(provider.id, { draining: draining(provider), catalogue });
    },
    remove(id) {
      if (take(id)) onChange?.();
    },
    known: (signal) =>
      gather(async (entry) => {
        const { catalogue } = entry;
        if (!catalogue) return await listOf(entry, signal);
        if (catalogue.known === null && catalogue.state().fault === null) readInBackground(catalogue);
        return catalogue.known;
      }),
    all: (signal) => gather((entry) => listOf(entry, signal)),
    async refresh(signal, id) {
      const asked = [...entries.values()].filter(
        ({ draining, catalogue }) => catalogue && (id === undefined || draining.provider.id === id),
      );
      await Promise.allSettled(asked.map(({ catalogue }) => catalogue?.read(signal)));
      return await gather(async (entry) => (entry.catalogue ? entry.catalogue.known : await listOf(entry, signal)));
    },
    async resolve(voiceId, signal, modelId = null) {
      const { provider: id, local } = voiceIdParts(voiceId);
      const entry = entries.get(id);
      const unknown = () =>
        fault('unknown_voice', `There is no voice “${voiceId}”.`, {
          param: 'voiceId',
          todo: entry ? 'Choose a voice from the list.' : `Set up “${id}” in Settings, or choose another voice.`,
        });
      if (!entry) throw unknown();
      const { provider } = entry.draining;
      const find = ({ voices }: VoicesAndModels) => voices.find((candidate) => candidate.id === voiceId);
      let list = await listOf(entry, signal);
      // It may have come since the list was read.
      if (!find(list) && entry.catalogue && !entry.catalogue.isYoung(YOUNG_MS))
        list = await entry.catalogue.read(signal);
      const voice = find(list);
      if (!voice) throw unknown();
      const asked = modelId ?? voice.model;
      const model = list.models.find((candidate) => candidate.id === asked);
      if (!model || (modelId !== null && !(voice.models ?? [voice.model]).includes(modelId))) {
        throw fault('unknown_model', `The voice “${voice.name}” is not spoken by a model “${asked}”.`, {
          param: 'modelId',
          todo: 'Choose another model for this voice.',
        });
      }
      return { provider, voice, model, local };
    },
    async close() {
      const all = [...entries.values()];
      for (const { catalogue } of all) catalogue?.close();
      await Promise.allSettled([...all.map((entry) => entry.draining), ...retiring].map((one) => one.close()));
    },
  };
}
