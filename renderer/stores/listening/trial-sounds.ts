import type { ListeningTrial } from '../../../shared/schemas/listening.ts';
import { CHAIN_RATE } from '../../../shared/sound/chain-format.ts';
import { s16ToBytes } from '../../../shared/sound/pcm.ts';
import type { PlaySource } from '../../player/player-state.ts';
import { player } from '../../player/studio-player.ts';
import { readSound, type Stimulus, type StimulusSwitching } from './listening-calls.ts';

/** Whose pace the player learns: that of no provider. */
const OF_NOBODY = 'listening';

let held: ReadonlyMap<string, Stimulus> = new Map();

/** A sound of the trial that is heard; null where it is not here. */
export function soundOf(stimulus: string | null): Stimulus | null {
  return stimulus === null ? null : (held.get(stimulus) ?? null);
}

/** What the player plays: it knows a stimulus by its id, and nothing else. */
export function sourceOf(stimulus: string): PlaySource {
  return {
    takeId: stimulus,
    provider: OF_NOBODY,
    open: async () => {
      const samples = soundOf(stimulus)?.samples ?? new Int16Array(0);
      const headers = { 'x-timbre-rate': String(CHAIN_RATE), 'x-timbre-samples': String(samples.length) };
      return new Response(s16ToBytes(samples), { headers });
    },
  };
}

/**
 * Fetches all sounds of a trial and gives them to the player. None can be heard before all are here: which one comes first
 * would say something of it.
 *
 * @throws FaultError
 */
export async function fetchSounds({ places }: ListeningTrial, signal: AbortSignal): Promise<StimulusSwitching> {
  const sounds = await Promise.all(
    places.map(async ({ stimulus }) => [stimulus, await readSound(stimulus, signal)] as const),
  );
  signal.throwIfAborted();
  dropSounds();
  held = new Map(sounds);
  await Promise.all(places.map(({ stimulus }) => player.preload(sourceOf(stimulus))));
  return sounds.every(([, { switching }]) => switching === 'word') ? 'word' : 'restart';
}

/** Forgets the sounds of the trial that was heard; what plays of them ends. */
export function dropSounds(): void {
  for (const stimulus of held.keys()) player.forget(stimulus);
  held = new Map();
}
