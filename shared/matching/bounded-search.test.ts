import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParameterSpec } from '../controls/controls.ts';
import { boundedSearch } from './bounded-search.ts';

const number = (name: string, min: number, max: number, usual: number): ParameterSpec => ({
  name,
  label: name,
  help: '',
  kind: 'number',
  min,
  max,
  step: 0.05,
  default: usual,
});
const SPECS = [number('exaggeration', 0.25, 2, 0.5), number('cfg_weight', 0, 1, 0.5)];

const bowl = (to: Record<string, number>) => async (values: Record<string, number>) =>
  Math.hypot(...Object.entries(to).map(([name, own]) => (values[name] ?? 0) - own));

describe('boundedSearch', () => {
  it('finds the bottom of a bowl to a step', async () => {
    const found = await boundedSearch({
      specs: SPECS,
      start: {},
      budget: 60,
      distance: bowl({ exaggeration: 1.4, cfg_weight: 0.25 }),
    });
    expect(found.values.exaggeration).toBeCloseTo(1.4, 1);
    expect(found.values.cfg_weight).toBeCloseTo(0.25, 1);
  });

  it('never leaves a range, never tries the same twice, and never more than the budget', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          exaggeration: fc.double({ min: -5, max: 5, noNaN: true }),
          cfg_weight: fc.double({ min: -5, max: 5, noNaN: true }),
        }),
        fc.integer({ min: 1, max: 40 }),
        async (bottom, budget) => {
          const tried: string[] = [];
          const far = bowl(bottom);
          const found = await boundedSearch({
            specs: SPECS,
            start: bottom,
            budget,
            distance: (values) => {
              tried.push(JSON.stringify(values));
              for (const { name, min = 0, max = 0 } of SPECS) {
                expect(values[name]).toBeGreaterThanOrEqual(min);
                expect(values[name]).toBeLessThanOrEqual(max);
              }
              return far(values);
            },
          });
          expect(new Set(tried).size).toBe(tried.length);
          expect(tried.length).toBeLessThanOrEqual(budget);
          expect(found.tried).toBe(tried.length);
        },
      ),
    );
  });

  it('stops when it is cancelled and keeps the best so far', async () => {
    const stop = new AbortController();
    let tries = 0;
    const found = await boundedSearch({
      specs: SPECS,
      start: {},
      budget: 100,
      signal: stop.signal,
      distance: async ({ exaggeration = 0 }) => {
        tries += 1;
        if (tries === 3) stop.abort();
        return -exaggeration;
      },
    });
    expect(tries).toBe(3);
    expect(found.values.exaggeration).toBeGreaterThan(0.5);
  });

  it('goes round what cannot be tried', async () => {
    const found = await boundedSearch({
      specs: SPECS,
      start: {},
      budget: 30,
      distance: async ({ exaggeration = 0, cfg_weight = 0 }) =>
        cfg_weight > 0.6 ? Number.POSITIVE_INFINITY : Math.abs(exaggeration - 1),
    });
    expect(found.values.exaggeration).toBeCloseTo(1, 1);
  });

  it('has nothing to move where there is no number', async () => {
    const found = await boundedSearch({ specs: [], start: {}, budget: 5, distance: async () => 1 });
    expect(found).toEqual({ values: {}, distance: 1, tried: 1 });
  });
});
