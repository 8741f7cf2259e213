import { describe, expect, it } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../../shared/controls/controls.ts';
import { heardVoice } from '../../../shared/export/heard-voice.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import {
  bytesWords,
  clock,
  costInFull,
  costWords,
  insteadWords,
  levelWords,
  settingsThatDiffer,
  waitWords,
} from './take-words.ts';

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

describe('what a take cost', () => {
  const take = (estimated: number, billed: number | null, currency = 'credits') =>
    ({ cost: { estimated, billed, currency } }) as Take;

  it('is told as it was billed, or as an estimate that is marked', () => {
    expect(costWords(take(25, 23))).toBe('23\u00a0credits');
    expect(costWords(take(25, null))).toBe('≈\u00a025\u00a0credits');
    expect(costWords(take(0.0042, null, 'USD'))).toBe('≈\u00a0$0.0042');
    expect(costWords(take(0, null, ''))).toBe('free');
  });

  it('is told in full with what was expected, where that differs', () => {
    expect(costInFull(take(25, 23))).toBe('23\u00a0credits (billed; 25\u00a0credits were expected)');
    expect(costInFull(take(23, 23))).toBe('23\u00a0credits (billed)');
    expect(costInFull(take(25, null))).toBe('25\u00a0credits (estimated)');
    expect(costInFull(take(0, null, ''))).toBe('free');
  });
});

describe('who is heard', () => {
  const asked = { voiceId: 'far:anna', voiceName: 'Anna', answeredBy: null };
  const why = { code: 'unreachable', message: 'The server does not answer.' } as const;
  const emma = { provider: 'builtin', voiceId: 'builtin:emma', voiceName: 'Emma', model: 'kokoro', why };

  it('is the voice that was asked for', () => {
    expect(heardVoice(asked)).toBe('Anna');
    expect(heardVoice({ ...asked, voiceName: '' })).toBe('far:anna');
    expect(insteadWords(asked)).toBeNull();
  });

  it('or the one that spoke instead, and why', () => {
    expect(heardVoice({ ...asked, answeredBy: emma })).toBe('Emma');
    expect(insteadWords({ ...asked, answeredBy: emma })).toBe(
      'Asked for Anna; Emma spoke instead: The server does not answer.',
    );
  });
});
