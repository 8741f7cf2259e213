import { beforeEach, describe, expect, test } from 'vitest';
import { HeldTakes } from './held-takes.ts';

const MEGABYTE = 1024 * 1024;

let dropped: string[];
let used: string;
let held: HeldTakes;

beforeEach(() => {
  dropped = [];
  used = '';
  held = new HeldTakes(
    (key) => dropped.push(key),
    (takeId) => takeId === used,
  );
});

/** A take has arrived whole. */
function arrived(takeId: string, megabytes = 0.1): void {
  const take = held.begin(takeId, `key of ${takeId}`, 24_000);
  Object.assign(take, { samples: (megabytes * MEGABYTE) / 2, complete: true });
  held.trim();
}

describe('takes that are held', () => {
  test('are let go by the time they were last played, once there are more than 64 MB', () => {
    for (const takeId of ['a', 'b', 'c', 'd']) arrived(takeId, 16);
    held.whole('a');
    arrived('e', 16);
    expect(dropped).toEqual(['key of b']);
    expect(held.whole('a')?.samples).toBe(8 * MEGABYTE);
    expect(held.bytes).toBe(64 * MEGABYTE);
  });

  test('are not let go while they play or are to be kept, until they are released', () => {
    held.keep('kept');
    arrived('kept', 40);
    used = 'used';
    arrived('used', 40);
    arrived('other', 1);
    expect(dropped).toEqual(['key of other']);
    held.release('kept');
    expect(dropped).toEqual(['key of other', 'key of kept']);
    expect(held.count).toBe(1);
  });

  test('are found by the name they were asked for, where another take answered', () => {
    held.keep('asked');
    held.rename('asked', 'answered');
    arrived('answered', 60);
    arrived('other', 60);
    expect(held.whole('asked')?.takeId).toBe('answered');
    expect(held.whole('other')).toBeNull();
    held.remove('answered');
    expect(held.whole('asked')).toBeNull();
    expect(held.isKept('answered')).toBe(false);
  });

  test('that are not whole are not played from memory', () => {
    held.begin('a', 'key of a', 24_000);
    expect(held.whole('a')).toBeNull();
    expect(held.get('a')?.complete).toBe(false);
    held.clear();
    expect(dropped).toEqual(['key of a']);
    expect(held.count).toBe(0);
  });
});
