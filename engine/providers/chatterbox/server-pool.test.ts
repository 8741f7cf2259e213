import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toFault } from '../../../shared/errors.ts';
import type { Place } from './place.ts';
import { ServerPool } from './server-pool.ts';

/** What each server says of itself when it is asked whether it is idle. */
const idle = new Map<string, boolean | null>();
let asked: string[] = [];
let pool: ServerPool<string>;

const newPool = (...servers: string[]) =>
  new ServerPool(servers, {
    name: 'Chatterbox',
    isIdle: async (server) => {
      asked.push(server);
      return idle.get(server) ?? null;
    },
  });

const never = () => new AbortController().signal;

/** Takes a place, and tells where as soon as it has one. */
function take(fits?: (server: string) => boolean, signal = never()) {
  const state: { place: Place<string> | null; at: string | null } = { place: null, at: null };
  const ended = pool.take(signal, fits).then((place) => {
    state.place = place;
    state.at = place.server;
  });
  // Whoever still waits at the end of a test is cancelled, and nobody asks.
  ended.catch(() => undefined);
  return { state, ended };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  idle.clear();
  asked = [];
});

afterEach(async () => {
  await pool.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('ServerPool', () => {
  it('gives each server one request at a time, and the next to whoever waited longest', async () => {
    pool = newPool('a', 'b');
    const takes = [take(), take(), take(), take()];
    await settle();
    expect(takes.map(({ state }) => state.at)).toEqual(['a', 'b', null, null]);
    expect(pool.waiting).toBe(2);
    takes[1]?.state.place?.done();
    await settle();
    expect(takes.map(({ state }) => state.at)).toEqual(['a', 'b', 'b', null]);
    takes[0]?.state.place?.done();
    await settle();
    expect(takes.map(({ state }) => state.at)).toEqual(['a', 'b', 'b', 'a']);
  });

  it('lets nobody wait who does not fit the server that is free', async () => {
    pool = newPool('a', 'b');
    const first = [take(), take()];
    await settle();
    const onlyA = take((server) => server === 'a');
    const any = take();
    first[1]?.state.place?.done();
    await settle();
    expect([onlyA.state.at, any.state.at]).toEqual([null, 'b']);
    await expect(pool.take(never(), () => false)).rejects.toMatchObject({ fault: { code: 'unreachable' } });
  });

  it('forgets whoever stops waiting', async () => {
    pool = newPool('a');
    const first = take();
    await settle();
    const controller = new AbortController();
    const gone = take(undefined, controller.signal);
    const last = take();
    controller.abort();
    expect(await gone.ended.then(() => null, toFault)).toMatchObject({ code: 'cancelled' });
    first.state.place?.done();
    await settle();
    expect(last.state.at).toBe('a');
    await expect(pool.take(controller.signal)).rejects.toMatchObject({ fault: { code: 'cancelled' } });
  });

  it('keeps the place of a request that was left until the server says that it is idle', async () => {
    pool = newPool('a', 'b');
    idle.set('a', false);
    const [first, second] = [take(), take()];
    await settle();
    first.state.place?.left(1000);
    const next = take();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(next.state.at).toBeNull();
    expect(asked.length).toBeGreaterThan(10);
    idle.set('a', true);
    await vi.advanceTimersByTimeAsync(500);
    expect(next.state.at).toBe('a');
    second.state.place?.done();
  });

  it('keeps it for as long as the work takes where the server cannot say', async () => {
    pool = newPool('a');
    const first = take();
    await settle();
    first.state.place?.left(3000);
    const next = take();
    await vi.advanceTimersByTimeAsync(2900);
    expect(next.state.at).toBeNull();
    await vi.advanceTimersByTimeAsync(600);
    expect(next.state.at).toBe('a');
  });

  it('leaves out a server that failed, longer each time, and tries it again later', async () => {
    pool = newPool('a', 'b');
    for (const rest of [2000, 4000, 8000]) {
      const failing = take((server) => server === 'a');
      await settle();
      failing.state.place?.failed();
      expect(pool.states().map(({ state }) => state)).toEqual(['left out', 'free']);
      const meanwhile = take();
      await settle();
      expect(meanwhile.state.at).toBe('b');
      meanwhile.state.place?.done();
      await vi.advanceTimersByTimeAsync(rest);
      expect(pool.states().map(({ state }) => state)).toEqual(['free', 'free']);
    }
    const well = take();
    await settle();
    well.state.place?.done();
    const again = take((server) => server === 'a');
    await settle();
    again.state.place?.failed();
    await vi.advanceTimersByTimeAsync(2000);
    expect(pool.states()[0]?.state).toBe('free');
  });

  it('gives one that has rested to whoever waits for another one meanwhile', async () => {
    pool = newPool('a', 'b');
    const [failing, long] = [take(), take()];
    await settle();
    failing.state.place?.failed();
    const waiting = take();
    await vi.advanceTimersByTimeAsync(1900);
    expect(waiting.state.at).toBeNull();
    await vi.advanceTimersByTimeAsync(200);
    expect(waiting.state.at).toBe('a');
    long.state.place?.done();
  });

  it('does not leave out a server for a text that fails everywhere, but for failing with several', async () => {
    pool = newPool('a', 'b');
    const falter = async (text: string) => {
      const failing = take((server) => server === 'a');
      await settle();
      failing.state.place?.faltered(text);
      return pool.states()[0]?.state;
    };
    expect([await falter('one'), await falter('one'), await falter('one')]).toEqual(['free', 'free', 'free']);
    expect(await falter('two')).toBe('left out');
    await vi.advanceTimersByTimeAsync(2000);
    const well = take((server) => server === 'a');
    await settle();
    well.state.place?.done();
    expect([await falter('one'), await falter('one')]).toEqual(['free', 'free']);
  });

  it('keeps the place of one that failed and may be at work all the same', async () => {
    pool = newPool('a');
    const first = take();
    await settle();
    first.state.place?.failed(3000);
    const next = take();
    await vi.advanceTimersByTimeAsync(2900);
    expect([next.state.at, pool.states()[0]?.state]).toEqual([null, 'busy']);
    await vi.advanceTimersByTimeAsync(600);
    expect(next.state.at).toBe('a');
  });

  it('lets no more be waited for at once than it may, whatever is free', async () => {
    pool = newPool('a', 'b', 'c');
    await pool.close();
    pool = new ServerPool(['a', 'b', 'c'], { name: 'Chatterbox', isIdle: async () => false, atOnce: 1 });
    const [first, second, third] = [take(), take(), take()];
    await settle();
    expect([first.state.at, second.state.at, third.state.at]).toEqual(['a', null, null]);
    // One that works on for nobody is not waited for: another one is used meanwhile.
    first.state.place?.left(1000);
    await settle();
    expect([second.state.at, third.state.at]).toEqual(['b', null]);
    second.state.place?.done();
    await settle();
    expect(third.state.at).toBe('b');
    third.state.place?.done();
  });

  it('tells whoever waits when no server can do it any more', async () => {
    pool = newPool('a');
    const first = take();
    await settle();
    let able = true;
    const waiting = take(() => able);
    able = false;
    first.state.place?.done();
    expect(await waiting.ended.then(() => null, toFault)).toMatchObject({ code: 'unreachable' });
  });

  it('tries the one that rested longest where all failed', async () => {
    pool = newPool('a', 'b');
    for (const server of ['b', 'a']) {
      const failing = take((one) => one === server);
      await settle();
      failing.state.place?.failed();
      await vi.advanceTimersByTimeAsync(10);
    }
    const next = take();
    await settle();
    expect(next.state.at).toBe('b');
  });

  it('counts one end of a place only', async () => {
    pool = newPool('a');
    const first = take();
    await settle();
    first.state.place?.done();
    const second = take();
    await settle();
    first.state.place?.done();
    first.state.place?.failed();
    expect(pool.states()[0]?.state).toBe('busy');
    expect(second.state.at).toBe('a');
  });

  it('ends all waiting when it is closed', async () => {
    pool = newPool('a');
    idle.set('a', false);
    const first = take();
    await settle();
    first.state.place?.left(1000);
    const waiting = take();
    await pool.close();
    expect(await waiting.ended.then(() => null, toFault)).toMatchObject({ code: 'cancelled' });
  });
});
