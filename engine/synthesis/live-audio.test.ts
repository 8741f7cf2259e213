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
    expect([...live.collect()]).toEqual([1, 2, 3]);
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
