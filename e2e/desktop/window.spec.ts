import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../renderer/stores/commands.ts';
import { desktopArguments } from '../desktop-shell.ts';
import { expect, test } from '../fixtures.ts';
import { electronForTests } from '../runtime/electron-runtime.ts';

test('the window is hardened', async ({ studio }) => {
  const preferences = await studio.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    // What Electron itself made of the options; not in its types.
    const contents = window?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    webSecurity: true,
  });
  expect(preferences.preload ?? '').toBe('');
});

test('the page stays where it is, and opens no other', async ({ studio }) => {
  const { page, app } = studio;
  for (const address of ['https://example.com/', 'file:///etc/passwd', 'data:text/html,gone', 'studio://other/']) {
    await page.evaluate((to) => {
      location.assign(to);
    }, address);
    expect(await page.evaluate(() => location.origin), address).toBe('studio://app');
  }
  const opened = await page.evaluate(() =>
    ['https://example.com/', 'studio://app/', 'about:blank'].map((to) => window.open(to) !== null),
  );
  expect(opened).toEqual([false, false, false]);
  expect(app.windows()).toHaveLength(1);
  expect(await page.evaluate(() => document.querySelector('main') !== null)).toBe(true);
});

test('a page of another origin gets nothing from the studio', async ({ studio }) => {
  const opening = studio.app.waitForEvent('window');
  await studio.app.evaluate(async ({ BrowserWindow }) => {
    await new BrowserWindow({ show: false }).loadURL('data:text/html,<body>foreign</body>');
  });
  const foreign = await opening;
  const got = await foreign.evaluate(async () => {
    const asked = (init?: RequestInit) =>
      fetch('studio://app/api/status', init).then(
        () => 'read',
        () => 'refused',
      );
    const picture = new Promise<string>((resolve) => {
      const image = new Image();
      image.onload = () => resolve('read');
      image.onerror = () => resolve('refused');
      image.src = 'studio://app/icon.svg';
    });
    return [await asked(), await asked({ mode: 'no-cors' }), await asked({ method: 'POST', body: 'x' }), await picture];
  });
  expect(got).toEqual(['refused', 'refused', 'refused', 'refused']);
});

test('no port is opened', async ({ studio }) => {
  const names = await studio.app.evaluate(() =>
    // Playwright's own debugger listens; the studio must not.
    process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap'),
  );
  expect(names).toEqual([]);
});

test('a second start shows the first window and ends', async ({ studio }) => {
  await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  const shown = studio.app.evaluate(
    ({ app, BrowserWindow }) =>
      new Promise<number>((resolve) => {
        app.once('second-instance', () => resolve(BrowserWindow.getAllWindows().length));
      }),
  );
  const second = spawn(await electronForTests(console.log), desktopArguments(), {
    env: studio.env,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const words: unknown[] = [];
  second.on('message', (word) => words.push(word));
  const [code] = await once(second, 'close');
  expect(code).toBe(0);
  expect(words).toEqual(['second']);
  expect(await shown).toBe(1);
});

test('what the menu asks is what the page can do', async ({ studio }) => {
  const commands = await studio.app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap((menu) =>
      (menu.submenu?.items ?? [])
        .filter((item) => item.type === 'normal' && !item.role && item.id)
        .map((item) => item.id),
    ),
  );
  expect(commands.length).toBeGreaterThan(5);
  expect(commands.filter((command) => !(command in COMMANDS))).toEqual([]);
});

test('the window comes back where it was', async ({ studio }) => {
  const bounds = { x: 40, y: 30, width: 1000, height: 700 };
  await studio.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), bounds);
  await studio.restart();
  const again = await studio.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  expect(again).toMatchObject({ width: bounds.width, height: bounds.height });
});

test('Chromium keeps its own files beside the library', async ({ studio }) => {
  const folder = await studio.app.evaluate(({ app }) => app.getPath('userData'));
  expect(folder).toBe(join(studio.home, 'electron'));
  expect(existsSync(folder)).toBe(true);
});

test('a file is saved where the person says', async ({ studio }) => {
  const target = join(studio.home, 'saved by hand.wav');
  await studio.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, target);
  const { status, body } = await studio.call('/api/desktop/save?name=a.wav', { method: 'POST', body: '"sound"' });
  expect(status).toBe(200);
  expect(body).toEqual({ path: target });
  expect(readFileSync(target, 'utf8')).toBe('"sound"');
});

test('a page that crashed is offered again', async ({ studio }) => {
  const loadedAgain = await studio.app.evaluate(async ({ BrowserWindow, dialog }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) return 'no window';
    let asked = '';
    dialog.showMessageBox = (async (_parent: unknown, options: { message: string }) => {
      asked = options.message;
      return { response: 0, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
    const loaded = new Promise<void>((resolve) => {
      window.webContents.once('did-finish-load', () => resolve());
    });
    window.webContents.forcefullyCrashRenderer();
    await loaded;
    return asked;
  });
  expect(loadedAgain).toBe('The window of the studio crashed.');
});

test('a signal ends the app in order, with nothing left behind', async ({ studio }) => {
  const running = studio.app.process();
  const ended = once(running, 'exit');
  running.kill('SIGTERM');
  const [code] = await ended;
  expect(code).toBe(0);
  await studio.restart();
  expect((await studio.call('/api/status')).status).toBe(200);
});
