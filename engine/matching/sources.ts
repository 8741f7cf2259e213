import { CONTROL_RANGE, NEUTRAL_SETTINGS, type Settings } from '../../shared/controls/controls.ts';
import type { SourceVoice } from '../../shared/schemas/mapping.ts';
import type { UsedVoice } from '../../shared/schemas/past-speech.ts';
import type { Voice } from '../../shared/schemas/voice.ts';
import type { Registry } from '../providers/registry.ts';
import { voicesThere } from './voices-there.ts';

/** Longest name, and longest label of an accent or language, that a row takes. */
const MOST_NAME = 200;
const MOST_ACCENT = 100;
const MOST_LANGUAGE = 40;

/** Voices of a provider as they can be left. */
export interface Sources {
  sources: (SourceVoice & { lines: number | null })[];
  /** Whether they are those in use, by what the provider remembers. */
  used: boolean;
}

/** Settings that a voice begins with, or was spoken with last. */
function settingsOf(start: Readonly<Record<string, number | string | boolean>> = {}): Settings {
  const { speed, ...parameters } = start;
  const { min, max, neutral } = CONTROL_RANGE.speed;
  const within = typeof speed === 'number' ? Math.min(max, Math.max(min, speed)) : neutral;
  return { ...NEUTRAL_SETTINGS, speed: within, parameters };
}

function sourceOf(voice: Voice, used?: UsedVoice): Sources['sources'][number] {
  const settings = settingsOf(used && Object.keys(used.settings).length > 0 ? used.settings : voice.start);
  return {
    voiceId: voice.id,
    voiceName: voice.name,
    modelId: used?.modelId ?? null,
    settings,
    language: voice.languages[0]?.slice(0, MOST_LANGUAGE) ?? null,
    gender: voice.gender,
    accent: voice.accent.slice(0, MOST_ACCENT),
    recordings: [],
    lines: used?.lines ?? null,
  };
}

/** A voice that was spoken with and that the account has no more. */
function goneVoice({ voiceId, name, modelId, settings, lines }: UsedVoice): Sources['sources'][number] {
  return {
    voiceId,
    voiceName: (name ?? '').slice(0, MOST_NAME),
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
 * @throws FaultError not_found; what the provider says
 */
export async function sourcesOf(
  registry: Pick<Registry, 'provider' | 'known' | 'refresh'>,
  providerId: string,
  signal: AbortSignal,
): Promise<Sources> {
  const { voices } = await voicesThere(registry, providerId, signal);
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
