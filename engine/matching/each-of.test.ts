import { expect, test } from 'vitest';
import { eachOf } from './each-of.ts';

test('does so many at once, and gives what came of each in order', async () => {
  let [now, most] = [0, 0];
  const results = await eachOf([5, 3, 1, 4, 2], 2, async (turns) => {
    now += 1;
    most = Math.max(most, now);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    now -= 1;
    return turns * 10;
  });
  expect(results).toEqual([50, 30, 10, 40, 20]);
  expect(most).toBe(2);
  expect(await eachOf([], 3, async () => 1)).toEqual([]);
});

test('begins nothing after a failure, and waits for what is under way', async () => {
  const [begun, ended]: [number[], number[]] = [[], []];
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const work = eachOf([1, 2, 3, 4], 2, async (item) => {
    begun.push(item);
    if (item === 1) throw new Error('The first one fails.');
    await held;
    ended.push(item);
  });
  let over = false;
  const watched = work
    .catch((thrown) => thrown)
    .finally(() => {
      over = true;
    });
  await new Promise((resolve) => setImmediate(resolve));
  expect(over).toBe(false);
  letGo();
  expect(await watched).toEqual(new Error('The first one fails.'));
  expect(begun).toEqual([1, 2]);
  expect(ended).toEqual([2]);
});
