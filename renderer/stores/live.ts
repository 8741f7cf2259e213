import { create } from 'zustand';
import type { StudioSettings } from '../../shared/controls/controls.ts';
import type { StudioEvent } from '../../shared/schemas/events.ts';
import { usePlayer } from '../player/player-store.ts';
import { player } from '../player/studio-player.ts';
import { type Live, type LoadedTake, studioFor } from './heard.ts';
import { useTune } from './tune.ts';

/** How the take in the player is heard. */
export const useLive = create<Live>()(() => ({ loaded: null, heard: 'sliders' }));

/** Puts a take under the sliders, or nothing; to be called before it is played, with {@link liveStudio}. */
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

/** What the player must do of speed, pitch and volume of what is under the sliders. */
export const liveStudio = (): StudioSettings => studioFor(useLive.getState(), useTune.getState().settings);

/** Lets the player follow the sliders. @returns ends it */
export function followSliders(): () => void {
  const apply = () => player.setStudio(liveStudio(), useLive.getState().loaded?.id);
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
