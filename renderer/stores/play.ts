import { type Capabilities, NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { planControls } from '../../shared/controls/plan-controls.ts';
import type { Take } from '../../shared/schemas/take.ts';
import { usePlayer } from '../player/player-store.ts';
import { player } from '../player/studio-player.ts';
import { isSounding } from './live.ts';
import { playTake, renderTake } from './render.ts';
import { chosenTake, useTakes } from './takes.ts';
import { type Desk, useTune } from './tune.ts';
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
 * Tells whether a take is what the desk would ask for: the same text and voice, and nothing else to be sent.
 * What the studio does itself needs no new take.
 */
export function matchesDesk(take: Take, desk: Desk, can: Capabilities | undefined): boolean {
  if (take.source !== 'rendered' || take.state !== 'done') return false;
  if (take.text !== desk.text || take.voiceId !== desk.voiceId || can === undefined) return false;
  const sent = (settings = NEUTRAL_SETTINGS) => {
    const { parameters, ...send } = planControls(settings, can).send;
    const emotion = send.emotion.name === 'neutral' ? 'neutral' : send.emotion;
    return JSON.stringify([{ ...send, emotion }, Object.entries(parameters).toSorted()]);
  };
  return sent(take.settings) === sent(desk.settings);
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
    const matches = matchesDesk(take, desk, modelOf(useVoices.getState(), desk.voiceId)?.capabilities);
    if (matches) return playTake(take, 'sliders');
    if (touched === 'takes') return playTake(take, 'rendered');
  }
  return renderTake();
}
