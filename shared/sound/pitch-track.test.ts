import { describe, expect, it } from 'vitest';
import { s16ToFloat } from './pcm.ts';
import { pitchStatistics, trackPitch } from './pitch-track.ts';
import { atRate, joined, sine, testSpeech } from './testing/speech.ts';

/** A voice without words: a tone with its overtones, falling by 6 dB an octave. */
function voice(seconds: number, rate: number, hz: (time: number) => number): Float32Array {
  let phase = 0;
  return Float32Array.from({ length: Math.round(seconds * rate) }, (_, i) => {
    phase += hz(i / rate) / rate;
    let sum = 0;
    for (let k = 1; k <= 12; k += 1) sum += Math.sin(2 * Math.PI * k * phase) / k;
    return sum * 0.2;
  });
}

describe('pitch', () => {
  for (const rate of [16000, 22050, 24000, 44100, 48000]) {
    for (const hz of [70, 110, 180, 260, 400]) {
      it(`of a ${hz} Hz voice at ${rate} Hz is right within 0.2 %`, () => {
        const found = pitchStatistics(
          trackPitch(
            voice(1, rate, () => hz),
            rate,
          ).pitch,
        );
        expect(Math.abs((found?.median ?? 0) / hz - 1)).toBeLessThan(0.002);
        expect(found?.range).toBeLessThan(0.1);
      });
    }
  }

  it('follows a glide, each value at its own time', () => {
    const track = trackPitch(
      voice(2, 24000, (time) => 100 * 2 ** (time / 2)),
      24000,
    );
    track.pitch.slice(5, -5).forEach((hz, i) => {
      const expected = 100 * 2 ** (((i + 5) * track.step) / 2);
      expect(Math.abs(12 * Math.log2(hz / expected))).toBeLessThan(0.15);
    });
    expect(pitchStatistics(track.pitch)?.range).toBeGreaterThan(10.5);
    expect(pitchStatistics(track.pitch)?.range).toBeLessThan(11.1);
  });

  it('finds no voice in silence, noise, steady DC, and nothing', () => {
    let seed = 1;
    const noise = Float32Array.from({ length: 24000 }, () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return (seed / 2 ** 31 - 1) * 0.3;
    });
    for (const signal of [new Float32Array(24000), noise, new Float32Array(24000).fill(0.5), new Float32Array(0)]) {
      expect(pitchStatistics(trackPitch(signal, 24000).pitch)).toBeNull();
    }
  });

  it('leaves pauses without a voice', () => {
    const track = trackPitch(
      joined(sine(0.5, 24000, 150, -12), new Float32Array(12000), sine(0.5, 24000, 150, -12)),
      24000,
    );
    expect(track.pitch.slice(56, 94).every((hz) => hz === 0)).toBe(true);
    expect(track.pitch.slice(5, 45).every((hz) => Math.abs(hz - 150) < 0.5)).toBe(true);
  });
});

describe('pitch of speech', () => {
  const text = 'Where were you all, when we ran along the river in the morning?';

  for (const share of [30, 50, 80]) {
    it(`moves with the speech (eSpeak at ${share}): played 1.3 times faster, it is 1.3 times as high`, async () => {
      const { samples, sampleRate } = await testSpeech(text, { pitch: share });
      const sound = s16ToFloat(samples);
      const slow = pitchStatistics(trackPitch(sound, sampleRate).pitch);
      const fast = pitchStatistics(trackPitch(atRate(sound, sampleRate * 1.3, sampleRate), sampleRate).pitch);
      expect(Math.abs((fast?.median ?? 0) / (slow?.median ?? 1) / 1.3 - 1)).toBeLessThan(0.005);
    });

    it(`has no octave jumps (eSpeak at ${share})`, async () => {
      const { samples, sampleRate } = await testSpeech(text, { pitch: share });
      const { pitch } = trackPitch(s16ToFloat(samples), sampleRate);
      const steps = pitch.slice(1).map((hz, i) => [pitch[i] ?? 0, hz] as const);
      const jumps = steps.filter(([a, b]) => a > 0 && b > 0 && Math.abs(Math.log2(b / a)) > 0.6);
      expect(pitch.filter((hz) => hz > 0).length).toBeGreaterThan(pitch.length / 3);
      expect(jumps).toHaveLength(0);
      expect(pitchStatistics(pitch)?.range).toBeLessThan(14);
    });
  }

  it('of ten minutes has at most 20,000 values', () => {
    const track = trackPitch(new Float32Array(16000 * 600), 16000);
    expect(track.pitch).toHaveLength(20_000);
    expect(track.step).toBeCloseTo(0.03, 6);
  });
});
