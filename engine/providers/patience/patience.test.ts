import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, it, vi } from 'vitest';
import { fault, toFault } from '../../../shared/errors.ts';
import type { SpeechStream } from '../provider.ts';
import { onEnd } from './on-end.ts';
import { createPatience, type PatienceOptions } from './patience.ts';

const patience = (more: Partial<PatienceOptions> = {}) =>
  createPatience({ name: 'The peer', atOnce: 1, mayRetry: () => true, firstWaitMs: 1, failures: 3, ...more });

/** A stream of two pieces. @param failure thrown after the first one */
function stream(failure: Error | null = null): SpeechStream {
  async function* chunks() {
    yield new Int16Array(1);
    if (failure) throw failure;
    yield new Int16Array(1);
  }
  const cost = () => ({ estimated: 0, billed: null, currency: '' });
  return { sampleRate: 24_000, totalSamples: null, request: {}, seed: null, chunks: chunks(), cost };
}

const begun = async () => stream();
const listened = async ({ chunks }: SpeechStream) => {
  for await (const _ of chunks);
};

const controllers: AbortController[] = [];
function signal(): AbortSignal {
  const controller = new AbortController();
  controllers.push(controller);
  return controller.signal;
}

afterEach(() => {
  expect(controllers.splice(0).flatMap((one) => getEventListeners(one.signal, 'abort'))).toEqual([]);
});

it.each([
  ['ended', (one: SpeechStream) => listened(one)],
  ['failed', (one: SpeechStream) => listened(one).catch(() => undefined)],
  [
    'was left',
    async ({ chunks }: SpeechStream) => {
      for await (const _ of chunks) break;
    },
  ],
  [
    'was left before its first piece',
    async ({ chunks }: SpeechStream) => void (await chunks[Symbol.asyncIterator]().return?.()),
  ],
])('keeps the place until the sound %s', async (how, listen) => {
  const asked = patience();
  const first = await asked.begin(async () => stream(how === 'failed' ? new Error('broken') : null), signal());
  const attempt = vi.fn(begun);
  const second = asked.begin(attempt, signal());
  await turn();
  expect(asked.places()).toEqual({ taken: 1, waiting: 1, atOnce: 1 });
  expect(attempt).not.toHaveBeenCalled();
  await listen(first);
  await listened(await second);
  await vi.waitUntil(() => asked.places().taken === 0);
});

it('gives the place back when the signal is aborted, also where nobody ever listened', async () => {
  const asked = patience();
  signal();
  const [controller] = controllers;
  await asked.begin(begun, signalOf(controller));
  controller?.abort();
  await listened(await asked.begin(begun, signal()));
});

const signalOf = (controller: AbortController | undefined) => {
  if (!controller) throw new Error('There is no controller.');
  return controller.signal;
};

it('is cancelled while it waits for a place, while it waits to try again, and while it is asked', async () => {
  const asked = patience({ firstWaitMs: 60_000, longestWaitMs: 60_000, failures: 100 });
  const cancelledSoon = async (attempt: () => Promise<SpeechStream>) => {
    const controller = new AbortController();
    controllers.push(controller);
    const outcome = asked.begin(attempt, controller.signal).catch(toFault);
    await turn();
    controller.abort();
    expect(await outcome).toMatchObject({ code: 'cancelled' });
  };
  await cancelledSoon(async () => {
    throw fault('unreachable', 'Not there.');
  });
  await cancelledSoon(() => new Promise(() => undefined));
  const first = await asked.begin(begun, signal());
  const attempt = vi.fn(begun);
  await cancelledSoon(attempt);
  expect(attempt).not.toHaveBeenCalled();
  await listened(first);
  await vi.waitUntil(() => asked.places().taken === 0);
  expect(asked.places().waiting).toBe(0);
});

it('gives the place back where nothing came of it', async () => {
  const asked = patience({ mayRetry: () => false });
  for (let nth = 0; nth < 3; nth += 1) {
    const refused = asked.begin(async () => {
      throw fault('bad_request', 'No.');
    }, signal());
    expect(await refused.catch(toFault)).toMatchObject({ code: 'bad_request' });
  }
  await listened(await asked.begin(begun, signal()));
});

it('lets so many speak at once as it is told while it runs, each group by itself', async () => {
  const asked = patience();
  asked.allow(2);
  asked.allow(3, 'fast');
  const running = await Promise.all(
    [...Array(2).fill(''), ...Array(3).fill('fast')].map((group: string) => asked.begin(begun, signal(), group)),
  );
  const more = [asked.begin(begun, signal()), asked.begin(begun, signal(), 'fast')];
  await turn();
  expect([asked.places().waiting, asked.places('fast').waiting]).toEqual([1, 1]);
  asked.allow(3);
  asked.allow(4, 'fast');
  running.push(...(await Promise.all(more)));
  await Promise.all(running.map(listened));
});

it('answers at once while the circuit is open, also where all places are taken', async () => {
  const asked = patience({ tries: 1 });
  asked.allow(2);
  const held = await asked.begin(begun, signal());
  const attempt = vi.fn(async () => {
    throw fault('unreachable', 'Not there.');
  });
  for (let nth = 0; nth < 3; nth += 1) await asked.begin(attempt, signal()).catch(() => undefined);
  asked.allow(1);
  expect(await asked.begin(attempt, signal()).catch(toFault)).toMatchObject({
    code: 'unreachable',
    todo: expect.stringContaining('Try again in'),
  });
  expect(attempt).toHaveBeenCalledTimes(3);
  await listened(held);
  asked.reached();
  await listened(await asked.begin(begun, signal()));
});

it('does not try again once the circuit is open', async () => {
  const asked = patience({ tries: 10 });
  const attempt = vi.fn(async () => {
    throw fault('unreachable', 'Not there.');
  });
  expect(await asked.begin(attempt, signal()).catch(toFault)).toMatchObject({
    message: expect.stringContaining('several times in a row'),
  });
  expect(attempt).toHaveBeenCalledTimes(3);
});

it('tells the end once', async () => {
  const end = vi.fn();
  const pieces = onEnd(stream().chunks, end);
  for await (const _ of pieces);
  await pieces[Symbol.asyncIterator]().return?.();
  expect(end).toHaveBeenCalledTimes(1);
});

it('says when the turn of each came, which is not when it was asked', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1000 });
  try {
    const one = patience();
    const first = await one.begin(begun, signal());
    const second = one.begin(begun, signal());
    vi.setSystemTime(5000);
    await listened(first);
    expect([first.sentAt, (await second).sentAt]).toEqual([1000, 5000]);
    await listened(await second);
  } finally {
    vi.useRealTimers();
  }
});
