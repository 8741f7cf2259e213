import { create } from 'zustand';
import { mapTime } from '../../../shared/alignment/time-map.ts';
import { takeSeconds } from '../../../shared/report/take-figures.ts';
import type { HeardWord } from '../../../shared/schemas/alignment.ts';
import type { Comparison, ComparisonText, Slot } from '../../../shared/schemas/comparison.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import type { Loop } from '../../player/player-state.ts';
import { usePlayer } from '../../player/player-store.ts';
import { player } from '../../player/studio-player.ts';
import { isSounding } from '../heard.ts';
import { loadLive } from '../live.ts';
import { takeIdOf } from './cell.ts';
import { useCells } from './cells.ts';
import { useComparisons } from './comparisons.ts';
import { alignmentOf, gainOf } from './known-sound.ts';
import { type FlipLanding, type FlipNote, flipLanding, wordAt } from './landing.ts';
import { currentText, useCompareView } from './slots.ts';
import { sourceOf, useCompareSound } from './sound.ts';

interface Listening {
  /** The slot that is heard, or was last. */
  slotId: string | null;
  /** The one before, to flip back to. */
  before: string | null;
  note: FlipNote;
  /** Part of the text that was marked, in s of the take that stands for the axis. */
  region: { start: number; end: number } | null;
}

/** Which slot is heard, and how the last flip went. */
export const useListening = create<Listening>()(() => ({ slotId: null, before: null, note: null, region: null }));

interface Heard {
  comparison: Comparison;
  text: ComparisonText;
  slot: Slot;
  take: Take;
}

/** A slot's take of the text that is heard; null where it has no sound. */
function heardOf(slotId: string | null): Heard | null {
  const { current: comparison } = useComparisons.getState();
  const text = currentText(comparison, useCompareView.getState().textId);
  const slot = comparison?.slots.find(({ id }) => id === slotId);
  if (!comparison || !text || !slot) return null;
  const take = useCells.getState().takes.get(takeIdOf(comparison, { slotId: slot.id, textId: text.id }) ?? '');
  return take && (take.samples > 0 || take.state === 'rendering') ? { comparison, text, slot, take } : null;
}

/** dB that a take is attenuated by so that all are equally loud; 0 where that is off. */
export function trimOf(comparison: Comparison | null, takeId: string): number {
  return comparison?.equalLoudness ? gainOf(useCompareSound.getState(), takeId) : 0;
}

function hear(slotId: string, note: FlipNote): void {
  const { slotId: last, before } = useListening.getState();
  useListening.setState({ slotId, note, before: last === slotId ? before : last });
}

/** The take of the text that is in the player; null where another sound is. */
function inPlayer(): Take | null {
  const { takeId, status } = usePlayer.getState();
  if (takeId === null || status === 'idle' || status === 'failed') return null;
  return useCompareSound.getState().takes.find(({ id }) => id === takeId) ?? null;
}

/** The words of a take; none where they are not known yet. */
export function wordsOfTake(takeId: string): readonly HeardWord[] {
  return useCompareSound.getState().words.get(takeId)?.words ?? [];
}

const durationOf = (take: Take) => takeSeconds(take) ?? 0;

/** A sentence is only begun anew where its words are where they are said to be. */
const sideOf = (take: Take) => {
  const known = useCompareSound.getState().words.get(take.id);
  return { words: known?.trusted ? known.words : [], duration: durationOf(take) };
};

function landing({ comparison, text }: Heard, from: Take, to: Take): FlipLanding {
  const sides = { from: sideOf(from), to: sideOf(to), position: usePlayer.getState().position };
  const alignment = alignmentOf(useCompareSound.getState(), from.id, to.id);
  return flipLanding(comparison.switching, text.text, sides, alignment);
}

/** The marked region as it lies in a take. */
function regionIn(take: Take): Loop {
  const { region } = useListening.getState();
  const [axis] = useCompareSound.getState().takes;
  if (region === null || axis === undefined) return null;
  if (axis.id === take.id) return region;
  const alignment = alignmentOf(useCompareSound.getState(), axis.id, take.id);
  if (alignment === null) return null;
  return { start: mapTime(alignment.map, region.start), end: mapTime(alignment.map, region.end) };
}

/** Plays a slot from a time on, in s of its take. */
export function playSlot(slotId: string, from = 0): void {
  const heard = heardOf(slotId);
  if (heard === null) return;
  const { comparison, take } = heard;
  hear(slotId, null);
  loadLive(take, 'rendered');
  const { loop } = usePlayer.getState();
  player.play(sourceOf(take), {
    from,
    studio: take.studio,
    trim: trimOf(comparison, take.id),
    loop: loop === 'all' ? 'all' : loop === null ? null : regionIn(take),
  });
}

/**
 * Goes over to a slot: at the same place of the text where one of the comparison plays or is paused, else from its
 * beginning.
 */
export function hearSlot(slotId: string): void {
  const from = inPlayer();
  const heard = heardOf(slotId);
  if (heard === null) {
    hear(slotId, null);
    return;
  }
  if (from === null || usePlayer.getState().status === 'ended') {
    playSlot(slotId);
    return;
  }
  const { comparison, take } = heard;
  const { to, note } = landing(heard, from, take);
  hear(slotId, note);
  const { loop } = usePlayer.getState();
  player.flip(sourceOf(take), {
    to,
    studio: take.studio,
    trim: trimOf(comparison, take.id),
    ...(loop !== null && loop !== 'all' && useListening.getState().region ? { loop: regionIn(take) } : {}),
  });
  loadLive(take, 'rendered');
}

/** Goes over to the slot at a place, from 0. */
export function hearPlace(place: number): void {
  const slot = useComparisons.getState().current?.slots[place];
  if (slot) hearSlot(slot.id);
}

/** Goes back to the slot that was heard before; the first time, to the one after. */
export function flipBack(): void {
  const slots = useComparisons.getState().current?.slots ?? [];
  const { slotId, before } = useListening.getState();
  const place = slots.findIndex(({ id }) => id === slotId);
  const known = slots.find(({ id }) => id === before && id !== slotId);
  const next = known ?? slots[(place + 1) % Math.max(1, slots.length)];
  if (next) hearSlot(next.id);
}

/** Pauses, goes on, or plays the slot that was heard last, or else the first one that has sound. */
export function playOrPauseSlot(): void {
  const { status } = usePlayer.getState();
  if (isSounding(status)) player.pause();
  else if (inPlayer() !== null && status === 'paused') player.resume();
  else playAnySlot();
}

/** Ends the playing; where nothing plays, the marked region goes. */
export function stopSlots(): void {
  if (usePlayer.getState().status === 'idle') useListening.setState({ region: null });
  else player.stop();
}

/** Plays the slot that was heard last, or else the first one that has sound. */
function playAnySlot(): void {
  const wanted = heardOf(useListening.getState().slotId) ?? firstHeard();
  if (wanted) playSlot(wanted.slot.id);
}

/** Plays from a word on, by its place in the text, in the slot that is heard. */
export function playFromWord(at: number): void {
  const take = inPlayer() ?? heardOf(useListening.getState().slotId)?.take ?? useCompareSound.getState().takes[0];
  const word = take && wordsOfTake(take.id).find((one) => one.at === at);
  if (!take || !word) return;
  if (inPlayer() === null || usePlayer.getState().status === 'ended') {
    const { current } = useComparisons.getState();
    const text = currentText(current, useCompareView.getState().textId);
    const slot = current?.slots.find(({ id }) => takeIdOf(current, { slotId: id, textId: text?.id ?? '' }) === take.id);
    if (slot) playSlot(slot.id, word.from);
    return;
  }
  player.seek(word.from);
  if (usePlayer.getState().status === 'paused') player.resume();
}

/** A word that began so short a time ago is left for the one before, in s. */
const JUST_BEGUN = 0.35;

/** Goes to the next word or the one before. */
export function stepWord(by: -1 | 1): void {
  const take = inPlayer();
  const words = take ? wordsOfTake(take.id) : [];
  if (take === null || words.length === 0) return;
  const { position } = usePlayer.getState();
  const now = wordAt(words, position);
  const begun = (words[now]?.from ?? 0) < position - JUST_BEGUN;
  const next = by === 1 ? now + 1 : begun ? now : now - 1;
  const word = words[Math.min(words.length - 1, Math.max(0, next))];
  if (word) player.seek(word.from);
}

/** Marks a part of the text, in s of the take of the axis, and repeats it; null ends that. */
export function markRegion(region: Listening['region']): void {
  useListening.setState({ region });
  const take = inPlayer();
  if (take) player.setLoop(region === null ? null : regionIn(take));
}

/** Where the playing is on the axis, in s of it; null where nothing of the comparison is in the player. */
function placeNow(): number | null {
  const take = inPlayer();
  const [axis] = useCompareSound.getState().takes;
  if (!take || !axis) return null;
  const { position } = usePlayer.getState();
  const alignment = axis.id === take.id ? null : alignmentOf(useCompareSound.getState(), take.id, axis.id);
  return alignment === null ? position : mapTime(alignment.map, position);
}

/** Shortest region that is repeated, in s. */
const LEAST_REGION = 0.1;

/** Lets the region that is repeated begin or end where the playing is. */
export function markHere(edge: 'start' | 'end'): void {
  const at = placeNow();
  const take = useCompareSound.getState().takes[0];
  if (at === null || take === undefined) return;
  const region = { ...(useListening.getState().region ?? { start: 0, end: durationOf(take) }), [edge]: at };
  if (region.end - region.start >= LEAST_REGION) markRegion(region);
  else markRegion(edge === 'start' ? { start: at, end: durationOf(take) } : { start: 0, end: at });
}

/** Repeats the marked part, or else the whole text; or ends repeating. */
export function toggleSlotLoop(): void {
  const take = inPlayer();
  const looped = usePlayer.getState().loop !== null;
  player.setLoop(looped ? null : ((take && regionIn(take)) ?? 'all'));
}

/** Lets the slot that is heard say the text that is shown: another text begins where one played. @returns ends it */
export function followText(): () => void {
  const shown = () => currentText(useComparisons.getState().current, useCompareView.getState().textId)?.id ?? null;
  let before = shown();
  const look = () => {
    const now = shown();
    if (now === before) return;
    before = now;
    const { slotId } = useListening.getState();
    const sounding = isSounding(usePlayer.getState().status);
    if (sounding && slotId !== null && heardOf(slotId) !== null) playSlot(slotId);
    else player.stop();
  };
  const stops = [useCompareView.subscribe(look), useComparisons.subscribe(look)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Lets what plays follow its gain, when loudness is matched or not any more. @returns ends it */
export function followGains(): () => void {
  const apply = () => {
    const take = inPlayer();
    if (take) player.setTrim(trimOf(useComparisons.getState().current, take.id));
  };
  const stops = [
    useCompareSound.subscribe((now, before) => now.gains !== before.gains && apply()),
    useComparisons.subscribe((now, before) => now.current?.equalLoudness !== before.current?.equalLoudness && apply()),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/**
 * Plays from a place of the axis on, which is the time of the first slot's take.
 *
 * @param slotId the slot to hear; null for the one that is heard
 * @param time s of the axis
 */
export function hearAt(slotId: string | null, time: number): void {
  const [axis] = useCompareSound.getState().takes;
  const wanted = heardOf(slotId) ?? heardOf(useListening.getState().slotId) ?? firstHeard();
  if (axis === undefined || wanted === null) return;
  const { take, slot, comparison } = wanted;
  const alignment = axis.id === take.id ? null : alignmentOf(useCompareSound.getState(), axis.id, take.id);
  const at = alignment === null ? time : mapTime(alignment.map, time);
  const playing = inPlayer();
  if (playing === null || usePlayer.getState().status === 'ended') playSlot(slot.id, at);
  else if (playing.id === take.id) player.seek(at);
  else {
    hear(slot.id, null);
    player.flip(sourceOf(take), { to: { at }, studio: take.studio, trim: trimOf(comparison, take.id) });
    loadLive(take, 'rendered');
  }
}

function firstHeard(): Heard | null {
  for (const { id } of useComparisons.getState().current?.slots ?? []) {
    const heard = heardOf(id);
    if (heard) return heard;
  }
  return null;
}
