import { NEUTRAL_SETTINGS, type Settings } from '../../shared/controls/controls.ts';
import { FaultError, fault } from '../../shared/errors.ts';
import type { Library } from '../library/library.ts';
import type { Registry, ResolvedVoice } from '../providers/registry.ts';

/** The voice where none is named: the built-in provider's. */
export const DEFAULT_VOICE = 'builtin:kokoro/af_heart';

/** A voice with the settings it is asked for with: a preset's own, neutral otherwise. */
export interface FoundVoice {
  found: ResolvedVoice;
  settings: Settings;
}

async function named(registry: Registry, voiceId: string, signal: AbortSignal): Promise<ResolvedVoice | null> {
  try {
    return await registry.resolve(voiceId, signal);
  } catch (thrown) {
    if (thrown instanceof FaultError && thrown.fault.code === 'unknown_voice') return null;
    throw thrown;
  }
}

/**
 * Looks a gateway's `voice_id` up: `provider:voice`, then a voice of the provider in force, then a preset's name.
 * @throws FaultError unknown_voice: never another voice; bad_request where two presets have the name
 */
export async function findVoice(
  registry: Registry,
  library: Library | null,
  voiceId: string | undefined,
  provider: string,
  signal: AbortSignal,
): Promise<FoundVoice> {
  const asked = voiceId ?? DEFAULT_VOICE;
  const direct = (await named(registry, asked, signal)) ?? (await named(registry, `${provider}:${asked}`, signal));
  if (direct) return { found: direct, settings: NEUTRAL_SETTINGS };
  const presets = (library?.presets() ?? []).filter((preset) => preset.name === asked);
  if (presets.length > 1) {
    throw fault('bad_request', `${presets.length} presets are called “${asked}”.`, {
      param: 'voice_id',
      todo: 'Rename all but one of them, or name the voice itself.',
    });
  }
  const preset = presets[0];
  if (preset) return { found: await registry.resolve(preset.voiceId, signal), settings: preset.settings };
  throw fault('unknown_voice', `There is no voice “${asked}”.`, { param: 'voice_id' });
}
