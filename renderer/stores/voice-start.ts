import { CONTROL_RANGE, type ParameterSpec, type ParameterValue } from '../../shared/controls/controls.ts';
import type { Voice } from '../../shared/schemas/voice.ts';

type Start = Pick<Voice, 'start'> | null;

/** The speed a voice begins at, times normal: what its provider keeps with it, or normal. */
export function startSpeed(voice: Start): number {
  const speed = voice?.start?.speed;
  const { min, max, neutral } = CONTROL_RANGE.speed;
  return typeof speed === 'number' && speed >= min && speed <= max ? speed : neutral;
}

/** What a parameter is while nobody sets it: what is kept with the voice, or what the model begins with. */
export function startValue(voice: Start, spec: Pick<ParameterSpec, 'name' | 'default'>): ParameterValue {
  const kept = voice?.start?.[spec.name];
  return kept !== undefined && typeof kept === typeof spec.default ? kept : spec.default;
}
