import type { Fault } from '../../../shared/errors.ts';
import { ENGINE_SILENT } from '../../api.ts';

/** What can be done at once about a take that was not made. */
export type Remedy = 'settings' | 'voices' | 'own-model' | 'again';

/** What stands on the button. */
export const REMEDY_WORDS = {
  settings: 'Open Settings',
  voices: 'Choose a voice',
  'own-model': 'Use the voice’s own model',
  again: 'Try again',
} as const satisfies Record<Remedy, string>;

/**
 * What helps against a fault; null where only another text does.
 *
 * @param otherModel the voice was asked for with a model that is not its own
 */
export function remedyOf(fault: Fault, otherModel: boolean): Remedy | null {
  if (fault.param === 'text') return null;
  if (fault.message === ENGINE_SILENT) return 'again';
  switch (fault.code) {
    case 'unauthorised':
    case 'unreachable':
    case 'no_credit':
      return 'settings';
    case 'unknown_voice':
      return 'voices';
    case 'unknown_model':
      return otherModel ? 'own-model' : 'voices';
    default:
      return 'again';
  }
}
