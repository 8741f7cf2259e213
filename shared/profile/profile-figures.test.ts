import { expect, it } from 'vitest';
import { PROFILE_FIGURES, pitchSpan, placeOn } from './profile-figures.ts';

const figure = (name: string) => {
  const found = PROFILE_FIGURES.find((one) => one.name === name);
  if (!found) throw new Error(`There is no figure ${name}.`);
  return found;
};

it('puts what lies outside a scale at its end', () => {
  expect(placeOn(figure('rate'), 1)).toBe(0);
  expect(placeOn(figure('rate'), 5)).toBeCloseTo(0.5);
  expect(placeOn(figure('rate'), 99)).toBe(1);
  expect(placeOn(figure('pitch'), 0)).toBe(0);
});

it('gives an octave the same width wherever it lies', () => {
  const octave = (from: number) => placeOn(figure('pitch'), from * 2) - placeOn(figure('pitch'), from);
  expect(octave(80)).toBeCloseTo(octave(150));
});

it('spreads the pitch as far down as up', () => {
  const { start, end } = pitchSpan(figure('pitch'), 150, 2);
  const at = placeOn(figure('pitch'), 150);
  expect(at - start).toBeCloseTo(end - at);
  expect(end).toBeGreaterThan(at);
});

it('says figures with real minus signs and in units people know', () => {
  expect(figure('loudness').words(-18.44)).toBe('−18.4');
  expect(figure('pauses').words(0.183)).toBe('18');
  expect(figure('noise').words(52)).toBe('−52');
});
