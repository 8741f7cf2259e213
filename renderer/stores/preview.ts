import { voiceIdParts } from '../../shared/voice-id.ts';
import { openPreview } from '../api.ts';
import type { PlayerState } from '../player/player-state.ts';
import { usePlayer } from '../player/player-store.ts';
import { player } from '../player/studio-player.ts';
import { isSounding } from './heard.ts';
import { liveStudio, loadLive } from './live.ts';

const PREVIEW = 'preview:';

/** Stands between the voice and a model that is not its own. */
const BY = '\n';

/**
 * Plays a short sample of a voice, without the sliders; stops it where it plays already.
 *
 * @param modelId one of the voice's models; null for its own
 */
export function togglePreview(voiceId: string, modelId: string | null = null): void {
  const takeId = PREVIEW + voiceId + (modelId === null ? '' : BY + modelId);
  const { takeId: current, status } = usePlayer.getState();
  if (current === takeId && isSounding(status)) {
    player.stop();
    return;
  }
  loadLive(null, 'sliders');
  const open = (signal: AbortSignal) => openSample(voiceId, modelId, signal);
  player.play({ takeId, provider: voiceIdParts(voiceId).provider, open }, { studio: liveStudio() });
}

/** A sample is no take: the player is to keep it under the name it was asked for. */
async function openSample(voiceId: string, modelId: string | null, signal: AbortSignal): Promise<Response> {
  const { body, headers } = await openPreview({ voiceId, modelId }, signal);
  const own = new Headers(headers);
  own.delete('x-timbre-take');
  return new Response(body, { headers: own });
}

/** The voice whose sample plays, or null. */
export function previewOf({ takeId, status }: Pick<PlayerState, 'takeId' | 'status'>): string | null {
  return isSounding(status) && takeId?.startsWith(PREVIEW) ? (takeId.slice(PREVIEW.length).split(BY)[0] ?? null) : null;
}
