import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../../build/paths.ts';
import { expect, test } from '../fixtures.ts';
import { startWebShell } from '../web-shell.ts';

const START = 'build/start.ts';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'timbre-start-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** An environment in which no system has a desktop runtime. */
const without = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ ...env, ELECTRON_OVERRIDE_DIST_PATH: folder });

test('where there can be no window, a plain start serves the browser, says why, and prints the link', async ({
  studio,
}) => {
  await studio.page.goto('about:blank');
  const shell = await startWebShell(without(studio.env), START);
  try {
    const [said] = /The studio opens in the browser rather than as a desktop app: \S.+\./.exec(shell.output()) ?? [];
    expect(said).toBeTruthy();
    await studio.page.goto(shell.link);
    await expect(studio.page.getByText(said ?? '')).toBeVisible();
    await expect(studio.page.getByRole('textbox', { name: 'Text to speak' })).toBeVisible();
  } finally {
    await shell.stop();
  }
});

test('the desktop app asked for by name is never the browser instead', async ({ studio }) => {
  const child = spawn(process.execPath, [inRoot(START), 'desktop'], {
    env: without(studio.env),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(1);
  expect(said).toMatch(/The desktop app cannot be opened: \S.+\.\nThe studio in the browser: npm run web/);
});
