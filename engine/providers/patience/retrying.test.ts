import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fault, toFault } from '../../../shared/errors.ts';
import { HttpFault } from '../http/http-fault.ts';
import { retryingWhere, USUAL_TRIES, Waits } from './retrying.ts';

const busy = (retryAfterMs: number | null = null) =>
  new HttpFault({ code: 'busy', message: 'Busy.' }, 429, retryAfterMs, null);
const always = { mayRetry: () => true };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** Tries something and lets all the time pass that it wants. */
async function tried(attempt: (nth: number) => Promise<string>, retrying: Parameters<typeof retryingWhere>[1]) {
  const controller = new AbortController();
  const outcome = retryingWhere(attempt, retrying, controller.signal).then((value) => ({ value }), toFault);
  await vi.runAllTimersAsync();
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  return await outcome;
}

it('tries again what may be tried again, and says what came of it', async () => {
  const times: number[] = [];
  const attempt = async (nth: number) => {
    times.push(nth);
    if (nth < 3) throw busy();
    return 'done';
  };
  expect(await tried(attempt, always)).toEqual({ value: 'done' });
  expect(times).toEqual([1, 2, 3]);
});

it('gives up after so many times, and at once where it may not be tried again', async () => {
  const attempt = vi.fn(async () => {
    throw busy();
  });
  expect(await tried(attempt, always)).toMatchObject({ code: 'busy' });
  expect(attempt).toHaveBeenCalledTimes(USUAL_TRIES);
  attempt.mockClear();
  expect(await tried(attempt, { mayRetry: () => false })).toMatchObject({ code: 'busy' });
  expect(attempt).toHaveBeenCalledTimes(1);
  attempt.mockClear();
  await tried(attempt, { mayRetry: (_, nth) => nth < 2 });
  expect(attempt).toHaveBeenCalledTimes(2);
});

it('waits as long as the server asks for, and does not ask before', async () => {
  const at: number[] = [];
  const attempt = async () => {
    at.push(Date.now());
    if (at.length === 1) throw busy(7000);
    return 'done';
  };
  await tried(attempt, always);
  const [first = 0, second = 0] = at;
  expect(second - first).toBeGreaterThanOrEqual(7000);
  expect(second - first).toBeLessThanOrEqual(7500);
});

it('does not ask again where the server asks for more patience than there is', async () => {
  const attempt = vi.fn(async () => {
    throw busy(3_600_000);
  });
  expect(await tried(attempt, always)).toMatchObject({ code: 'busy' });
  expect(attempt).toHaveBeenCalledTimes(1);
});

it('waits longer each time, never alike, and never longer than it may', () => {
  const runs = Array.from({ length: 200 }, () => {
    const waits = new Waits({ firstWaitMs: 500, longestWaitMs: 4000 });
    return [1, 2, 3, 4, 5].map(() => waits.next(busy()) ?? 0);
  });
  const mean = (at: number) => runs.reduce((sum, run) => sum + (run[at] ?? 0), 0) / runs.length;
  expect(new Set(runs.map(([first]) => first)).size).toBeGreaterThan(100);
  expect(mean(1)).toBeGreaterThan(mean(0));
  expect(mean(2)).toBeGreaterThan(mean(1));
  expect(Math.max(...runs.flat())).toBeLessThanOrEqual(4000);
  expect(Math.min(...runs.flat())).toBeGreaterThanOrEqual(0);
});

it('is cancelled in the midst of a wait, and leaves nothing behind', async () => {
  const controller = new AbortController();
  const attempt = vi.fn(async () => {
    throw busy(20_000);
  });
  const outcome = retryingWhere(attempt, always, controller.signal).catch(toFault);
  await vi.advanceTimersByTimeAsync(1000);
  expect(vi.getTimerCount()).toBe(1);
  controller.abort();
  expect(await outcome).toMatchObject({ code: 'cancelled' });
  expect(attempt).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
});

it('does not begin where it was cancelled before', async () => {
  const attempt = vi.fn(async () => 'done');
  expect(await retryingWhere(attempt, always, AbortSignal.abort()).catch(toFault)).toMatchObject({ code: 'cancelled' });
  expect(attempt).not.toHaveBeenCalled();
});

it('throws what the attempt threw where it was cancelled within it', async () => {
  const controller = new AbortController();
  const attempt = async () => {
    controller.abort();
    throw fault('cancelled', 'Closed.');
  };
  expect(await retryingWhere(attempt, always, controller.signal).catch(toFault)).toMatchObject({ message: 'Closed.' });
});
