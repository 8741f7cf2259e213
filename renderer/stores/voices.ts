import { z } from 'zod';
import { create } from 'zustand';
import { type Fault, toFault } from '../../shared/errors.ts';
import { VoiceListState } from '../../shared/schemas/connection.ts';
import type { BlendRequest } from '../../shared/schemas/voice.ts';
import { Model, Voice } from '../../shared/schemas/voice.ts';
import { api, check, unwrap } from '../api.ts';

const VoiceList = z.object({
  voices: z.array(Voice),
  models: z.array(Model),
  favourites: z.array(z.string()),
  lists: z.array(VoiceListState),
});
const Blended = z.object({ voice: Voice });
const Favourites = z.object({ favourites: z.array(z.string()) });

interface Voices {
  voices: Voice[];
  models: Model[];
  favourites: ReadonlySet<string>;
  /** How old each provider's list is, and why it could not be read the last time. */
  lists: VoiceListState[];
  status: 'loading' | 'ready' | 'failed';
  fault: Fault | null;
  load(): Promise<void>;
  /** Lets the engine read the voices anew, of all providers or of one. @throws FaultError */
  refresh(provider?: string): Promise<void>;
  /** Marks a voice at once and tells the engine; goes back where the engine refuses. @throws FaultError */
  setFavourite(id: string, favourite: boolean): Promise<void>;
  /** Makes a new voice of two. @throws FaultError */
  blend(request: BlendRequest): Promise<Voice>;
  /** Removes a blended voice. @throws FaultError conflict */
  removeBlend(id: string): Promise<void>;
}

/** How often the lists were asked for: an answer that was overtaken by a later one is left. */
let loads = 0;

/** Voices and models of all providers. */
export const useVoices = create<Voices>()((set, get) => ({
  voices: [],
  models: [],
  favourites: new Set(),
  lists: [],
  status: 'loading',
  fault: null,

  load: async () => {
    loads += 1;
    const load = loads;
    try {
      const list = await unwrap(api.voices.$get(), VoiceList);
      if (load === loads) set(known(list));
    } catch (thrown) {
      if (load !== loads) return;
      set({ fault: toFault(thrown), status: get().voices.length > 0 ? 'ready' : 'failed' });
    }
  },

  refresh: async (provider) => {
    const list = await unwrap(
      api.voices.refresh.$post({ json: provider === undefined ? {} : { provider } }),
      VoiceList,
    );
    // What was asked for before is older.
    loads += 1;
    set(known(list));
  },

  setFavourite: async (id, favourite) => {
    const before = get().favourites;
    const now = new Set(before);
    if (favourite) now.add(id);
    else now.delete(id);
    set({ favourites: now });
    try {
      const answer = await unwrap(
        api.voices[':id'].favourite.$put({ param: { id: encodeURIComponent(id) }, json: { favourite } }),
        Favourites,
      );
      set({ favourites: new Set(answer.favourites) });
    } catch (thrown) {
      set({ favourites: before });
      throw thrown;
    }
  },

  blend: async (request) => {
    const { voice } = await unwrap(api.voices.blends.$post({ json: request }), Blended);
    await get().load();
    return voice;
  },

  removeBlend: async (id) => {
    await check(await api.voices.blends[':id'].$delete({ param: { id: encodeURIComponent(id) } }));
    await get().load();
  },
}));

function known({ favourites, ...all }: z.infer<typeof VoiceList>) {
  return { ...all, favourites: new Set(favourites), status: 'ready' as const, fault: null };
}

/** The voice of an id, or null. */
export function voiceOf(state: Pick<Voices, 'voices'>, id: string): Voice | null {
  return state.voices.find((voice) => voice.id === id) ?? null;
}

/** The names of all models that can speak a voice, its own first or where its provider puts it. */
export function modelIdsOf(voice: Pick<Voice, 'model' | 'models'>): string[] {
  const { model, models = [] } = voice;
  return models.includes(model) ? models : [model, ...models];
}

/**
 * The model chosen for a voice as it is asked for: null for the voice's own, and where the voice does not have the one
 * that was chosen. Of a voice that is not known, what was chosen.
 */
export function chosenModelId(
  state: Pick<Voices, 'voices'>,
  voiceId: string,
  modelId: string | null | undefined,
): string | null {
  if (!modelId) return null;
  const voice = voiceOf(state, voiceId);
  return voice === null || (voice.model !== modelId && modelIdsOf(voice).includes(modelId)) ? modelId : null;
}

/** The model that speaks a voice, or null. @param modelId the one that is wanted, where the voice has it */
export function modelOf(
  state: Pick<Voices, 'voices' | 'models'>,
  voiceId: string,
  modelId?: string | null,
): Model | null {
  const voice = voiceOf(state, voiceId);
  if (voice === null) return null;
  const wanted = chosenModelId(state, voiceId, modelId) ?? voice.model;
  return state.models.find((model) => model.id === wanted && model.provider === voice.provider) ?? null;
}
