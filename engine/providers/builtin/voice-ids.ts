import { fault } from '../../../shared/errors.ts';

/** Prefix of the public ids of the built-in voices. */
export const PROVIDER_ID = 'builtin';

export const MODEL_IDS = ['kokoro', 'espeak'] as const;
export type ModelId = (typeof MODEL_IDS)[number];

/** `kokoro/af_heart` as it is known outside. */
export function publicId(local: string): string {
  return `${PROVIDER_ID}:${local}`;
}

/** The id without the provider's prefix, whether it has one or not. */
export function localId(id: string): string {
  return id.startsWith(`${PROVIDER_ID}:`) ? id.slice(PROVIDER_ID.length + 1) : id;
}

/** Model and name in `kokoro/af_heart`. @throws FaultError unknown_voice */
export function parseVoiceId(id: string): { model: ModelId; name: string } {
  const local = localId(id);
  const slash = local.indexOf('/');
  const model = MODEL_IDS.find((candidate) => candidate === local.slice(0, Math.max(0, slash)));
  if (model === undefined) throw unknownVoice(id);
  return { model, name: local.slice(slash + 1) };
}

export function unknownVoice(id: string) {
  return fault('unknown_voice', `There is no built-in voice “${id}”.`, {
    param: 'voiceId',
    todo: 'Choose a voice from the list.',
  });
}
