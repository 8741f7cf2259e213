import { create } from 'zustand';
import { type Side, saysSame } from '../../../shared/matching/pair-lines.ts';
import { takeSeconds } from '../../../shared/report/take-figures.ts';
import { usePlayer } from '../../player/player-store.ts';
import { player } from '../../player/studio-player.ts';
import { alignmentOf } from '../compare/known-sound.ts';
import { type FlipNote, flipLanding } from '../compare/landing.ts';
import { sourceOf } from '../compare/sound.ts';
import { isSounding } from '../heard.ts';
import { loadLive } from '../live.ts';
import { currentRow } from './map-view.ts';
import { currentLine } from './pair.ts';
import { type Sound, trimOf, usePairSound } from './pair-sound.ts';

interface Hearing {
  /** Which of the two is heard, or was last. */
  side: Side | null;
  note: FlipNote;
}

/** Which of the two is heard, and how the last flip went. */
export const usePairHearing = create<Hearing>()(() => ({ side: null, note: null }));

const { getState: get, setState: set } = usePairHearing;

const soundOf = (side: Side): Sound | null =>
  usePairSound.getState().sounds.find((sound) => sound.side === side) ?? null;

/** The one of the two that is in the player; null where another sound is. */
function inPlayer(): Sound | null {
  const { takeId, status } = usePlayer.getState();
  if (takeId === null || status === 'idle' || status === 'failed') return null;
  return usePairSound.getState().sounds.find(({ take }) => take.id === takeId) ?? null;
}

/** What is to be heard as soon as its sound is there, and of which row. */
let wanted: { side: Side; rowId: string | null } | null = null;

const rowInView = (): string | null => currentRow()?.id ?? null;

/** Plays one of the two from its beginning; where its sound is not there yet, as soon as it is. */
export function playSide(side: Side): void {
  const sound = soundOf(side);
  set({ side, note: null });
  wanted = sound === null ? { side, rowId: rowInView() } : null;
  if (sound === null) return;
  const { take, studio } = sound;
  loadLive(take, 'rendered');
  const { loop } = usePlayer.getState();
  player.play(sourceOf(take), { studio, trim: trimOf(side), loop: loop === 'all' ? 'all' : null });
}

/** Where a flip lies in a take: a sentence is only begun anew where its words are where they are said to be. */
function sideOf({ take }: Sound) {
  const known = usePairSound.getState().words.get(take.id);
  return { words: known?.trusted ? known.words : [], duration: takeSeconds(take) ?? 0 };
}

function landing(from: Sound, to: Sound) {
  const line = currentLine();
  // What each says is its own: there is no same word.
  if (line === null || !saysSame(line)) return { to: { at: 0 }, note: null };
  const sides = { from: sideOf(from), to: sideOf(to), position: usePlayer.getState().position };
  return flipLanding('word', line.text, sides, alignmentOf(usePairSound.getState(), from.take.id, to.take.id));
}

/** Goes over to one of the two: at the same word where both say the same, else from its beginning. */
export function hearSide(side: Side): void {
  const from = inPlayer();
  const to = soundOf(side);
  const { status } = usePlayer.getState();
  if (to === null || from === null || status === 'ended') {
    playSide(side);
    return;
  }
  if (from.side !== side) {
    const { to: place, note } = landing(from, to);
    set({ side, note });
    player.flip(sourceOf(to.take), { to: place, studio: to.studio, trim: trimOf(side) });
    loadLive(to.take, 'rendered');
  }
  if (status === 'paused') player.resume();
}

/** Goes over to the other one. */
export function flipSides(): void {
  hearSide(get().side === 'old' ? 'new' : 'old');
}

/** Pauses, goes on, or plays what was heard last, or else the old one. */
export function playOrPausePair(): void {
  const { status } = usePlayer.getState();
  const { side } = get();
  if (isSounding(status)) player.pause();
  else if (inPlayer() !== null && status === 'paused') player.resume();
  else playSide(side !== null && soundOf(side) ? side : soundOf('old') ? 'old' : 'new');
}

/** Lets what plays follow what is set: gains, and the controls of the new voice while they are moved. @returns ends it */
export function followPairPlaying(): () => void {
  return usePairSound.subscribe((now, before) => {
    if (wanted !== null && wanted.rowId !== rowInView()) wanted = null;
    if (wanted !== null && soundOf(wanted.side) && !isSounding(usePlayer.getState().status)) playSide(wanted.side);
    const sound = inPlayer();
    if (sound === null) {
      // Another row or line was taken in hand while one of its takes played.
      const was = before.sounds.find(({ take }) => take.id === usePlayer.getState().takeId);
      if (was !== undefined && now.sounds !== before.sounds) player.stop();
      return;
    }
    if (now.sounds !== before.sounds) player.setStudio(sound.studio, sound.take.id);
    if (now.gains !== before.gains || now.equalLoudness !== before.equalLoudness) player.setTrim(trimOf(sound.side));
  });
}
