import type { ParameterSpec, ParameterValue } from '../controls/controls.ts';
import { stepped } from '../controls/stepped.ts';

/** How one provider's expressive parameter follows another one's: straight lines between points. */
export interface ExpressionCurve {
  from: string;
  to: string;
  /** Value of `from`, value of `to`; the first ones rise. */
  points: readonly (readonly [number, number])[];
  /** Holds only where the model has no parameter of this name, which would do it better. */
  unless?: string;
}

/**
 * Where the search for Chatterbox settings begins that stand in for ElevenLabs ones, and the other way round. At
 * stability 0.5 and style 0 they meet what both models begin with: exaggeration 0.5, cfg_weight 0.5, temperature 0.8
 * (resemble-ai/chatterbox, tts.py). A lower cfg_weight and a higher exaggeration are livelier (its README: about 0.3 and
 * 0.7 or more), as a lower stability and a higher style are. Turbo ignores both, so there the temperature falls as
 * stability rises. The slopes are our own choice, a beginning and no measurement.
 */
export const EXPRESSION_CURVES: readonly ExpressionCurve[] = [
  {
    from: 'stability',
    to: 'cfg_weight',
    points: [
      [0, 0.3],
      [0.5, 0.5],
      [1, 0.7],
    ],
  },
  {
    from: 'style',
    to: 'exaggeration',
    points: [
      [0, 0.5],
      [1, 1],
    ],
  },
  {
    from: 'stability',
    to: 'temperature',
    unless: 'cfg_weight',
    points: [
      [0, 1.1],
      [0.5, 0.8],
      [1, 0.5],
    ],
  },
];

/** The value at x on the lines through the points; beyond the last one, that one's. */
export function along(points: readonly (readonly [number, number])[], x: number): number {
  const sorted = points.toSorted(([a], [b]) => a - b);
  const after = sorted.findIndex(([at]) => at >= x);
  const [, last = 0] = sorted.at(-1) ?? [];
  if (after < 0) return last;
  const [x1, y1] = sorted[after] as readonly [number, number];
  const [x0, y0] = sorted[after - 1] ?? [x1, y1];
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

const backwards = (points: ExpressionCurve['points']) => points.map(([x, y]) => [y, x] as const);

/** The value nearest to one that a parameter takes. */
export function fitting(
  { min = 0, max = 1, step }: Pick<ParameterSpec, 'min' | 'max' | 'step'>,
  value: number,
): number {
  return step ? stepped(value, { min, max, step }) : Number(Math.min(max, Math.max(min, value)).toFixed(4));
}

/**
 * Parameters to begin with in another provider's model, so that it speaks in the manner of the old one. What nothing
 * corresponds to begins as the model says.
 *
 * @param old what the old voice is spoken with, by the names of its parameters
 * @param specs of the new voice's model
 * @returns values within the model's ranges
 */
export function startParameters(
  old: Readonly<Record<string, ParameterValue>>,
  specs: readonly ParameterSpec[],
): Record<string, ParameterValue> {
  const has = (name: string) => specs.some((spec) => spec.name === name);
  const found: Record<string, ParameterValue> = {};
  for (const spec of specs) {
    if (spec.kind !== 'number') continue;
    for (const { from, to, points, unless } of EXPRESSION_CURVES) {
      if (found[spec.name] !== undefined) break;
      const forth = to === spec.name && !(unless !== undefined && has(unless)) ? old[from] : undefined;
      const back = from === spec.name && !(unless !== undefined && old[unless] !== undefined) ? old[to] : undefined;
      if (typeof forth === 'number') found[spec.name] = fitting(spec, along(points, forth));
      else if (typeof back === 'number') found[spec.name] = fitting(spec, along(backwards(points), back));
    }
  }
  return found;
}
