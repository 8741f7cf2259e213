import type { SourceVoice } from '../../shared/schemas/mapping.ts';
import type { UsedVoice } from '../../shared/schemas/past-speech.ts';
import type { Voice } from '../../shared/schemas/voice.ts';
import type { Registry } from '../providers/registry.ts';
import { usualSettings } from './estimate.ts';

/** Voices of a provider as they can be left. */
export interface Sources {
  sources: (SourceVoice & { lines: number | null })[];
  /** Whether they are those in use, by what the provider remembers. */
  used: boolean;
}

/** Settings that a voice begins with, or was spoken with last. */
function settingsOf(start: Readonly<Record<string, number | string | boolean>> = {}) {
  const { speed, ...parameters } = start;
  return usualSettings(typeof speed === 'number' ? speed : undefined, parameters);
}

function sourceOf(voice: Voice, used?: UsedVoice): Sources['sources'][number] {
  const settings = settingsOf(used && Object.keys(used.settings).length > 0 ? used.settings : voice.start);
  return {
    voiceId: voice.id,
    voiceName: voice.name,
    modelId: used?.modelId ?? null,
    settings,
    language: voice.languages[0] ?? null,
    gender: voice.gender,
    accent: voice.accent,
    recordings: [],
    lines: used?.lines ?? null,
  };
}

/** A voice that was spoken with and that the account has no more. */
function goneVoice({ voiceId, name, modelId, settings, lines }: UsedVoice): Sources['sources'][number] {
  return {
    voiceId,
    voiceName: name ?? '',
    modelId,
    settings: settingsOf(settings),
    language: null,
    gender: 'unknown',
    accent: '',
    recordings: [],
    lines,
  };
}

/**
 * The voices of a provider, those in use first where it remembers what was spoken. Asks for nothing that costs.
 *
 * @throws FaultError what the provider says
 */
export async function sourcesOf(
  registry: Pick<Registry, 'provider' | 'known'>,
  providerId: string,
  signal: AbortSignal,
): Promise<Sources> {
  const { voices } = await registry.known(signal);
  const own = voices.filter(({ provider }) => provider === providerId);
  // Without its history all voices are offered: that is no failure.
  const used =
    (await registry
      .provider(providerId)
      ?.usedVoices?.(signal)
      .catch(() => null)) ?? null;
  signal.throwIfAborted();
  if (!used || used.voices.length === 0) return { sources: own.map((voice) => sourceOf(voice)), used: false };
  const inUse = used.voices.map((one) => {
    const voice = own.find(({ id }) => id === one.voiceId);
    return voice ? sourceOf(voice, one) : goneVoice(one);
  });
  const others = own.filter(({ id }) => !used.voices.some(({ voiceId }) => voiceId === id));
  return { sources: [...inUse, ...others.map((voice) => sourceOf(voice))], used: true };
}
