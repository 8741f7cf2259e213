import { type FaultError, fault } from '../../../shared/errors.ts';
import type { Refusal } from '../http/http-fault.ts';

/** The fault of a voice that a server does not have. @param refusal by which it said so, where it did */
export function voiceGone(server: string, refusal?: Refusal): FaultError {
  return fault('unknown_voice', `${server} does not have this voice (any more).`, {
    todo: 'Refresh the list of voices and choose another one.',
    ...(refusal ? { said: `${refusal.status}: ${refusal.said?.message ?? ''}` } : {}),
  });
}
