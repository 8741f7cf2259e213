import { useMemo } from 'react';
import { previewStudio } from '../../../shared/controls/plan-controls.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import type { Desk } from '../../stores/desk.ts';
import type { HeardNow } from '../../stores/exports.ts';
import { playTake as play, renderTake } from '../../stores/render.ts';
import { useSession } from '../../stores/session.ts';
import { useTune } from '../../stores/tune.ts';
import { chosenModelId, useVoices } from '../../stores/voices.ts';
import { tellUndo } from './notices.tsx';

/** Plays a take from its beginning, as it was made. */
export function playTake(take: Take): void {
  if (take.state !== 'failed') void play(take);
}

/** Puts something on the desk; what lay there can be brought back. */
function putOnDesk(change: Partial<Desk>, words: string): void {
  const { text, voiceId, modelId, settings, apply } = useTune.getState();
  apply(change);
  const same =
    (change.text ?? text) === text &&
    (change.voiceId ?? voiceId) === voiceId &&
    (change.modelId ?? null) === (modelId ?? null) &&
    change.settings === settings;
  if (!same) tellUndo(words, async () => apply({ text, voiceId, modelId, settings }));
}

/** The model of a take, where it is not its voice's own. */
function modelOfTake({ voiceId, model }: Take): string | null {
  return chosenModelId(useVoices.getState(), voiceId, model);
}

/** The voice and model of a take, as far as they can still be spoken with. */
function voiceOfTake(take: Take): Partial<Desk> {
  const known = useVoices.getState().voices.some((voice) => voice.id === take.voiceId);
  return known ? { voiceId: take.voiceId, modelId: modelOfTake(take) } : {};
}

/** Puts a take's voice and settings on the sliders. */
export function applySettingsOf(take: Take): void {
  putOnDesk({ ...voiceOfTake(take), settings: take.settings }, 'The sliders stand as for this take');
}

/** Asks for the same text with the same voice and settings anew; what lies on the desk stays there. */
export function anotherTake(take: Take): void {
  const { text, voiceId, settings } = take;
  void renderTake({ fresh: true, of: { text, voiceId, modelId: modelOfTake(take), settings } });
}

/** How a take sounds with speed, pitch and volume as the sliders stand. */
export function heardNow(take: Take): HeardNow {
  const { speed, pitch, volume } = useTune.getState().settings;
  const settings = { ...take.settings, speed, pitch, volume };
  return { studio: previewStudio(settings, take.sent), settings };
}

/** Whether the sliders make a take sound other than it was made. */
export function slidersMoved(take: Take): boolean {
  const now = useTune.getState().settings;
  return (['speed', 'pitch', 'volume'] as const).some((control) => now[control] !== take.settings[control]);
}

/** Voices to filter by. */
export function useVoiceChoices(): { value: string; label: string }[] {
  const voices = useVoices((state) => state.voices);
  return useMemo(() => {
    const labels = new Map(
      voices.map(({ id, name, languages }) => [id, [name, languages[0]].filter(Boolean).join(' · ')]),
    );
    return [...labels].map(([value, label]) => ({ value, label }));
  }, [voices]);
}

/** Providers to filter by. */
export function useProviderChoices(): { value: string; label: string }[] {
  const providers = useSession((state) => state.status?.providers);
  return useMemo(() => (providers ?? []).map(({ id, name }) => ({ value: id, label: name })), [providers]);
}
