import { expect, test } from 'vitest';
import { type Preloaded, Preloads } from './preloads.ts';

test('takes are fetched a few at a time, in order; those not wanted any more are not begun', async () => {
  const preloads = new Preloads();
  const begun: string[] = [];
  const finish = new Map<string, (loaded: Preloaded) => void>();
  const results = ['a', 'b', 'c', 'd', 'e', 'f'].map((takeId) =>
    preloads.add(takeId, () => {
      begun.push(takeId);
      return new Promise((resolve) => finish.set(takeId, resolve));
    }),
  );
  expect(begun).toEqual(['a', 'b', 'c']);
  preloads.cancel((takeId) => takeId === 'd');
  expect((await results[3])?.fault?.code).toBe('cancelled');
  finish.get('b')?.({ takeId: 'other', fault: null });
  expect(await results[1]).toEqual({ takeId: 'other', fault: null });
  expect(begun).toEqual(['a', 'b', 'c', 'e']);
  preloads.cancel(() => true);
  for (const takeId of ['a', 'c', 'e']) finish.get(takeId)?.({ takeId, fault: null });
  await Promise.all(results);
  expect(begun).toEqual(['a', 'b', 'c', 'e']);
});
