import { create } from 'zustand';
import { NEUTRAL_STUDIO } from '../../../shared/controls/controls.ts';
import type { Heard } from '../../../shared/schemas/listening.ts';
import type { Loop } from '../../player/player-state.ts';
import { usePlayer } from '../../player/player-store.ts';
import { player } from '../../player/studio-player.ts';
import { isSounding } from '../heard.ts';
import { loadLive } from '../live.ts';
import { axisSeconds, flipMap, placeOf, type Region, regionOf, secondsOf } from './axis.ts';
import { HeardCounts } from './heard-counts.ts';
import type { StimulusSwitching } from './listening-calls.ts';
import { soundOf, sourceOf } from './trial-sounds.ts';

/** Seconds of the axis that a key goes on or back. */
const STEP = 0.5;
/** Shortest part of the axis that is repeated, in s: what is dragged by accident is shorter. */
const LEAST_REGION = 0.2;

interface Hearing {
  /** The stimulus that is heard, or was last. */
  stimulus: string | null;
  /** The one before, to flip back to. */
  before: string | null;
  switching: StimulusSwitching;
  loop: boolean;
  /** The part of the axis that is repeated; null for all of it. */
  region: Region | null;
}

const NOTHING: Hearing = { stimulus: null, before: null, switching: 'word', loop: false, region: null };

/** What a listener hears of a trial. Nothing in it says what is behind a stimulus. */
export const useHearing = create<Hearing>()(() => NOTHING);

const { getState: get, setState: set } = useHearing;

let counts = new HeardCounts(() => 0);

/** What was heard of the trial so far. */
export const heardCounts = (): HeardCounts => counts;

/** The stimuli of a trial are there to be heard. @param before what was counted before the page was left */
export function beginHearing(switching: StimulusSwitching, before: Readonly<Record<string, Heard>>): void {
  counts = new HeardCounts(() => player.context.currentTime, before);
  // No take is under the sliders: what becomes of one meanwhile is not to be heard.
  loadLive(null, 'rendered');
  set({ ...NOTHING, switching, loop: get().loop });
}

/** Nothing of a trial is to be heard any more. */
export function endHearing(): void {
  counts.turn(null);
  set({ ...NOTHING, loop: get().loop });
}

function loopIn(stimulus: string): Loop {
  const { loop, region } = get();
  const sound = soundOf(stimulus);
  if (!loop || !sound) return null;
  return region ? regionOf(sound, region) : 'all';
}

/** The stimulus in the player; null where another sound is, or none. */
function inPlayer(): string | null {
  const { takeId, status } = usePlayer.getState();
  return status === 'idle' || status === 'failed' || !soundOf(takeId) ? null : takeId;
}

function playFrom(stimulus: string, place: number): void {
  const sound = soundOf(stimulus);
  if (!sound) return;
  counts.begin(stimulus);
  const from = place > 0 ? secondsOf(sound, place) : 0;
  player.play(sourceOf(stimulus), { from, loop: loopIn(stimulus), studio: NEUTRAL_STUDIO, trim: 0 });
}

/** Hears a stimulus: at the same place of the text where one plays or is paused, else from the beginning. */
export function hear(stimulus: string): void {
  const to = soundOf(stimulus);
  if (!to) return;
  const last = get();
  if (last.stimulus !== stimulus) set({ stimulus, before: last.stimulus ?? last.before });
  const current = inPlayer();
  const from = soundOf(current);
  const { status } = usePlayer.getState();
  if (from === null || status === 'ended') {
    playFrom(stimulus, last.loop && last.region ? last.region.start : 0);
    return;
  }
  if (current !== stimulus) {
    counts.begin(stimulus);
    player.flip(sourceOf(stimulus), {
      to: last.switching === 'word' ? { map: flipMap(from, to) } : { at: 0 },
      loop: loopIn(stimulus),
      studio: NEUTRAL_STUDIO,
      trim: 0,
    });
  }
  if (usePlayer.getState().status === 'paused') player.resume();
}

/** Goes back to the stimulus that was heard before. */
export function hearBefore(): void {
  const { before } = get();
  if (before !== null) hear(before);
}

/** Pauses, goes on, or plays what was heard last, or else the first one. */
export function playOrPauseStimulus(first: string): void {
  const { status } = usePlayer.getState();
  const current = inPlayer();
  if (current !== null && isSounding(status)) player.pause();
  else if (current !== null && status === 'paused') player.resume();
  else hear(get().stimulus ?? first);
}

/** Repeats the marked part, or else all of it; or ends repeating. */
export function toggleStimulusLoop(): void {
  set({ loop: !get().loop });
  applyLoop();
}

function applyLoop(): void {
  const current = inPlayer();
  if (current !== null) player.setLoop(loopIn(current));
}

/** Marks a part of the axis and repeats it; null for all of it. Only where all stimuli share their places. */
export function markStimulusRegion(region: Region | null): void {
  if (get().switching !== 'word') return;
  const kept = region !== null && region.end - region.start >= LEAST_REGION ? region : null;
  set({ region: kept, ...(kept ? { loop: true } : {}) });
  applyLoop();
}

/** The place on the axis that is heard now, as a part of it (0-1). */
export function axisPart(): number {
  const current = inPlayer();
  const sound = soundOf(current);
  if (!sound) return 0;
  return Math.min(1, placeOf(sound, usePlayer.getState().position) / axisSeconds(sound));
}

/** Length of the axis in s: the same for all sounds of a trial. */
export function axisLength(): number {
  const sound = soundOf(inPlayer() ?? get().stimulus);
  return sound ? axisSeconds(sound) : 0;
}

/** Goes to a place of the axis (s), in the stimulus that is in the player. */
export function goToPlace(place: number): void {
  const sound = soundOf(inPlayer());
  if (sound) player.seek(secondsOf(sound, Math.min(axisSeconds(sound), Math.max(0, place))));
}

/** Goes on or back by half a second of the axis. */
export function stepPlace(by: -1 | 1): void {
  const sound = soundOf(inPlayer());
  if (sound) goToPlace(placeOf(sound, usePlayer.getState().position) + by * STEP);
}

/** Sets where the repeated part begins or ends to the place that is heard. */
export function markHere(edge: 'start' | 'end'): void {
  const sound = soundOf(inPlayer());
  if (!sound) return;
  const here = placeOf(sound, usePlayer.getState().position);
  const { start, end } = get().region ?? { start: 0, end: axisSeconds(sound) };
  if (edge === 'start') markStimulusRegion({ start: here, end: end > here ? end : axisSeconds(sound) });
  else markStimulusRegion({ start: start < here ? start : 0, end: here });
}

/** Counts what is heard as it is heard. @param onHeard told when something more was heard @returns ends it */
export function followHearing(onHeard: () => void): () => void {
  return usePlayer.subscribe(({ status, takeId }) => {
    counts.turn(status === 'playing' && soundOf(takeId) ? takeId : null);
    onHeard();
  });
}
