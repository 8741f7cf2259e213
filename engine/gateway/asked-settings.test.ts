import { expect, test } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { askedSettings } from './asked-settings.ts';

const own = { ...NEUTRAL_SETTINGS, speed: 0.9, pitch: -2, volume: 3, parameters: { exaggeration: 0.7 } };

test('what is named is taken, and the rest is the voice’s own', () => {
  expect(askedSettings(undefined, own, null)).toEqual(own);
  const asked = askedSettings({ speed: 1.2, pitch: 2, emotion: 'happy' }, own, null);
  expect(asked).toEqual({ ...own, speed: 1.2, pitch: 12, emotion: { name: 'happy', intensity: 1 } });
  expect(askedSettings({ volume: 0.5 }, own, null).volume).toBeCloseTo(-6.02, 2);
});

test('what is named of an old voice changes the new one as much', () => {
  const old = { ...NEUTRAL_SETTINGS, speed: 1.2, pitch: 1, volume: -2 };
  expect(askedSettings({}, own, old)).toEqual(own);
  const asked = askedSettings({ speed: 1, pitch: 2, volume: 2 }, own, old);
  expect(asked.speed).toBeCloseTo(0.75, 9);
  expect(asked.pitch).toBeCloseTo(9, 9);
  expect(asked.volume).toBeCloseTo(3 + 6.02 + 2, 2);
  expect(asked.parameters).toEqual(own.parameters);
  expect(askedSettings({ speed: 0.5, pitch: 0.5 }, own, old)).toMatchObject({ speed: 0.5, pitch: -12 });
});
