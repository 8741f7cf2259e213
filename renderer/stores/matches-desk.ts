import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { planControls } from '../../shared/controls/plan-controls.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { Model } from '../../shared/schemas/voice.ts';
import type { Desk } from './desk.ts';

/**
 * Tells whether a take is what the desk would ask for: the same text, voice and model, and nothing else to be
 * sent. What the studio does itself needs no new take.
 *
 * @param model the one that speaks what lies on the desk; null where it is not known
 */
export function matchesDesk(take: Take, desk: Desk, model: Pick<Model, 'id' | 'capabilities'> | null): boolean {
  // Where another voice spoke, the one on the desk was not heard yet.
  if (take.source !== 'rendered' || take.state !== 'done' || take.answeredBy) return false;
  if (take.text !== desk.text || take.voiceId !== desk.voiceId || take.model !== model?.id) return false;
  const sent = (settings = NEUTRAL_SETTINGS) => {
    const { parameters, ...send } = planControls(settings, model.capabilities).send;
    const emotion = send.emotion.name === 'neutral' ? 'neutral' : send.emotion;
    return JSON.stringify([{ ...send, emotion }, Object.entries(parameters).toSorted()]);
  };
  return sent(take.settings) === sent(desk.settings);
}
