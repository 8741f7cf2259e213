import { create } from 'zustand';
import { NEUTRAL_STUDIO, type Settings, type StudioSettings } from '../../shared/controls/controls.ts';
import { previewStudio } from '../../shared/controls/plan-controls.ts';
import type { StudioEvent } from '../../shared/schemas/events.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { PlayerStatus } from '../player/player-state.ts';
import { usePlayer } from '../player/player-store.ts';
import { player } from '../player/studio-player.ts';
import { useTune } from './tune.ts';

/** Something is heard, or will be as soon as its sound arrives. */
export function isSounding(status: PlayerStatus): boolean {
  return status === 'playing' || status === 'waiting' || status === 'buffering';
}

/** What of a take decides how it sounds under the sliders. */
export type LoadedTake = Pick<Take, 'id' | 'settings' | 'sent' | 'studio' | 'voiceId'>;

interface Live {
  /** The take in the player, playing or not; null before the first one and for a preview of a voice. */
  loaded: LoadedTake | null;
  /**
   * `rendered`: it is heard as it was made; `sliders`: it is heard as the sliders stand now. Moving a slider
   * goes over to `sliders`.
   */
  heard: 'rendered' | 'sliders';
}

/** How the take in the player is heard. */
export const useLive = create<Live>()(() => ({ loaded: null, heard: 'sliders' }));

/** What the player must do of speed, pitch and volume. */
export function studioFor({ loaded, heard }: Live, settings: Settings): StudioSettings {
  if (loaded === null) return NEUTRAL_STUDIO;
  return heard === 'rendered' ? loaded.studio : previewStudio(settings, loaded.sent);
}

/** Tells whether what is heard of a take is other than what it was made as. */
export function isPreview({ loaded, heard }: Live, settings: Settings): boolean {
  if (loaded === null || heard === 'rendered') return false;
  return (['speed', 'pitch', 'volume'] as const).some((control) => settings[control] !== loaded.settings[control]);
}

/** Puts a take under the sliders; to be called before it is played. */
export function loadLive(loaded: LoadedTake | null, heard: Live['heard']): void {
  useLive.setState({ loaded, heard });
}

export function setHeard(heard: Live['heard']): void {
  useLive.setState({ heard });
}

/** Takes in the take as the engine stored it, in place of what was known when it was asked for. */
export function liveHeard(event: StudioEvent): void {
  if (event.type === 'take' && event.take.id === useLive.getState().loaded?.id) {
    useLive.setState({ loaded: event.take });
  }
}

/** Lets the player follow the sliders. @returns ends it */
export function followSliders(): () => void {
  const apply = () => player.setStudio(studioFor(useLive.getState(), useTune.getState().settings));
  const stopTune = useTune.subscribe((now, before) => {
    if (now.settings === before.settings) return;
    const moved = (['speed', 'pitch', 'volume'] as const).some(
      (control) => now.settings[control] !== before.settings[control],
    );
    if (!moved) return;
    if (useLive.getState().heard === 'rendered' && usePlayer.getState().takeId !== null) setHeard('sliders');
    else apply();
  });
  const stopLive = useLive.subscribe(apply);
  return () => {
    stopTune();
    stopLive();
  };
}
