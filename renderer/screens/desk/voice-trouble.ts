import type { Fault } from '../../../shared/errors.ts';
import type { VoiceListState } from '../../../shared/schemas/connection.ts';
import type { ProviderHealth, Voice } from '../../../shared/schemas/voice.ts';
import { voiceIdParts } from '../../../shared/voice-id.ts';
import { healthFault } from '../settings/providers/provider-words.ts';

/** Why the voice on the desk cannot speak. */
export interface VoiceTrouble {
  /** Whose it is, and what is wrong. */
  words: string;
  /** The provider in whose settings it can be put right; null where it would not be found there. */
  provider: string | null;
  fault: Fault | null;
}

/** A name and what is said of it, once where that names it already. */
function saidOf(name: string, { message }: Fault): string {
  return message.includes(name) ? message : `${name}: ${message}`;
}

/**
 * Why a voice cannot speak; null where nothing is known against it.
 *
 * @param voice the voice of this id; null where it is not in the lists
 * @param providers null where they are not known yet
 */
export function voiceTrouble(
  voiceId: string,
  voice: Voice | null,
  providers: readonly ProviderHealth[] | null,
  lists: readonly VoiceListState[],
): VoiceTrouble | null {
  if (providers === null) return null;
  const { provider: id, local } = voiceIdParts(voiceId);
  const health = providers.find((one) => one.id === id);
  if (health === undefined) {
    return voice === null ? { words: `Its provider “${id}” is not set up`, provider: null, fault: null } : null;
  }
  const list = lists.find(({ provider }) => provider === id);
  const fault = healthFault(health) ?? (voice === null ? (list?.fault ?? null) : null);
  if (fault !== null) return { words: saidOf(health.name, fault), provider: id, fault };
  if (voice !== null) return null;
  if (list !== undefined && (list.refreshing || list.at === null)) {
    return { words: `The voices of ${health.name} are being read`, provider: id, fault: null };
  }
  return { words: `${health.name} has no voice “${local}”`, provider: id, fault: null };
}
