import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LEFT_OVER_MS, withLock } from './lock.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'timbre-lock-'));
  file = join(folder, 'made', 'work.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A lock as another process left it: what is in it, and how long ago it was touched in ms. */
async function leave(text: string, age: number): Promise<void> {
  await withLock(
    file,
    () => {},
    async () => {},
  );
  writeFileSync(file, text);
  const touched = new Date(Date.now() - age);
  utimesSync(file, touched, touched);
}

/** A process that lives as long as this test. */
const living = String(process.ppid);
const dead = () => String(spawnSync(process.execPath, ['--version']).pid);

test('one after the other works, and nothing is left', async () => {
  const order: string[] = [];
  const work = (name: string) =>
    withLock(
      file,
      () => {},
      async () => {
        order.push(`${name} begins`);
        expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`${name} ends`);
      },
    );
  await Promise.all([work('one'), work('two')]);
  expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  expect(existsSync(file)).toBe(false);
});

test.each([
  ['of a dead process', dead, 0],
  ['whose process id another process has by now', () => living, 2 * LEFT_OVER_MS],
  ['that was never filled in', () => '', 2 * LEFT_OVER_MS],
])('a lock %s is taken over', async (_, text, age) => {
  await leave(text(), age);
  expect(
    await withLock(
      file,
      () => {},
      async () => 'done',
    ),
  ).toBe('done');
  expect(existsSync(file)).toBe(false);
});

test('a lock of a process that lives is waited for, and given back only by its owner', async () => {
  await leave(living, LEFT_OVER_MS / 2);
  let waited = 0;
  await withLock(
    file,
    () => {
      waited += 1;
      rmSync(file);
    },
    async () => writeFileSync(file, living),
  );
  expect(waited).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe(living);
});

test('work that fails gives the lock back', async () => {
  const failing = withLock(
    file,
    () => {},
    async () => {
      throw new Error('no');
    },
  );
  await expect(failing).rejects.toThrow('no');
  expect(existsSync(file)).toBe(false);
});
