import { api } from '../api.ts';
import { useTune } from './tune.ts';
import { chosenModelId, useVoices } from './voices.ts';

/** How ids of voices begin that this computer speaks itself. */
const BUILT_IN = 'builtin:';

/**
 * Lets the engine load the model of the voice on the desk while a person still types, so that the first take need not
 * wait for it. Nothing is loaded before somebody works at the desk. @returns ends it
 */
export function warmUpVoices(): () => void {
  const asked = new Set<string>();
  return useTune.subscribe((now, before) => {
    const { text, voiceId } = now;
    const worked = text !== before.text || voiceId !== before.voiceId || now.modelId !== before.modelId;
    const modelId = chosenModelId(useVoices.getState(), voiceId, now.modelId);
    const wanted = `${voiceId} ${modelId ?? ''}`;
    if (!worked || asked.has(wanted)) return;
    // Models of this computer are loaded for somebody who types; of all others it is read where the voice begins.
    if (text.trim() === '' && (text !== before.text || voiceId.startsWith(BUILT_IN))) return;
    asked.add(wanted);
    // What fails here is told when the voice is asked to speak.
    api.voices.warm.$post({ json: { voiceId, modelId } }).catch(() => asked.delete(wanted));
  });
}
