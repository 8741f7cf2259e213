import { expect, it } from 'vitest';
import { estimateSeconds } from '../../../shared/text/estimate.ts';
import { REQUEST } from './testing/on-peers.ts';
import { WorkLeft, workMs } from './work-left.ts';

const seconds = estimateSeconds(REQUEST.text, 'en', 1);

it('is nothing where nothing was asked', () => {
  const work = new WorkLeft(REQUEST);
  expect([work.begun, work.ms()]).toEqual([false, 0]);
});

it('goes by the length of the text where nothing came yet, less the time that has passed', () => {
  const work = new WorkLeft(REQUEST);
  work.sent();
  const now = performance.now();
  expect(work.begun).toBe(true);
  expect(work.ms(now + 5000)).toBeCloseTo(workMs(REQUEST) - 5000, -2);
  // Never is it believed to be over at once.
  expect(work.ms(now + 10 * workMs(REQUEST))).toBe(1000);
  expect(workMs({ ...REQUEST, speed: 2 })).toBeCloseTo(workMs(REQUEST) / 2, 0);
});

it('goes by the pace of what came, whatever was waited since', async () => {
  const work = new WorkLeft(REQUEST);
  work.sent();
  const from = performance.now();
  while (performance.now() - from < 100);
  work.heard(seconds / 2);
  const took = performance.now() - from;
  const rest = work.ms(performance.now() + 60_000);
  // Half of the text took so long; twice as much again may be left, and it may become slower.
  expect(rest).toBeGreaterThanOrEqual(1000);
  expect(rest).toBeLessThan(Math.max(1001, took * 3));
  work.heard(seconds * 2);
  expect(work.ms()).toBe(1000);
});
