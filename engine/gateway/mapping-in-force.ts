import { voiceIdParts } from '../../shared/voice-id.ts';
import type { ApprovedVoice } from '../library/mapping-store.ts';

/** Ids of further connections of a kind are numbered, `elevenlabs-2`: what the kind was where the connection is gone. */
const numberless = (id: string) => id.replace(/-\d+$/u, '');

/**
 * Which of the mappings of an old voice answers a gateway's request.
 *
 * The provider in force (`TTS_PROVIDER`) says which side a team is on. A mapping to that provider answers before any
 * other one. One to another provider answers only where the provider in force is not of the old voice's kind: with
 * `TTS_PROVIDER=elevenlabs` the ids of ElevenLabs are ElevenLabs' own again, and so a rollback is one variable.
 *
 * @param approved of one old voice, the newest verdict first
 * @param provider the id of the one in force
 * @param kindOf a provider that is there
 * @returns null where none does
 */
export function mappingInForce(
  approved: readonly ApprovedVoice[],
  provider: string,
  kindOf: (id: string) => string | undefined,
): ApprovedVoice | null {
  const kind = (id: string) => kindOf(id) ?? numberless(id);
  const providerOf = (voiceId: string | null) => voiceIdParts(voiceId ?? '').provider;
  // Where the old voice's own provider is in force, the ids are its own.
  const others = approved.filter(({ from }) => providerOf(from.voiceId) !== provider);
  const to = others.find(({ to }) => providerOf(to.voiceId) === provider);
  return to ?? others.find(({ from }) => kind(providerOf(from.voiceId)) !== kind(provider)) ?? null;
}
