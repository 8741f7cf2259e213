import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, dialog, session } from 'electron';
import { resolveHome, resolveKeyFile } from '../engine/library/home.ts';
import { readEnvFile } from '../engine/shells/env-file.ts';
import { createStudio, type Studio } from '../engine/studio.ts';
import { toFault } from '../shared/errors.ts';
import { desktopFace } from './dialogs.ts';
import { desktopKeychain } from './keychain.ts';
import { endWithLauncher, tellLauncher } from './launcher.ts';
import { installMenu } from './menu.ts';
import { profileFolder } from './profile.ts';
import { registerStudioScheme, serveStudio } from './protocol.ts';
import { watchPage } from './rescue.ts';
import { lockPages, lockSession } from './security.ts';
import { openWindow, showWindow } from './window.ts';

/** The engine gets so many ms to store what it is doing when the app quits. */
const CLOSE_WITHIN_MS = 35_000;

const inDist = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

// A packaged app is started in whatever folder; only of a checkout it is the studio's own.
if (!app.isPackaged) readEnvFile(app.getAppPath());
const home = resolveHome(process.env);
const profile = profileFolder(home);
app.setPath('userData', profile);
registerStudioScheme();
lockPages();

if (app.requestSingleInstanceLock()) run();
else void tellLauncher('second').then(() => app.exit(0));

/** The first and only start for this library. */
function run(): void {
  let window: BrowserWindow | null = null;
  endWithLauncher();
  app.on('second-instance', () => {
    if (window) showWindow(window);
  });
  app.on('window-all-closed', () => app.quit());

  void app.whenReady().then(async () => {
    lockSession(session.defaultSession);
    const studio = createStudio({
      shell: 'desktop',
      home,
      pageFolder: inDist('page'),
      notices: [],
      desktop: desktopFace(() => window),
      keyFile: resolveKeyFile(process.env),
      keychain: desktopKeychain,
    });
    serveStudio(studio);
    closeBeforeQuit(studio);
    window = openWindow(profile, process.platform === 'linux' ? inDist('../build/icon.png') : undefined, () => {
      void tellLauncher('ready');
    });
    window.on('closed', () => {
      window = null;
    });
    try {
      const { command, parts, warm } = await studio;
      warm();
      installMenu(command);
      if (window) watchPage(window, parts.log);
    } catch (thrown) {
      await giveUp(thrown);
    }
  });
}

/** The engine cannot start at all: says so, and ends. */
async function giveUp(thrown: unknown): Promise<void> {
  const why = toFault(thrown);
  await tellLauncher('ready');
  dialog.showErrorBox('Timbre cannot start', [why.message, why.said, why.kept, why.todo].filter(Boolean).join('\n\n'));
  app.exit(1);
}

/** Holds the end of the app until the engine has stored everything, but not for ever. */
function closeBeforeQuit(studio: Promise<Studio>): void {
  let closed = false;
  let closing = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    if (closing) return;
    closing = true;
    const patience = new Promise<void>((resolve) => {
      setTimeout(resolve, CLOSE_WITHIN_MS);
    });
    const orderly = studio.then((opened) => opened.close()).catch(() => undefined);
    void Promise.race([orderly, patience]).then(() => {
      closed = true;
      app.exit(0);
    });
  });
}
