import { expect, it } from 'vitest';
import { leftoverParts, leftoverWords } from './leftover-words.ts';

it('tells what is left in words, what is noticed first at the front', () => {
  const leftover = [
    { feature: 'brightness', value: 0.4 },
    { feature: 'rate', value: 0.04 },
    { feature: 'pitch', value: -0.3 },
  ] as const;
  expect(leftoverWords(leftover)).toBe('0.3 st lower, 4 % faster, brighter');
});

it('leaves out what nobody notices, and says so where nothing is left', () => {
  expect(leftoverParts([{ feature: 'pitch', value: 0.1 }])).toEqual([]);
  expect(leftoverWords([{ feature: 'pitch', value: -0.1 }])).toBe('nothing that is noticed');
  expect(leftoverWords([])).toBe('not measured');
});

it('says of what has no unit people know whether it is little or much', () => {
  const words = [0.15, 0.5, 1.2].map((value) => leftoverParts([{ feature: 'brightness', value: -value }])[0]);
  expect(words).toEqual(['a little darker', 'darker', 'much darker']);
});

it('tells each direction by its own word', () => {
  const both = (feature: Parameters<typeof leftoverParts>[0][number]['feature'], value: number) =>
    [value, -value].map((one) => leftoverParts([{ feature, value: one }])[0]);
  expect(both('loudness', 2)).toEqual(['2.0 dB louder', '2.0 dB softer']);
  expect(both('clarity', 3)).toEqual(['clearer', 'breathier']);
  expect(both('noise', 10)).toEqual(['cleaner', 'noisier']);
  expect(both('pauses', 0.06)).toEqual(['6 % more pauses', '6 % fewer pauses']);
});

it('has no word for a distance or for what is no number', () => {
  expect(leftoverParts([{ feature: 'timbre', value: 9 }])).toEqual([]);
  expect(leftoverParts([{ feature: 'pitch', value: Number.NaN }])).toEqual([]);
});
