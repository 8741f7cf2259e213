import { create } from 'zustand';
import { NEUTRAL_STUDIO } from '../../shared/controls/controls.ts';
import type { PlayerState } from './player-state.ts';

export const INITIAL_PLAYER: PlayerState = {
  takeId: null,
  flippingTo: null,
  status: 'idle',
  fault: null,
  position: 0,
  duration: 0,
  complete: false,
  buffered: 0,
  underruns: 0,
  firstSoundMs: null,
  loop: null,
  studio: NEUTRAL_STUDIO,
  trim: 0,
  device: { id: '', label: '', state: 'ok', note: '' },
  outputs: [],
};

/**
 * What the player does now. `position` and `buffered` move with the display while it plays: select the fields needed.
 */
export const usePlayer = create<PlayerState>()(() => INITIAL_PLAYER);
