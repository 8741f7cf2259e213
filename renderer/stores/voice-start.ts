import { CONTROL_RANGE, type ParameterSpec, type ParameterValue } from '../../shared/controls/controls.ts';
import { stepped } from '../../shared/controls/stepped.ts';
import type { Model, Voice } from '../../shared/schemas/voice.ts';

type Start = Pick<Voice, 'start'> | null;

/**
 * The speed a voice begins at, times normal: what its provider keeps with it, or normal.
 *
 * @param model the one that speaks it: one that has no speed of its own does not keep any either; null where not known
 */
export function startSpeed(voice: Start, model: Pick<Model, 'capabilities'> | null): number {
  const speed = voice?.start?.speed;
  const { min, max, step, neutral } = CONTROL_RANGE.speed;
  if (typeof speed !== 'number' || speed < min || speed > max || model?.capabilities.speed === null) return neutral;
  return stepped(speed, { min, max, step });
}

type Begins = Pick<ParameterSpec, 'name' | 'default'> &
  Partial<Pick<ParameterSpec, 'min' | 'max' | 'step' | 'choices'>>;

/** What is kept with a voice for a parameter, as the model can take it; undefined where nothing fitting is. */
function kept(voice: Start, { name, default: usual, min, max, step, choices }: Begins): ParameterValue | undefined {
  const value = voice?.start?.[name];
  if (value === undefined || typeof value !== typeof usual) return undefined;
  if (typeof value === 'string' && choices && !choices.includes(value)) return undefined;
  if (typeof value !== 'number' || step === undefined) return value;
  return stepped(value, { min: min ?? -Infinity, max: max ?? Infinity, step });
}

/** What a parameter is while nobody sets it: what is kept with the voice, or what the model begins with. */
export function startValue(voice: Start, spec: Begins): ParameterValue {
  return kept(voice, spec) ?? spec.default;
}

/** Tells whether it is the voice that decides where a parameter begins, and not the model. */
export function isVoicesOwn(voice: Start, spec: Begins): boolean {
  const own = kept(voice, spec);
  return own !== undefined && own !== spec.default;
}
