import { createPlayer } from './player.ts';

/** The page's one player: made when the page loads, so that the first take finds the audio thread up. */
export const player = createPlayer();
