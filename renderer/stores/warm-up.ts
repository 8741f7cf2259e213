import { api } from '../api.ts';
import { useTune } from './tune.ts';

/**
 * Lets the engine load the model of the voice on the desk while a person still types, so that the first take need not
 * wait for it. Nothing is loaded before somebody works at the desk. @returns ends it
 */
export function warmUpVoices(): () => void {
  const asked = new Set<string>();
  return useTune.subscribe((now, before) => {
    const worked = now.text !== before.text || now.voiceId !== before.voiceId;
    if (!worked || now.text.trim() === '' || asked.has(now.voiceId)) return;
    const { voiceId } = now;
    asked.add(voiceId);
    // What fails here is told when the voice is asked to speak.
    api.voices.warm.$post({ json: { voiceId } }).catch(() => asked.delete(voiceId));
  });
}
