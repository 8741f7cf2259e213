import { PitchDetector } from 'pitchy';
import { beforeAll, describe, expect, test } from 'vitest';
import { NEUTRAL_STUDIO, type StudioSettings } from '../controls/controls.ts';
import { CHAIN_RATE } from './chain-format.ts';
import { createChain, renderOffline } from './chain-offline.ts';
import { PcmSource } from './source.ts';
import { SourceReader } from './source-reader.ts';
import { testSpeech } from './testing/speech.ts';

const WINDOW = 2048;

let speech: { samples: Int16Array; sampleRate: number };
let neutral: Float32Array;

beforeAll(async () => {
  speech = await testSpeech();
  neutral = await render({});
});

function render(change: Partial<StudioSettings>): Promise<Float32Array> {
  return renderOffline(speech.samples, speech.sampleRate, { ...NEUTRAL_STUDIO, ...change });
}

function same(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((sample, i) => sample === b[i]);
}

function level(frames: Float32Array): number {
  return Math.sqrt(frames.reduce((sum, x) => sum + x * x, 0) / frames.length);
}

/** Median of the fundamental against that of the neutral render at the same place of the source. */
function pitchRatio(frames: Float32Array, speed: number): number {
  const detector = PitchDetector.forFloat32Array(WINDOW);
  const pitchAt = (sound: Float32Array, centre: number) => {
    const from = Math.round(centre) - WINDOW / 2;
    if (from < 0 || from + WINDOW > sound.length) return 0;
    const [pitch, clarity] = detector.findPitch(sound.subarray(from, from + WINDOW), CHAIN_RATE);
    return clarity > 0.9 && pitch > 50 && pitch < 600 ? pitch : 0;
  };
  const ratios: number[] = [];
  for (let centre = 0; centre < neutral.length; centre += 240) {
    const before = pitchAt(neutral, centre);
    const after = pitchAt(frames, centre / speed);
    if (before > 0 && after > 0) ratios.push(after / before);
  }
  expect(ratios.length).toBeGreaterThan(50);
  return ratios.sort((a, b) => a - b)[ratios.length >> 1] ?? 0;
}

describe('offline render of speech', () => {
  test('at neutral is the resampled take, bit for bit', () => {
    const source = new PcmSource(speech.sampleRate);
    source.append(speech.samples);
    source.end();
    const reader = new SourceReader();
    reader.attach(source);
    const expected = new Float32Array(reader.available);
    reader.read(0, expected.length, expected, 0);
    expect(same(neutral, expected)).toBe(true);
  });

  test.each([-7, -4, 4, 7])('at %i st has that pitch within half a per cent and keeps its length', async (pitch) => {
    const frames = await render({ pitch });
    expect(Math.abs(pitchRatio(frames, 1) / 2 ** (pitch / 12) - 1)).toBeLessThan(0.005);
    expect(frames.length).toBe(neutral.length);
  });

  test.each([0.5, 0.75, 1.5, 2])(
    'at %d times normal keeps its pitch within half a per cent and is that much shorter',
    async (speed) => {
      const frames = await render({ speed });
      expect(Math.abs(pitchRatio(frames, speed) - 1)).toBeLessThan(0.005);
      expect(frames.length).toBe(Math.round(neutral.length / speed));
    },
  );

  test('speech is found at its place in time at another speed', async () => {
    const frames = await render({ speed: 0.8 });
    const power = (sound: Float32Array, from: number, to: number) => level(sound.subarray(from, to));
    const block = 2400;
    const a: number[] = [];
    const b: number[] = [];
    for (let at = 0; at + block < neutral.length; at += block) {
      a.push(power(neutral, at, at + block));
      b.push(power(frames, Math.round(at / 0.8), Math.round((at + block) / 0.8)));
    }
    const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
    const dot = (x: number[], y: number[]) =>
      x.reduce((sum, value, i) => sum + (value - mean(x)) * ((y[i] ?? 0) - mean(y)), 0);
    expect(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))).toBeGreaterThan(0.97);
  });

  test.each<Partial<StudioSettings>>([
    { speed: 0.5, pitch: -12 },
    { speed: 2, pitch: 12 },
    { speed: 0.25, pitch: 24, volume: 12 },
    { speed: 4, pitch: -24, volume: -24 },
  ])('%j is sound, and the same sound twice', async (change) => {
    const [first, second] = [await render(change), await render(change)];
    expect(same(first, second)).toBe(true);
    expect(first.every(Number.isFinite)).toBe(true);
    const gain = 10 ** ((change.volume ?? 0) / 20);
    const heard = 20 * Math.log10(level(first) / level(neutral) / gain);
    expect(Math.abs(heard)).toBeLessThan(6);
  });

  test('volume is a factor on every frame', async () => {
    const frames = await render({ volume: -6 });
    const gain = Math.fround(10 ** (-6 / 20));
    expect(frames.every((frame, i) => frame === Math.fround((neutral[i] ?? 0) * gain))).toBe(true);
  });

  test('reports progress up to 1', async () => {
    const parts: number[] = [];
    await renderOffline(speech.samples, speech.sampleRate, NEUTRAL_STUDIO, (part) => parts.push(part));
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.at(-1)).toBe(1);
    expect(parts).toEqual([...parts].sort((a, b) => a - b));
  });

  test('of nothing is nothing', async () => {
    expect(await renderOffline(new Int16Array(0), 24_000, { ...NEUTRAL_STUDIO, speed: 2 })).toHaveLength(0);
  });

  test.each<Partial<StudioSettings>>([{}, { pitch: 3 }, { speed: 1.7, volume: 3 }])(
    'fed and emptied piece by piece gives the same frames at %j',
    async (change) => {
      const studio = { ...NEUTRAL_STUDIO, ...change };
      const chain = createChain(speech.sampleRate, studio);
      const frames: number[] = [];
      const drain = () => {
        let out = chain.pull(700);
        while (out && out.length > 0) {
          frames.push(...out);
          out = chain.pull(700);
        }
        return out;
      };
      for (let at = 0; at < speech.samples.length; at += 1001) {
        chain.push(speech.samples.slice(at, at + 1001));
        expect(drain()).not.toBeNull();
      }
      chain.end();
      expect(drain()).toBeNull();
      expect(same(Float32Array.from(frames), await render(change))).toBe(true);
    },
  );
});
