import { create } from 'zustand';
import { useNavigation } from './navigation.ts';

/** A field of a provider in Settings that a fault can lead to. */
export type ProviderField = 'addresses' | 'key' | 'defaultVoice' | 'defaultModel';

interface ProviderCards {
  /** Providers whose settings are unfolded. */
  unfolded: readonly string[];
  /** What of which provider is to have the focus; null once it has it. */
  wanted: { id: string; field: ProviderField | null } | null;
}

/** Which providers of Settings are unfolded. */
export const useProviderCards = create<ProviderCards>()(() => ({ unfolded: [], wanted: null }));

/** Folds or unfolds a provider. */
export function fold(id: string, open: boolean): void {
  useProviderCards.setState(({ unfolded }) => {
    const others = unfolded.filter((one) => one !== id);
    return { unfolded: open ? [...others, id] : others };
  });
}

/** Leads to a provider in Settings, unfolded; to a field of it where one is named. */
export function showProvider(id: string, field: ProviderField | null = null): void {
  fold(id, true);
  useProviderCards.setState({ wanted: { id, field } });
  useNavigation.getState().go('settings');
}

/** The place that was wanted has the focus. */
export function arrived(): void {
  useProviderCards.setState({ wanted: null });
}
