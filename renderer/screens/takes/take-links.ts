import { useMemo } from 'react';
import type { Take } from '../../../shared/schemas/take.ts';
import { openTakeAudio } from '../../api.ts';
import { player } from '../../player-draft.ts';
import { useSession } from '../../stores/session.ts';
import { useTune } from '../../stores/tune.ts';
import { useVoices } from '../../stores/voices.ts';

/** Plays a take from its beginning. */
export function playTake(take: Take): void {
  if (take.state === 'failed') return;
  void player.play({
    takeId: take.id,
    provider: take.provider,
    open: (signal) => openTakeAudio(take.id, signal),
  });
}

/** Puts a take's voice and settings on the sliders. */
export function applySettingsOf(take: Take): void {
  const known = useVoices.getState().voices.some((voice) => voice.id === take.voiceId);
  useTune.getState().apply(known ? { voiceId: take.voiceId, settings: take.settings } : { settings: take.settings });
}

/** Asks for the same text with the same settings anew. */
export function anotherTake(take: Take): void {
  void take;
}

/** Voices to filter by. */
export function useVoiceChoices(): { value: string; label: string }[] {
  const voices = useVoices((state) => state.voices);
  return useMemo(() => {
    return voices.map((voice) => ({ value: voice.id, label: `${voice.name}  ${voice.languages[0] ?? ''}` }));
  }, [voices]);
}

/** Providers to filter by. */
export function useProviderChoices(): { value: string; label: string }[] {
  const providers = useSession((state) => state.status?.providers);
  return useMemo(() => (providers ?? []).map(({ id, name }) => ({ value: id, label: name })), [providers]);
}
