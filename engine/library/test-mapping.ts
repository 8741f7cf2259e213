import { randomUUID } from 'node:crypto';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import type {
  Candidate,
  MappedVoice,
  MappingInput,
  MappingVerdict,
  Proposal,
  SourceVoice,
} from '../../shared/schemas/mapping.ts';
import type { VoiceProfile } from '../../shared/schemas/voice-profile.ts';

/** A mapping from an ElevenLabs account to a Chatterbox server. */
export function mappingInput(projectId: string, more: Partial<MappingInput> = {}): MappingInput {
  return {
    projectId,
    name: 'Leaving',
    from: { kind: 'provider', provider: 'elevenlabs', modelId: null },
    to: { kind: 'provider', provider: 'chatterbox', modelId: null },
    lines: ['The ship sails at noon.'],
    ...more,
  };
}

/** A voice as it is spoken with, with plain settings. */
export function mappedVoice(voiceId: string, more: Partial<MappedVoice> = {}): MappedVoice {
  return { voiceId, voiceName: '', modelId: null, settings: NEUTRAL_SETTINGS, ...more };
}

/** A voice that is left. */
export function sourceVoice(voiceId: string | null, more: Partial<SourceVoice> = {}): SourceVoice {
  const labels = { language: 'en', gender: 'female', accent: '' } as const;
  return { ...mappedVoice(''), ...labels, voiceId, recordings: [], ...more };
}

const PROFILE: VoiceProfile = {
  seconds: 6,
  pitch: 200,
  pitchSpread: 2,
  rate: 4,
  pauses: 0.1,
  loudness: -20,
  loudnessRange: 12,
  brightness: 1500,
  clarity: 14,
  noise: 50,
};

/** What was proposed: a candidate for each voice, the nearest first, with the takes given for it. */
export function proposalOf(candidates: [voice: MappedVoice, takeIds: string[]][], takeIds: string[] = []): Proposal {
  return {
    at: 1000,
    profile: PROFILE,
    takeIds,
    candidates: candidates.map(([voice, own], place): Candidate => {
      return { ...voice, distance: place, matched: 'matched', leftover: [], profile: PROFILE, takeIds: own };
    }),
    compared: candidates.length,
    leftOut: 0,
  };
}

/** What somebody said of a choice. */
export function verdictOf(choice: MappedVoice | null, more: Partial<MappingVerdict> = {}): MappingVerdict {
  return { id: randomUUID(), at: Date.now(), by: 'Ada', verdict: 'approved', note: '', choice, ...more };
}
