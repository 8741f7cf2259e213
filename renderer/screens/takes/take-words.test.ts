import { describe, expect, it } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../../shared/controls/controls.ts';
import { bytesWords, clock, levelWords, settingsThatDiffer, waitWords } from './take-words.ts';

describe('words of a take', () => {
  it('says only the settings that differ', () => {
    expect(settingsThatDiffer(NEUTRAL_SETTINGS)).toEqual([]);
    const settings = { ...NEUTRAL_SETTINGS, speed: 1.25, pitch: -1.5, volume: 3, seed: 7, parameters: { pause: 0.4 } };
    const words = settingsThatDiffer({ ...settings, emotion: { name: 'calm', intensity: 0.4 } });
    expect(words).toEqual(['1.25×', '−1.5 st', '+3.0 dB', 'calm 40 %', 'seed 7', 'pause 0.4']);
  });

  it('carries a second that is rounded up', () => {
    expect([clock(0), clock(3.456), clock(59.999), clock(61), clock(600)]).toEqual([
      '0:00.00',
      '0:03.46',
      '1:00.00',
      '1:01.00',
      '10:00.00',
    ]);
    expect(clock(65.4, 0)).toBe('1:05');
  });

  it('keeps waits short', () => {
    expect([0, 71.6, 1923.4, 9999, 10_000, 116_439].map(waitWords)).toEqual([
      '0 ms',
      '72 ms',
      '1,923 ms',
      '9,999 ms',
      '10.0 s',
      '116.4 s',
    ]);
  });

  it('keeps bytes short', () => {
    expect([0, 999, 1000, 12_400_000, 999_950_000].map(bytesWords)).toEqual([
      '0\u00a0B',
      '999\u00a0B',
      '1.0\u00a0kB',
      '12.4\u00a0MB',
      '1.0\u00a0GB',
    ]);
    expect(levelWords(-18.44)).toBe('−18.4');
  });
});
