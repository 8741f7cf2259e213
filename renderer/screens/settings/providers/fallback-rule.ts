import type { VoiceRef } from '../../../../shared/schemas/connection.ts';
import type { Voice } from '../../../../shared/schemas/voice.ts';

/** Stands for nobody among voices, whose ids have no space. */
export const NOBODY = 'no voice';
export const NOBODY_CHOICE = [{ value: NOBODY, label: 'Nobody' }];

/** The voice of an id as a rule keeps it; null for nobody. */
export function refOf(id: string, voices: readonly Voice[]): VoiceRef | null {
  if (id === NOBODY) return null;
  return { voiceId: id, voiceName: voices.find((voice) => voice.id === id)?.name ?? '', modelId: null };
}
