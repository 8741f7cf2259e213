import { usePlayer } from '../player/player-store.ts';
import { player } from '../player/studio-player.ts';

/** Seconds. */
const SKIP = 2;

/** Ends the playing and goes back to the start. A take that is being made is made all the same. */
export function stopPlaying(): void {
  player.stop();
}

/** Loops the whole take, or stops looping whatever was looped. */
export function toggleLoop(): void {
  player.setLoop(usePlayer.getState().loop === null ? 'all' : null);
}

/** Moves the position by seconds, within what is there. */
export function skip(by: -1 | 1): void {
  const { takeId, position, duration } = usePlayer.getState();
  if (takeId !== null) player.seek(Math.min(duration, Math.max(0, position + by * SKIP)));
}
