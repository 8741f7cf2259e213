import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { meaning, runDesktop } from './desktop-start.ts';

test('the words of the runtime become words for a person', () => {
  expect(
    meaning(['electron: error while loading shared libraries: libgtk-3.so.0: cannot open shared object file']),
  ).toContain('libgtk-3.so.0');
  expect(
    meaning([
      '[1:FATAL:setuid_sandbox_host.cc(163)] The SUID sandbox helper binary was found, but is not configured correctly.',
    ]),
  ).toMatch(/sandbox/);
  expect(meaning(['[1:ERROR:ozone_platform_x11.cc(245)] Missing X server or $DISPLAY'])).toBe(
    'the display cannot be opened',
  );
});

test('words that are not known are quoted, and silence is said', () => {
  expect(meaning(['hello', 'Error: odd thing', 'bye'])).toBe('it ended with: Error: odd thing');
  expect(meaning([])).toMatch(/without a word/);
});

describe.skipIf(process.platform === 'win32')('a runtime', () => {
  /** Runs a program in the place of Electron: a body of JavaScript that has the launcher at the other end. */
  async function run(body: string) {
    const folder = mkdtempSync(join(tmpdir(), 'timbre-desktop-'));
    const executable = join(folder, 'electron');
    writeFileSync(`${executable}.cjs`, body);
    writeFileSync(executable, `#!/bin/sh\nexec "${process.execPath}" "$0.cjs" "$@"\n`);
    chmodSync(executable, 0o755);
    try {
      return await runDesktop(executable);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test('that is not there, or ends without a window, has not started, for a reason', async () => {
    expect(await runDesktop('/nowhere/electron')).toEqual({
      kind: 'not-started',
      why: expect.stringContaining('ENOENT'),
    });
    const ended = await run(`console.error('electron: error while loading shared libraries: libgbm.so.1: x');
      process.exitCode = 127;`);
    expect(ended).toEqual({ kind: 'not-started', why: expect.stringContaining('libgbm.so.1') });
  });

  test('whose window came ends as the app ends, and is never told to do without its sandbox', async () => {
    const came = await run(
      `process.send('ready', () => process.exit(process.argv.join().includes('sandbox') ? 1 : 7));`,
    );
    expect(came).toEqual({ kind: 'ended', code: 7 });
  });

  test('that a person stops before its window came is not answered with a browser', async () => {
    expect(await run(`process.kill(process.pid, 'SIGTERM');setInterval(() => {}, 1000);`)).toEqual({
      kind: 'ended',
      code: 143,
    });
  });
});
