import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fault } from '../../shared/errors.ts';
import { TaskWorker } from './task-worker.ts';

let worker: TaskWorker;

beforeEach(() => {
  worker = new TaskWorker(new URL('./testing/broken-worker.ts', import.meta.url), 'test');
});

afterEach(async () => {
  await worker.close();
  expect(worker.running).toBe(false);
});

describe('TaskWorker', () => {
  it('does one task after the other in one thread, and tells how far it is', async () => {
    const progress: number[] = [];
    const results = await Promise.all([
      worker.run({ do: 'sound' }, z.null(), { onProgress: (part) => progress.push(part) }),
      worker.run({ do: 'answer' }, z.number()),
    ]);
    expect(results).toEqual([null, process.pid]);
    expect(progress).toEqual([0.5]);
  });

  it('hands memory over instead of copying it', async () => {
    const bytes = new Uint8Array(8);
    await worker.run({ do: 'answer', bytes }, z.number(), { transfer: [bytes.buffer] });
    expect(bytes.byteLength).toBe(0);
  });

  it('fails a task that kills the thread, and does the next in a new one', async () => {
    const died = worker.run({ do: 'exit' }, z.null());
    const next = worker.run({ do: 'answer' }, z.number());
    await expect(died).rejects.toMatchObject({
      fault: { code: 'internal', message: 'The test stopped unexpectedly.', said: 'It ended with code 3.' },
    });
    await expect(next).resolves.toBe(process.pid);
  });

  it('ends a cancelled task, and one that is late, with the thread', async () => {
    const controller = new AbortController();
    const cancelled = worker.run({ do: 'never' }, z.null(), { signal: controller.signal });
    const late = fault('bad_audio', 'It took too long.');
    const slow = worker.run({ do: 'never' }, z.null(), { limit: { ms: 20, late } });
    const next = worker.run({ do: 'answer' }, z.number());
    // The thread is up once a task before has been answered; here the first one never is.
    setImmediate(() => controller.abort());
    await expect(cancelled).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    await expect(slow).rejects.toBe(late);
    await expect(next).resolves.toBe(process.pid);
  });

  it('does not begin a task that was cancelled while it waited', async () => {
    const signal = AbortSignal.abort();
    await expect(worker.run({ do: 'answer' }, z.number(), { signal })).rejects.toMatchObject({
      fault: { code: 'cancelled' },
    });
    expect(worker.running).toBe(false);
  });

  it('cancels what is under way and what waits when it is closed', async () => {
    const tasks = [worker.run({ do: 'never' }, z.null()), worker.run({ do: 'answer' }, z.number())];
    const ends = Promise.allSettled(tasks);
    await worker.close();
    for (const end of await ends) {
      expect(end).toMatchObject({ status: 'rejected', reason: { fault: { code: 'cancelled' } } });
    }
    await expect(worker.run({ do: 'answer' }, z.number())).rejects.toMatchObject({ fault: { code: 'cancelled' } });
  });
});
