import { planControls } from '../../shared/controls/plan-controls.ts';
import { fault } from '../../shared/errors.ts';
import type { TakeRequest } from '../../shared/schemas/take.ts';
import type { Desk } from './desk.ts';
import type { LoadedTake } from './heard.ts';
import { useProjects } from './projects.ts';
import { useTune } from './tune.ts';
import { chosenModelId, modelOf, useVoices } from './voices.ts';

/** What a take is to be made of. */
export interface Wish {
  /** Ask the provider anew, also where the same was asked for before. */
  fresh?: boolean;
  /** Text, voice, model and settings to take in place of what lies on the desk. */
  of?: Desk;
}

/** Asks for what is wished. @throws FaultError invalid without a text, conflict without a project */
export function takeRequest({ fresh = false, of }: Wish): TakeRequest {
  const { text, voiceId, settings, modelId: chosen } = of ?? useTune.getState();
  // What is shown of the desk is what speaks; what is asked for again is asked for as it was.
  const modelId = of ? chosen : chosenModelId(useVoices.getState(), voiceId, chosen);
  const projectId = useProjects.getState().currentId;
  if (text.trim() === '') {
    throw fault('invalid', 'There is no text yet.', { param: 'text', todo: 'Type what should be spoken.' });
  }
  if (projectId === null) {
    throw fault('conflict', 'No project is open.', { kept: 'Your text is kept.', todo: 'Open or create a project.' });
  }
  return { id: crypto.randomUUID(), projectId, text, voiceId, ...(modelId && { modelId }), settings, fresh };
}

/** What is known of a take before the engine has told of it. */
export function expectedTake({ id, voiceId, modelId, settings }: TakeRequest): LoadedTake {
  const can = modelOf(useVoices.getState(), voiceId, modelId)?.capabilities;
  if (can === undefined) {
    return { id, voiceId, settings, sent: { speed: 1, pitch: 0, volume: 0 }, studio: settings };
  }
  const { send, studio } = planControls(settings, can);
  return { id, voiceId, settings, sent: { speed: send.speed, pitch: send.pitch, volume: send.volume }, studio };
}
