import { afterAll, expect, it } from 'vitest';
import { floatToS16 } from '../../shared/sound/pcm.ts';
import { sine, testSpeech } from '../../shared/sound/testing/speech.ts';
import { createAnalyser } from './analyser.ts';

const analyser = createAnalyser();
afterAll(() => analyser.close());

it('measures a tone: duration, loudness of one channel, true peak, pitch', async () => {
  const { measurements, view } = await analyser.analyse(floatToS16(sine(3, 24000, 200, -20)), 24000);
  expect(measurements.duration).toBe(3);
  expect(measurements.loudness).toBeCloseTo(-23.7, 0);
  expect(measurements.truePeak).toBeCloseTo(-20, 1);
  expect(measurements.pitch).toBeCloseTo(200, 0);
  expect(measurements.pitchRange).toBeLessThan(0.1);
  expect(view.peaks).toHaveLength(300);
  expect(view.pitch).toHaveLength(300);
  expect(view.pitchStep).toBe(0.01);
});

it('measures speech', async () => {
  const { samples, sampleRate } = await testSpeech();
  const { measurements } = await analyser.analyse(samples, sampleRate);
  expect(measurements.loudness).toBeGreaterThan(-35);
  expect(measurements.loudness).toBeLessThan(-10);
  expect(measurements.pitch).toBeGreaterThan(80);
  expect(measurements.pitch).toBeLessThan(140);
});

it('measures silence and nothing at all', async () => {
  const silence = await analyser.analyse(new Int16Array(24000), 24000);
  expect(silence.measurements).toEqual({ duration: 1, loudness: null, truePeak: null, pitch: null, pitchRange: null });
  const nothing = await analyser.analyse(new Int16Array(0), 24000);
  expect(nothing.measurements.duration).toBe(0);
  expect(nothing.view.peaks).toEqual([]);
});

it('manages ten minutes', async () => {
  const speech = await testSpeech();
  const long = new Int16Array(speech.sampleRate * 600);
  for (let at = 0; at < long.length; at += speech.samples.length) {
    long.set(speech.samples.subarray(0, Math.min(speech.samples.length, long.length - at)), at);
  }
  const { measurements, view } = await analyser.analyse(long, speech.sampleRate);
  expect(measurements.duration).toBe(600);
  expect(view.peaks).toHaveLength(20_000);
  expect(view.pitch).toHaveLength(20_000);
});

it('starts anew after a sound it could not take', async () => {
  await expect(analyser.analyse(new Int16Array(10), Number.NaN)).rejects.toMatchObject({ fault: { code: 'internal' } });
  const { measurements } = await analyser.analyse(floatToS16(sine(1, 24000, 200, -20)), 24000);
  expect(measurements.duration).toBe(1);
});

it('ends what is under way when it is closed', async () => {
  const closing = createAnalyser();
  const under = closing.analyse(new Int16Array(48000 * 60), 48000);
  const waiting = closing.analyse(new Int16Array(48000), 48000);
  const both = Promise.all([
    expect(under).rejects.toMatchObject({ fault: { code: 'cancelled' } }),
    expect(waiting).rejects.toMatchObject({ fault: { code: 'cancelled' } }),
  ]);
  await closing.close();
  await both;
  await expect(closing.analyse(new Int16Array(10), 48000)).rejects.toMatchObject({ fault: { code: 'cancelled' } });
});
