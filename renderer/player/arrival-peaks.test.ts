import { expect, it } from 'vitest';
import { ArrivalPeaks } from './arrival-peaks.ts';

it('finds the loudest sample of every 20 ms, however the stream is cut', () => {
  const samples = new Int16Array(100);
  samples[3] = -16384;
  samples[25] = 8192;
  samples[79] = -32768;
  for (const cut of [0, 1, 19, 20, 33, 100]) {
    const peaks = new ArrivalPeaks(1000);
    const found = [...peaks.push(samples.subarray(0, cut)), ...peaks.push(samples.subarray(cut))];
    expect(found).toEqual([0.5, 0.25, 0, 1, 0]);
  }
});

it('says nothing of a stretch that has not wholly arrived', () => {
  expect(new ArrivalPeaks(1000).push(new Int16Array(19))).toEqual([]);
});
