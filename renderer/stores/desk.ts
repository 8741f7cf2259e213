import { z } from 'zod';
import type { StoreApi, UseBoundStore } from 'zustand';
import { create } from 'zustand';
import type { EmotionName, ParameterValue } from '../../shared/controls/controls.ts';
import { NEUTRAL_SETTINGS, Settings } from '../../shared/controls/controls.ts';
import { startSpeed } from './voice-start.ts';
import { modelIdsOf, modelOf, useVoices, voiceOf } from './voices.ts';

/** The voice a fresh studio begins with. */
export const FIRST_VOICE = 'builtin:kokoro/af_heart';

/** What lies on the desk. */
export const Desk = z.object({
  text: z.string().max(100_000),
  voiceId: z.string().max(200),
  /** One of the voice's models; null for its own. */
  modelId: z.string().max(200).nullish(),
  settings: Settings,
});
export type Desk = z.infer<typeof Desk>;

/** The controls that are heard at once on whatever plays. */
export type LiveControl = 'speed' | 'pitch' | 'volume';

/** A desk and what can be done on it. */
export interface DeskState extends Desk {
  setText(text: string): void;
  /**
   * Chooses a voice. The model stays where the voice has it. A speed that was not touched goes to where the voice begins.
   */
  setVoice(voiceId: string): void;
  /** Chooses one of the voice's models; null for its own. A speed that was not touched goes to where it begins with it. */
  setModel(modelId: string | null): void;
  setControl(control: LiveControl, value: number): void;
  setEmotion(change: { name?: EmotionName; intensity?: number }): void;
  setSeed(seed: number | null): void;
  /** Sets one of the model's own parameters; null gives it back to the model. */
  setParameter(name: string, value: ParameterValue | null): void;
  /** Puts something else on the desk; what is left out stays. */
  apply(change: Partial<Desk>): void;
  /** Sets every control to where the voice begins. */
  resetControls(): void;
  /** Puts on it what is kept elsewhere, without keeping it anew. */
  show(desk: Desk): void;
  /** Moves a speed that was not touched to where the voice begins, once that is known. */
  settleStart(): void;
}

export type DeskStore = UseBoundStore<StoreApi<DeskState>>;

/** What lies on a desk of its own, without what can be done there. */
export function deskOn({ text, voiceId, modelId, settings }: Desk): Desk {
  return { text, voiceId, modelId, settings };
}

/**
 * A desk.
 *
 * @param keep is told of everything that changes on it
 */
export function createDesk(keep: (desk: Desk) => void): DeskStore {
  /** The voice whose speed stands where it begins and was not touched since; null where it was, or came with settings. */
  let beginner: string | null = null;
  return create<DeskState>()((set, get) => {
    const settle = (change: Partial<Desk>) => {
      set(change);
      keep(deskOn(get()));
    };
    const change = (settings: Partial<Settings>) => settle({ settings: { ...get().settings, ...settings } });
    const voice = (id: string) => voiceOf(useVoices.getState(), id);
    const start = (id: string, modelId: string | null | undefined) =>
      startSpeed(voice(id), modelOf(useVoices.getState(), id, modelId));
    /** Another voice or model. A speed that was not touched goes to where it begins with these. */
    const speakWith = (voiceId: string, modelId: string | null) => {
      const { settings, voiceId: before, modelId: modelBefore } = get();
      const untouched = voice(voiceId) !== null && settings.speed === start(before, modelBefore);
      beginner = untouched ? voiceId : null;
      const speed = untouched ? start(voiceId, modelId) : settings.speed;
      settle({ voiceId, modelId, settings: speed === settings.speed ? settings : { ...settings, speed } });
    };
    return {
      text: '',
      voiceId: FIRST_VOICE,
      modelId: null,
      settings: NEUTRAL_SETTINGS,
      setText: (text) => settle({ text }),
      setVoice: (voiceId) => {
        const { modelId = null } = get();
        const next = voice(voiceId);
        const keeps = next === null || (modelId !== null && modelIdsOf(next).includes(modelId));
        speakWith(voiceId, keeps ? modelId : null);
      },
      setModel: (modelId) => speakWith(get().voiceId, modelId),
      setControl: (control, value) => {
        if (control === 'speed') beginner = null;
        change({ [control]: value });
      },
      setEmotion: (emotion) => change({ emotion: { ...get().settings.emotion, ...emotion } }),
      setSeed: (seed) => change({ seed }),
      setParameter: (name, value) => {
        const { [name]: _, ...others } = get().settings.parameters;
        change({ parameters: value === null ? others : { ...others, [name]: value } });
      },
      apply: (desk) => {
        beginner = null;
        settle(desk);
      },
      resetControls: () => {
        const { voiceId, modelId } = get();
        beginner = voiceId;
        settle({ settings: { ...NEUTRAL_SETTINGS, speed: start(voiceId, modelId) } });
      },
      show: (desk) => set({ ...deskOn(desk), modelId: desk.modelId ?? null }),
      settleStart: () => {
        const { voiceId, modelId, settings } = get();
        if (voice(voiceId) === null || beginner !== voiceId) return;
        const speed = start(voiceId, modelId);
        if (speed !== settings.speed) set({ settings: { ...settings, speed } });
      },
    };
  });
}
