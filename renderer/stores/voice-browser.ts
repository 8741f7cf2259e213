import { create } from 'zustand';

interface VoiceBrowserState {
  opened: boolean;
  /** Base language, for example `fr`, whose voices it opens with; null for all. */
  language: string | null;
}

/** The window with all voices. */
export const useVoiceBrowser = create<VoiceBrowserState>()(() => ({ opened: false, language: null }));

/** Opens the voices, all of them or those of a language. */
export function openVoices(language: string | null = null): void {
  useVoiceBrowser.setState({ opened: true, language });
}

export function closeVoices(): void {
  useVoiceBrowser.setState({ opened: false });
}
