import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParameterSpec } from '../controls/controls.ts';
import { startParameters } from './expression-curves.ts';

const number = (name: string, min: number, max: number, step: number, usual: number): ParameterSpec => ({
  name,
  label: name,
  help: '',
  kind: 'number',
  min,
  max,
  step,
  default: usual,
});
const CHATTERBOX = [
  number('exaggeration', 0.25, 2, 0.05, 0.5),
  number('cfg_weight', 0, 1, 0.05, 0.5),
  number('temperature', 0.05, 1.5, 0.05, 0.8),
];
const TURBO = [number('temperature', 0.05, 1.5, 0.05, 0.8)];
const ELEVENLABS = [number('stability', 0, 1, 0.01, 0.5), number('style', 0, 1, 0.01, 0)];

describe('startParameters', () => {
  it('brings what both begin with to what both begin with', () => {
    expect(startParameters({ stability: 0.5, style: 0 }, CHATTERBOX)).toEqual({ exaggeration: 0.5, cfg_weight: 0.5 });
    expect(startParameters({ stability: 0.5, style: 0 }, TURBO)).toEqual({ temperature: 0.8 });
    const back = startParameters({ exaggeration: 0.5, cfg_weight: 0.5, temperature: 0.8 }, ELEVENLABS);
    expect(back).toEqual({ stability: 0.5, style: 0 });
    expect(startParameters({ temperature: 0.8 }, ELEVENLABS)).toEqual({ stability: 0.5 });
  });

  it('lets cfg_weight follow stability, exaggeration follow style, and Turbo’s temperature fall as stability rises', () => {
    const at = (stability: number, style: number) => startParameters({ stability, style }, CHATTERBOX);
    expect(at(0.9, 0).cfg_weight).toBeGreaterThan(at(0.2, 0).cfg_weight as number);
    expect(at(0.5, 0.8).exaggeration).toBeGreaterThan(at(0.5, 0.1).exaggeration as number);
    const turbo = (stability: number) => startParameters({ stability }, TURBO).temperature as number;
    expect(turbo(0.9)).toBeLessThan(turbo(0.1));
  });

  it('goes there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 10 }), (a, b) => {
        const old = { stability: a / 20, style: b / 10 };
        const fine = CHATTERBOX.map((spec) => ({ ...spec, step: 0.001 }));
        const back = startParameters(startParameters(old, fine), ELEVENLABS);
        expect(back.stability).toBeCloseTo(old.stability, 2);
        expect(back.style).toBeCloseTo(old.style, 2);
      }),
    );
  });

  it('never leaves the ranges of the model, whatever the old values are', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('stability', 'style', 'similarity_boost'), fc.double({ noNaN: true })),
        (old) => {
          for (const specs of [CHATTERBOX, TURBO]) {
            for (const [name, value] of Object.entries(startParameters(old, specs))) {
              const { min = 0, max = 0 } = specs.find((spec) => spec.name === name) as ParameterSpec;
              expect(value).toBeGreaterThanOrEqual(min);
              expect(value).toBeLessThanOrEqual(max);
            }
          }
        },
      ),
    );
  });

  it('leaves alone what corresponds to nothing', () => {
    expect(startParameters({ similarity_boost: 0.9, use_speaker_boost: true }, CHATTERBOX)).toEqual({});
  });
});
