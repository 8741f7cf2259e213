import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import type { MappedVoice, MappingSide } from '../../shared/schemas/mapping.ts';
import type { Voice } from '../../shared/schemas/voice.ts';

/** A voice of a side with nothing set: as it is compared with others, and the same for whatever voice it is compared with. */
export function plainVoice(voice: Voice, side: MappingSide): MappedVoice {
  return {
    voiceId: voice.id,
    voiceName: voice.name,
    modelId: side.kind === 'provider' ? side.modelId : null,
    settings: NEUTRAL_SETTINGS,
  };
}
