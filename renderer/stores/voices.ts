import { z } from 'zod';
import { create } from 'zustand';
import { type Fault, toFault } from '../../shared/errors.ts';
import type { BlendRequest } from '../../shared/schemas/voice.ts';
import { Model, Voice } from '../../shared/schemas/voice.ts';
import { api, check, unwrap } from '../api.ts';

const VoiceList = z.object({ voices: z.array(Voice), models: z.array(Model), favourites: z.array(z.string()) });
const Blended = z.object({ voice: Voice });
const Favourites = z.object({ favourites: z.array(z.string()) });

interface Voices {
  voices: Voice[];
  models: Model[];
  favourites: ReadonlySet<string>;
  status: 'loading' | 'ready' | 'failed';
  fault: Fault | null;
  load(): Promise<void>;
  /** Marks a voice at once and tells the engine; goes back where the engine refuses. @throws FaultError */
  setFavourite(id: string, favourite: boolean): Promise<void>;
  /** Makes a new voice of two. @throws FaultError */
  blend(request: BlendRequest): Promise<Voice>;
  /** Removes a blended voice. @throws FaultError conflict */
  removeBlend(id: string): Promise<void>;
}

/** Voices and models of all providers. */
export const useVoices = create<Voices>()((set, get) => ({
  voices: [],
  models: [],
  favourites: new Set(),
  status: 'loading',
  fault: null,

  load: async () => {
    try {
      const { voices, models, favourites } = await unwrap(api.voices.$get(), VoiceList);
      set({ voices, models, favourites: new Set(favourites), status: 'ready', fault: null });
    } catch (thrown) {
      set({ fault: toFault(thrown), status: get().voices.length > 0 ? 'ready' : 'failed' });
    }
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

/** The voice of an id, or null. */
export function voiceOf(state: Pick<Voices, 'voices'>, id: string): Voice | null {
  return state.voices.find((voice) => voice.id === id) ?? null;
}

/** The model that speaks a voice, or null. */
export function modelOf(state: Pick<Voices, 'voices' | 'models'>, voiceId: string): Model | null {
  const voice = voiceOf(state, voiceId);
  return state.models.find((model) => model.id === voice?.model && model.provider === voice.provider) ?? null;
}
