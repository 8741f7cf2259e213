import { z } from 'zod';
import { create } from 'zustand';
import { readPreference, writePreference } from './preferences.ts';

/** Per cent of the Tune screen's height that the desk may have; the takes have the rest. */
export const DESK_HEIGHT = { least: 34, usual: 47, most: 80 } as const;

const PREFERENCE = 'layout';
const Kept = z.object({ desk: z.number().min(DESK_HEIGHT.least).max(DESK_HEIGHT.most) });

interface Layout {
  /** Per cent of the height. */
  desk: number;
  setDesk: (percent: number) => void;
  /** Brings back how the screen was divided last. @throws FaultError */
  restore: () => Promise<void>;
}

/** How the Tune screen is divided. Kept, so that a restart brings it back. */
export const useLayout = create<Layout>()((set) => ({
  desk: DESK_HEIGHT.usual,
  setDesk: (percent) => {
    const desk = Math.min(DESK_HEIGHT.most, Math.max(DESK_HEIGHT.least, percent));
    set({ desk });
    writePreference(PREFERENCE, { desk });
  },
  restore: async () => {
    const kept = await readPreference(PREFERENCE, Kept);
    if (kept !== null) set(kept);
  },
}));
