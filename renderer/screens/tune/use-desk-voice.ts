import type { Model, Voice } from '../../../shared/schemas/voice.ts';
import { useTune } from '../../stores/tune.ts';
import { modelOf, useVoices, voiceOf } from '../../stores/voices.ts';

/** The voice on the desk; null where it is not there. */
export function useDeskVoice(): Voice | null {
  const voiceId = useTune((state) => state.voiceId);
  return useVoices((state) => voiceOf(state, voiceId));
}

/** The model that speaks on the desk: the one that was chosen where the voice has it, or its own. */
export function useDeskModel(): Model | null {
  const voiceId = useTune((state) => state.voiceId);
  const modelId = useTune((state) => state.modelId);
  return useVoices((state) => modelOf(state, voiceId, modelId));
}
