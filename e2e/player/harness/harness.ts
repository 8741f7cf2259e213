// A page with nothing but the real player, for tests and benchmarks that look into what comes out of it.
import { createPlayer, type PlayerSetup } from '../../../renderer/player/player.ts';
import type { PlaySource } from '../../../renderer/player/player-state.ts';
import { CHAIN_BLOCK, CHAIN_RATE } from '../../../shared/sound/chain-format.ts';
import { Recording } from './recording.ts';

/** A source on the harness's own server. `query` says how it streams. */
function source(takeId: string, query: string, provider = 'test'): PlaySource {
  return { takeId, provider, open: (signal) => fetch(`/pcm?${query}`, { signal }) };
}

function open(setup: PlayerSetup = {}) {
  const recording = new Recording();
  const player = createPlayer({ ...setup, onProbe: (frame, samples) => recording.add(frame, samples) });
  return { player, recording, store: player.store };
}

const harness = { createPlayer, open, source, CHAIN_BLOCK, CHAIN_RATE };
export type Harness = typeof harness;

declare global {
  interface Window {
    harness: Harness;
    /** What the running test has open. */
    opened: ReturnType<typeof open>;
  }
}

window.harness = harness;
