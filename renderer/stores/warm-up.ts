import { api } from '../api.ts';
import { useTune } from './tune.ts';
import { chosenModelId, useVoices } from './voices.ts';

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
    if (!worked || text.trim() === '' || asked.has(wanted)) return;
    asked.add(wanted);
    // What fails here is told when the voice is asked to speak.
    api.voices.warm.$post({ json: { voiceId, modelId } }).catch(() => asked.delete(wanted));
  });
}
