import { z } from 'zod';
import { create } from 'zustand';
import { readPreference, writePreference } from './preferences.ts';

const Shown = z.object({
  waveform: z.boolean(),
  spectrogram: z.boolean(),
  pitch: z.boolean(),
  /** Unit of the pitch axis. */
  axis: z.enum(['hz', 'notes']),
});
type Shown = z.infer<typeof Shown>;

export type Lane = 'waveform' | 'spectrogram' | 'pitch';
export const LANES: readonly Lane[] = ['waveform', 'spectrogram', 'pitch'];

interface TakesView extends Shown {
  toggle: (lane: Lane) => void;
  setAxis: (axis: Shown['axis']) => void;
  /** Brings back what was shown last. */
  restore: () => Promise<void>;
}

const PREFERENCE = 'take-view';

/** Which pictures of the chosen take are shown. Kept, so that a restart brings them back. */
export const useTakesView = create<TakesView>()((set, get) => {
  const settle = (change: Partial<Shown>) => {
    set(change);
    const { waveform, spectrogram, pitch, axis } = get();
    writePreference(PREFERENCE, { waveform, spectrogram, pitch, axis } satisfies Shown);
  };
  return {
    waveform: true,
    spectrogram: false,
    pitch: true,
    axis: 'hz',
    toggle: (lane) => settle({ [lane]: !get()[lane] }),
    setAxis: (axis) => settle({ axis }),
    restore: async () => {
      const shown = await readPreference(PREFERENCE, Shown).catch(() => null);
      if (shown !== null) set(shown);
    },
  };
});
