import { usePlayer } from '../player/player-store.ts';
import { player } from '../player/studio-player.ts';
import { isSounding } from './heard.ts';
import { useLive } from './live.ts';
import { matchesDesk } from './matches-desk.ts';
import { playTake, renderTake } from './render.ts';
import { chosenTake, useTakes } from './takes.ts';
import { useTune } from './tune.ts';
import { modelOf, useVoices } from './voices.ts';

/** What was touched last decides what the space bar plays. */
let touched: 'desk' | 'takes' = 'desk';

/** Watches what a person works on: the desk or the list of takes. @returns ends it */
export function watchTouch(): () => void {
  const stopTune = useTune.subscribe((now, before) => {
    const { speed, pitch, volume } = before.settings;
    const live = { ...now.settings, speed, pitch, volume };
    const same =
      now.text === before.text &&
      now.voiceId === before.voiceId &&
      now.modelId === before.modelId &&
      JSON.stringify(live) === JSON.stringify(before.settings);
    if (!same) touched = 'desk';
  });
  const stopTakes = useTakes.subscribe((now, before) => {
    if (now.selection.chosen !== before.selection.chosen && now.selection.chosen !== null) touched = 'takes';
  });
  return () => {
    stopTune();
    stopTakes();
  };
}

/**
 * The play button and the space bar: pauses what plays, goes on with what is paused, and otherwise plays the chosen
 * take, where it was touched last or is what lies on the desk, or else makes what lies on the desk.
 */
export async function playOrPause(): Promise<void> {
  const { status } = usePlayer.getState();
  if (isSounding(status)) return player.pause();
  if (status === 'paused') return player.resume();
  const take = chosenTake(useTakes.getState());
  const desk = useTune.getState();
  if (take !== null) {
    const matches = matchesDesk(take, desk, modelOf(useVoices.getState(), desk.voiceId, desk.modelId));
    if (matches) return playTake(take, 'sliders');
    const live = useLive.getState();
    // Sliders that were moved since keep being heard on the take in the player, until it is rendered with them.
    if (touched === 'takes') return playTake(take, live.loaded?.id === take.id ? live.heard : 'rendered');
  }
  return renderTake();
}
