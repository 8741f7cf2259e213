import { NEUTRAL_SETTINGS, type Settings } from '../controls/controls.ts';
import { settingsThatDiffer } from '../controls/settings-that-differ.ts';
import type { Slot } from '../schemas/comparison.ts';

/** Something of a slot in words, and whether it is not the same in all of them. */
export interface Trait {
  words: string;
  differs: boolean;
}

/** What of settings can be set, one by one, each as settings with nothing else in them. */
function single(settings: Settings): Map<string, Settings> {
  const { speed, pitch, volume, emotion, seed, parameters } = settings;
  const alone = new Map<string, Settings>([
    ['speed', { ...NEUTRAL_SETTINGS, speed }],
    ['pitch', { ...NEUTRAL_SETTINGS, pitch }],
    ['volume', { ...NEUTRAL_SETTINGS, volume }],
    ['emotion', { ...NEUTRAL_SETTINGS, emotion }],
    ['seed', { ...NEUTRAL_SETTINGS, seed }],
  ]);
  for (const [name, value] of Object.entries(parameters)) {
    alone.set(`parameter ${name}`, { ...NEUTRAL_SETTINGS, parameters: { [name]: value } });
  }
  return alone;
}

const NEUTRAL_WORDS: Record<string, string> = { speed: '1.00×', pitch: '0 st', volume: '0 dB', emotion: 'neutral' };

function wordsOf(settings: Settings | undefined): string | null {
  const words = settings === undefined ? undefined : settingsThatDiffer(settings)[0];
  return words ?? null;
}

/**
 * The settings of each slot that are not neutral, or that are in another slot: those that are not the same in all of them
 * are marked, so that what a comparison is about is seen.
 */
export function slotTraits(slots: readonly Slot[]): Trait[][] {
  const all = slots.map(({ settings }) => single(settings));
  const keys = [...new Set(all.flatMap((own) => [...own.keys()]))];
  const shown = keys.flatMap((key) => {
    const words = all.map((own) => wordsOf(own.get(key)));
    if (words.every((one) => one === null)) return [];
    return [{ key, words, differs: new Set(words).size > 1 }];
  });
  return slots.map((_, place) =>
    shown.flatMap(({ key, words, differs }) => {
      const own = words[place] ?? (differs ? (NEUTRAL_WORDS[key] ?? null) : null);
      return own === null ? [] : [{ words: own, differs }];
    }),
  );
}

/** Whether slots speak with different voices, and with different models. */
export function whoDiffers(slots: readonly Slot[]): { voice: boolean; model: boolean } {
  const several = (values: unknown[]) => new Set(values).size > 1;
  return { voice: several(slots.map(({ voiceId }) => voiceId)), model: several(slots.map(({ modelId }) => modelId)) };
}
