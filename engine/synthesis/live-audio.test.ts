import { describe, expect, it } from 'vitest';
import { fault } from '../../shared/errors.ts';
import { LiveAudio } from './live-audio.ts';

async function all(live: LiveAudio): Promise<number[]> {
  const got: number[] = [];
  for await (const chunk of live.read()) got.push(...chunk);
  return got;
}

describe('LiveAudio', () => {
  it('gives every reader all of it, however late it comes', async () => {
    const live = new LiveAudio(24000, null);
    live.push(Int16Array.of(1, 2));
    const early = all(live);
    live.push(Int16Array.of(3));
    const middle = all(live);
    live.end();
    expect(await early).toEqual([1, 2, 3]);
    expect(await middle).toEqual([1, 2, 3]);
    expect(await all(live)).toEqual([1, 2, 3]);
  });

  it('breaks off with the failure after what had come', async () => {
    const live = new LiveAudio(24000, null);
    live.push(Int16Array.of(7));
    const got: number[] = [];
    const reading = (async () => {
      for await (const chunk of live.read()) got.push(...chunk);
    })();
    live.fail(fault('cut_short', 'The provider stopped in the middle.'));
    await expect(reading).rejects.toMatchObject({ fault: { code: 'cut_short' } });
    expect(got).toEqual([7]);
  });

  it('reads back what is on disk for who comes late or falls behind, and keeps the newest', async () => {
    const disk: number[] = [];
    const asked: [number, number][] = [];
    async function* readStored(from: number, to: number) {
      asked.push([from, to]);
      yield Int16Array.from(disk.slice(from, to));
    }
    const live = new LiveAudio(24000, null, readStored, 2);
    const behind = live.read();
    const along = all(live);
    for (const piece of [[1], [2, 3], [4], [5]]) {
      live.push(Int16Array.from(piece));
      disk.push(...piece);
      if (piece[0] === 1) expect((await behind.next()).value).toEqual(Int16Array.of(1));
      await new Promise((resolve) => setImmediate(resolve));
      live.stored(piece.length);
    }
    live.end();
    expect(await along).toEqual([1, 2, 3, 4, 5]);
    expect(asked).toEqual([]);
    const rest: number[] = [];
    for await (const chunk of behind) rest.push(...chunk);
    expect(rest).toEqual([2, 3, 4, 5]);
    expect(await all(live)).toEqual([1, 2, 3, 4, 5]);
    expect(asked).toEqual([
      [1, 3],
      [0, 3],
    ]);
  });

  it('keeps what is not on disk, however much it is', async () => {
    async function* nothing(): AsyncGenerator<Int16Array> {
      yield* [];
    }
    const live = new LiveAudio(24000, null, nothing, 0);
    live.push(Int16Array.of(1, 2));
    live.push(Int16Array.of(3));
    live.stored(1);
    live.end();
    expect(await all(live)).toEqual([1, 2, 3]);
  });

  it('takes nothing after its end', async () => {
    const live = new LiveAudio(24000, null);
    live.end();
    live.push(Int16Array.of(9));
    live.fail(fault('cut_short', 'Too late.'));
    expect(await all(live)).toEqual([]);
  });

  it('lets a listener go', async () => {
    const live = new LiveAudio(24000, null);
    const controller = new AbortController();
    const reading = live.read(controller.signal).next();
    controller.abort();
    await expect(reading).rejects.toMatchObject({ fault: { code: 'cancelled' } });
  });
});
