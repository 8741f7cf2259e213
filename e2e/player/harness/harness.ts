// A page with nothing but the real player, for tests and benchmarks that look into what comes out of it.
import { createPlayer } from '../../../renderer/player/player.ts';
import type { PlayerSetup, PlayerState, PlaySource } from '../../../renderer/player/player-state.ts';
import { CHAIN_BLOCK, CHAIN_RATE } from '../../../shared/sound/chain-format.ts';
import { Recording } from './recording.ts';

/** A source on the harness's own server. `query` says how it streams. */
function source(takeId: string, query: string, provider = 'test'): PlaySource {
  return { takeId, provider, open: (signal, fetch) => fetch(`/pcm?${query}`, { signal }) };
}

function open(setup: PlayerSetup = {}) {
  const recording = new Recording();
  const player = createPlayer({ ...setup, onProbe: (frame, samples) => recording.add(frame, samples) });
  return { player, recording, store: player.store };
}

type Opened = ReturnType<typeof open>;

/** Waits until the state is so; gives it back without what cannot be sent to a test. */
function until({ store }: Opened, holds: (state: PlayerState) => boolean): Promise<PlayerState> {
  return new Promise((resolve) => {
    const look = (state: PlayerState) => {
      if (!holds(state)) return;
      stop();
      resolve(structuredClone(state));
    };
    const stop = store.subscribe(look);
    look(store.getState());
  });
}

const harness = { open, source, until, CHAIN_BLOCK, CHAIN_RATE };
export type Harness = typeof harness;

declare global {
  interface Window {
    harness: Harness;
    /** What the running test has open. */
    opened: Opened;
  }
}

window.harness = harness;
