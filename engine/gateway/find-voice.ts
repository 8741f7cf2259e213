import { NEUTRAL_SETTINGS, type Settings } from '../../shared/controls/controls.ts';
import { FaultError, fault } from '../../shared/errors.ts';
import type { Voice } from '../../shared/schemas/voice.ts';
import type { Library } from '../library/library.ts';
import type { ApprovedVoice } from '../library/mapping-store.ts';
import type { Registry, ResolvedVoice } from '../providers/registry.ts';
import { mappingInForce } from './mapping-in-force.ts';

/** The built-in provider's voice where none is named. */
export const DEFAULT_VOICE = 'builtin:kokoro/af_heart';

/** A voice with the settings it is asked for with: those of a preset or mapping, neutral otherwise. */
export interface FoundVoice {
  found: ResolvedVoice;
  settings: Settings;
  /** The settings of the old voice that it speaks in place of; null where it speaks for itself. */
  instead: Settings | null;
}

export interface FindVoiceParts {
  registry: Registry;
  /** Presets and mappings come from here; null where the library cannot be used. */
  library: Library | null;
  /** Provider of voices that are named without one. */
  provider: string;
  /** The default voice of a provider, as `provider:voice`; null where it has none. */
  defaultVoiceOf?(provider: string): string | null;
}

async function resolved(
  registry: Registry,
  voiceId: string,
  modelId: string | null,
  signal: AbortSignal,
): Promise<ResolvedVoice | null> {
  try {
    return await registry.resolve(voiceId, signal, modelId);
  } catch (thrown) {
    if (!(thrown instanceof FaultError)) throw thrown;
    if (thrown.fault.code === 'unknown_voice') return null;
    // The caller's own name for the field.
    throw thrown.fault.param === 'modelId' ? new FaultError({ ...thrown.fault, param: 'model_id' }) : thrown;
  }
}

/** The id of the only voice of a provider that is called so, or whose file is; null where there is none, or several. */
function calledSo(voices: readonly Voice[], provider: string, name: string): string | null {
  const wanted = name.toLowerCase();
  const found = voices.filter((voice) => {
    if (voice.provider !== provider) return false;
    const local = voice.id.slice(provider.length + 1).toLowerCase();
    return voice.name.toLowerCase() === wanted || local.endsWith(`/${wanted}`);
  });
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

function presetCalled(library: Library | null, name: string) {
  const presets = (library?.presets() ?? []).filter((preset) => preset.name === name);
  if (presets.length > 1) {
    throw fault('bad_request', `${presets.length} presets are called “${name}”.`, {
      param: 'voice_id',
      todo: 'Rename all but one of them, or name the voice itself.',
    });
  }
  return presets[0];
}

/** The new voice, with the model and settings it was approved with. */
async function mapped(registry: Registry, asked: string, { from, to }: ApprovedVoice, signal: AbortSignal) {
  const found = await resolved(registry, to.voiceId, to.modelId, signal);
  if (found) return { found, settings: to.settings, instead: from.settings };
  throw fault(
    'unknown_voice',
    `A mapping puts “${to.voiceId}” in the place of “${asked}”, and there is no such voice.`,
    {
      kept: 'The mapping is as it was; no other voice speaks.',
      todo: 'Set up its provider, or approve another voice in Map.',
      param: 'voice_id',
    },
  );
}

/**
 * Looks a gateway's `voice_id` up:
 *
 * 1. `provider:voice`. An old voice's whole id, too, speaks itself as long as its provider has it.
 * 2. An old voice's id, whole or the provider's own, that was approved in a mapping (see `mappingInForce`): the new voice
 *    speaks, with the model and settings it was approved with. A `model_id` is one of the old voice's, and not used.
 * 3. A voice of the provider in force, by its id, then by its name or file.
 * 4. A preset's name.
 *
 * @throws FaultError unknown_voice, unknown_model: never another voice; bad_request where two presets have the name
 */
export async function findVoice(
  { registry, library, provider, defaultVoiceOf = () => DEFAULT_VOICE }: FindVoiceParts,
  voiceId: string | undefined,
  modelId: string | null,
  signal: AbortSignal,
): Promise<FoundVoice> {
  const asked = voiceId ?? defaultVoiceOf(provider);
  if (asked === null) {
    throw fault('bad_request', `No voice is named, and ${provider} has none by default.`, {
      param: 'voice_id',
      todo: 'Name one, or choose a default voice in Settings.',
    });
  }
  const plain = { settings: NEUTRAL_SETTINGS, instead: null };
  const exact = await resolved(registry, asked, modelId, signal);
  if (exact) return { found: exact, ...plain };
  const approved = mappingInForce(
    library?.mappings.approved(asked) ?? [],
    provider,
    (id) => registry.provider(id)?.kind,
  );
  if (approved) return await mapped(registry, asked, approved, signal);
  const local = asked.startsWith(`${provider}:`) ? asked.slice(provider.length + 1) : asked;
  const own = await resolved(registry, `${provider}:${local}`, modelId, signal);
  if (own) return { found: own, ...plain };
  const { voices } = await registry.all(signal);
  const called = calledSo(voices, provider, local);
  if (called !== null) return { found: await registry.resolve(called, signal, modelId), ...plain };
  const preset = presetCalled(library, asked);
  if (!preset) throw fault('unknown_voice', `There is no voice “${asked}”.`, { param: 'voice_id' });
  const found = await registry.resolve(preset.voiceId, signal, modelId ?? preset.modelId);
  return { found, settings: preset.settings, instead: null };
}
