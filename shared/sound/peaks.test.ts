import { describe, expect, it } from 'vitest';
import { waveformPeaks } from './peaks.ts';

describe('waveform peaks', () => {
  it('are about 100 a second, never under 200 nor over 20,000', () => {
    expect(waveformPeaks(new Int16Array(24000 * 10), 24000)).toHaveLength(1000);
    expect(waveformPeaks(new Int16Array(24000), 24000)).toHaveLength(200);
    expect(waveformPeaks(new Int16Array(8000 * 600), 8000)).toHaveLength(20_000);
    expect(waveformPeaks(new Int16Array(50), 24000)).toHaveLength(50);
    expect(waveformPeaks(new Int16Array(0), 24000)).toEqual([]);
  });

  it('stand where the sound is, each sample counted once', () => {
    const samples = new Int16Array(24000 * 4);
    samples[0] = 16384;
    samples[24000 * 2 - 1] = -32768;
    samples[samples.length - 1] = 8192;
    const peaks = waveformPeaks(samples, 24000);
    expect(peaks).toHaveLength(400);
    expect(peaks[0]).toBe(0.5);
    expect(peaks[199]).toBe(1);
    expect(peaks[399]).toBe(0.25);
    expect(peaks.filter((peak) => peak > 0)).toHaveLength(3);
  });
});
