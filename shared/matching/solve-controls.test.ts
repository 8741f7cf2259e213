import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTROL_RANGE, NEUTRAL_SETTINGS, Settings } from '../controls/controls.ts';
import type { VoiceProfile } from '../schemas/voice-profile.ts';
import { isMatched, leftovers, paceRatio, profileAsSet, solveControls } from './solve-controls.ts';

const PROFILE: VoiceProfile = {
  seconds: 8,
  pitch: 200,
  pitchSpread: 2,
  rate: 5,
  pauses: 0.1,
  loudness: -20,
  loudnessRange: 14,
  brightness: 1200,
  clarity: 9,
  noise: 50,
};
const profile = (more: Partial<VoiceProfile> = {}) => ({ ...PROFILE, ...more });
const anyNumber = (min: number, max: number) => fc.option(fc.double({ min, max, noNaN: true }), { nil: null });
const anyProfile = fc.record({
  seconds: fc.double({ min: 0, max: 100, noNaN: true }),
  pitch: anyNumber(40, 700),
  pitchSpread: anyNumber(0, 12),
  rate: anyNumber(0, 20),
  pauses: anyNumber(0, 1),
  loudness: anyNumber(-70, 0),
  loudnessRange: anyNumber(0, 60),
  brightness: anyNumber(0, 8000),
  clarity: anyNumber(0, 40),
  noise: anyNumber(-10, 120),
});

describe('solving speed, pitch and volume', () => {
  it('brings the new voice to the old one', () => {
    const pair = { old: profile({ pitch: 220, rate: 6, loudness: -23 }), new: profile(), pace: null };
    const solved = solveControls(pair, NEUTRAL_SETTINGS);
    expect(solved).toMatchObject({ speed: 1.2, pitch: 1.7, volume: -3 });
    const left = Object.fromEntries(
      leftovers(pair, NEUTRAL_SETTINGS, solved, 0.4).map(({ feature, value }) => [feature, value]),
    );
    expect(left.pitch).toBeCloseTo(0, 1);
    expect(left.rate).toBeCloseTo(0, 6);
    expect(left.loudness).toBeCloseTo(0, 6);
    expect(left.timbre).toBe(0.4);
  });

  it('goes by the time both took for the same text, where it is known', () => {
    expect(paceRatio({ old: profile({ rate: 1 }), new: profile({ rate: 9 }), pace: 0.8 })).toBeCloseTo(1.25, 12);
  });

  it('begins from the settings with which the new voice was measured', () => {
    const measured = Settings.parse({ speed: 1.1, pitch: 2, volume: -1, parameters: { exaggeration: 0.7 } });
    const solved = solveControls({ old: profile(), new: profile(), pace: 1 }, measured);
    expect(solved).toEqual(measured);
  });

  it('says what it could not reach', () => {
    const pair = { old: profile({ pitch: 450 }), new: profile({ pitch: 80 }), pace: 0.2 };
    const solved = solveControls(pair, NEUTRAL_SETTINGS);
    expect(solved.pitch).toBe(12);
    expect(solved.speed).toBe(2);
    const left = leftovers(pair, NEUTRAL_SETTINGS, solved, 1);
    expect(left.find(({ feature }) => feature === 'pitch')?.value).toBeLessThan(-5);
    expect(left.find(({ feature }) => feature === 'rate')?.value).toBeCloseTo(-0.6, 6);
    expect(isMatched(left)).toBe(false);
  });

  it('is matched where nothing is left, and not where the voice is another', () => {
    const pair = { old: profile(), new: profile(), pace: 1 };
    expect(isMatched(leftovers(pair, NEUTRAL_SETTINGS, NEUTRAL_SETTINGS, 0.9))).toBe(true);
    expect(isMatched(leftovers(pair, NEUTRAL_SETTINGS, NEUTRAL_SETTINGS, 5))).toBe(false);
  });

  it('tells the profile as it is heard then: what is left is what lies between the two', () => {
    const pair = { old: profile({ pitch: 220, rate: 6, loudness: -23 }), new: profile(), pace: null };
    const solved = solveControls(pair, NEUTRAL_SETTINGS);
    const heard = profileAsSet(pair.new, NEUTRAL_SETTINGS, solved);
    // Pitch is set in steps of 0.1 semitones.
    expect(Math.abs(12 * Math.log2((heard.pitch ?? 0) / 220))).toBeLessThan(0.06);
    expect(heard.rate).toBeCloseTo(6, 6);
    expect(heard.loudness).toBeCloseTo(-23, 6);
    const left = leftovers(pair, NEUTRAL_SETTINGS, solved, 0);
    const brighter = left.find(({ feature }) => feature === 'brightness')?.value ?? 0;
    expect(Math.log2((heard.brightness ?? 0) / (pair.old.brightness ?? 1))).toBeCloseTo(brighter, 6);
  });

  it('never leaves the range of a control, whatever was measured, and leaves alone what is not known', () => {
    fc.assert(
      fc.property(anyProfile, anyProfile, anyNumber(0, 10), (old, own, pace) => {
        const solved = solveControls({ old, new: own, pace }, NEUTRAL_SETTINGS);
        for (const control of ['speed', 'pitch', 'volume'] as const) {
          expect(solved[control]).toBeGreaterThanOrEqual(CONTROL_RANGE[control].min);
          expect(solved[control]).toBeLessThanOrEqual(CONTROL_RANGE[control].max);
        }
        expect(Settings.safeParse(solved).success).toBe(true);
        if (old.pitch === null || own.pitch === null) expect(solved.pitch).toBe(0);
        if (old.loudness === null || own.loudness === null) expect(solved.volume).toBe(0);
        for (const { value } of leftovers({ old, new: own, pace }, NEUTRAL_SETTINGS, solved, 1)) {
          expect(Number.isFinite(value)).toBe(true);
        }
      }),
    );
  });
});
