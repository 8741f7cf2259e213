import { create } from 'zustand';
import { keepTyped, type TypedAhead } from './typed-ahead.ts';

interface VoiceBrowserState {
  opened: boolean;
  /** Base language, for example `fr`, whose voices it opens with; null for all. */
  language: string | null;
}

/** The window with all voices. */
export const useVoiceBrowser = create<VoiceBrowserState>()(() => ({ opened: false, language: null }));

let typed: (() => TypedAhead) | null = null;

/** Opens the voices, all of them or those of a language. What is typed before its search is there is kept for it. */
export function openVoices(language: string | null = null): void {
  if (!useVoiceBrowser.getState().opened) typed ??= keepTyped();
  useVoiceBrowser.setState({ opened: true, language });
}

export function closeVoices(): void {
  takeTyped();
  useVoiceBrowser.setState({ opened: false });
}

/** What was typed since the voices were opened; from now on keys go to whatever has the focus. */
export function takeTyped(): TypedAhead {
  const taken = typed?.() ?? { text: '', entered: false };
  typed = null;
  return taken;
}
