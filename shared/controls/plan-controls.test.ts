import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Capabilities, NEUTRAL_SETTINGS, type Settings } from './controls.ts';
import { planControls, previewStudio } from './plan-controls.ts';

const NOTHING: Capabilities = {
  speed: null,
  pitch: null,
  volume: null,
  emotion: { names: [], note: 'The model has no emotions.' },
  seed: null,
  parameters: [],
  maxCharacters: 1000,
  streams: true,
};

const NATIVE_SPEED: Capabilities = {
  ...NOTHING,
  speed: { min: 0.7, max: 1.2 },
  emotion: { names: ['calm'], note: 'By stability and style.' },
  seed: { min: 0, max: 100 },
  parameters: [
    { name: 'stability', label: 'Stability', help: '', kind: 'number', min: 0, max: 1, step: 0.01, default: 0.5 },
  ],
};

const settings = fc.record({
  speed: fc.double({ min: 0.5, max: 2, noNaN: true }),
  pitch: fc.double({ min: -12, max: 12, noNaN: true }),
  volume: fc.double({ min: -24, max: 12, noNaN: true }),
});

describe('planControls', () => {
  it('gives all to the studio where the provider has nothing', () => {
    const plan = planControls({ ...NEUTRAL_SETTINGS, speed: 1.3, pitch: -2, volume: 3 }, NOTHING);
    expect(plan.studio).toEqual({ speed: 1.3, pitch: -2, volume: 3 });
    expect(plan.send).toMatchObject({ speed: 1, pitch: 0, volume: 0 });
    expect(plan.controls.speed.owner).toBe('studio');
    expect(plan.controls.seed.owner).toBe('none');
  });

  it('sends what lies in the provider’s own range and does all of it in the studio outside', () => {
    const inside = planControls({ ...NEUTRAL_SETTINGS, speed: 1.2 }, NATIVE_SPEED);
    expect(inside.send.speed).toBe(1.2);
    expect(inside.studio.speed).toBe(1);
    const outside = planControls({ ...NEUTRAL_SETTINGS, speed: 1.21 }, NATIVE_SPEED);
    expect(outside.send.speed).toBe(1);
    expect(outside.studio.speed).toBe(1.21);
    expect(outside.controls.speed.why).toContain('0.7 to 1.2');
  });

  it('says why an emotion has no effect and sends neutral instead', () => {
    const angry = { ...NEUTRAL_SETTINGS, emotion: { name: 'angry', intensity: 1 } as const };
    const plan = planControls(angry, NATIVE_SPEED);
    expect(plan.controls.emotion.owner).toBe('none');
    expect(plan.controls.emotion.why).toMatch(/No effect.*angry/);
    expect(plan.send.emotion.name).toBe('neutral');
    expect(planControls(angry, NOTHING).controls.emotion.why).toContain('no emotions');
  });

  it('leaves out parameters and seeds the model does not have', () => {
    const asked: Settings = { ...NEUTRAL_SETTINGS, seed: 7, parameters: { stability: 0.3, cfg_weight: 0.2 } };
    expect(planControls(asked, NATIVE_SPEED).send).toMatchObject({ seed: 7, parameters: { stability: 0.3 } });
    expect(planControls(asked, NATIVE_SPEED).send.parameters).not.toHaveProperty('cfg_weight');
    expect(planControls(asked, NOTHING).send.seed).toBeNull();
  });

  it('never loses any of a control between provider and studio', () => {
    fc.assert(
      fc.property(settings, (asked) => {
        const plan = planControls({ ...NEUTRAL_SETTINGS, ...asked }, NATIVE_SPEED);
        expect(plan.send.speed * plan.studio.speed).toBeCloseTo(asked.speed, 10);
        expect(plan.send.pitch + plan.studio.pitch).toBeCloseTo(asked.pitch, 10);
        expect(plan.send.volume + plan.studio.volume).toBeCloseTo(asked.volume, 10);
      }),
      { seed: 1 },
    );
  });
});

describe('previewStudio', () => {
  it('is the studio’s own part where nothing was moved since the render', () => {
    fc.assert(
      fc.property(settings, (asked) => {
        const all = { ...NEUTRAL_SETTINGS, ...asked };
        const plan = planControls(all, NATIVE_SPEED);
        const preview = previewStudio(all, plan.send);
        expect(preview.speed).toBeCloseTo(plan.studio.speed, 10);
        expect(preview.pitch).toBeCloseTo(plan.studio.pitch, 10);
        expect(preview.volume).toBeCloseTo(plan.studio.volume, 10);
      }),
      { seed: 2 },
    );
  });

  it('previews what the provider would do', () => {
    expect(previewStudio({ ...NEUTRAL_SETTINGS, speed: 1.1 }, { speed: 1, pitch: 0, volume: 0 }).speed).toBeCloseTo(
      1.1,
    );
  });
});
