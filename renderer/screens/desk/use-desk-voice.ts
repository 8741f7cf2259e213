import type { Model, Voice } from '../../../shared/schemas/voice.ts';
import { modelOf, useVoices, voiceOf } from '../../stores/voices.ts';
import { useDesk } from './desk-context.ts';

/** The voice on the desk; null where it is not there. */
export function useDeskVoice(): Voice | null {
  const voiceId = useDesk((state) => state.voiceId);
  return useVoices((state) => voiceOf(state, voiceId));
}

/** The model that speaks on the desk: the one that was chosen where the voice has it, or its own. */
export function useDeskModel(): Model | null {
  const voiceId = useDesk((state) => state.voiceId);
  const modelId = useDesk((state) => state.modelId);
  return useVoices((state) => modelOf(state, voiceId, modelId));
}
