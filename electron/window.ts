import { join } from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions, screen } from 'electron';
import { STUDIO_ORIGIN } from './protocol.ts';
import { readWindowState, type WindowState, writeWindowState } from './window-state.ts';

const USUAL_SIZE = { width: 1360, height: 880 };
const SMALLEST = { minWidth: 900, minHeight: 600 };
/** The page's own ground, so that nothing flashes before it is there (renderer/theme/palette.css). */
const GROUND = '#161718';

const HARDENED: BrowserWindowConstructorOptions['webPreferences'] = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  autoplayPolicy: 'no-user-gesture-required',
  // The sound must go on while another window is in front.
  backgroundThrottling: false,
};

/** Opens the studio's window where it was the last time. */
export function openWindow(folder: string, icon: string | undefined, onReady: () => void): BrowserWindow {
  const file = join(folder, 'window.json');
  const displays = screen.getAllDisplays().map((display) => display.workArea);
  const state = readWindowState(file, displays);
  const window = new BrowserWindow({
    ...(state ? { x: state.x, y: state.y, width: state.width, height: state.height } : USUAL_SIZE),
    ...SMALLEST,
    title: 'Timbre',
    show: false,
    backgroundColor: GROUND,
    ...(icon ? { icon } : {}),
    webPreferences: HARDENED,
  });
  if (state?.maximized) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
    onReady();
  });
  window.on('close', () => writeWindowState(file, stateOf(window)));
  // A page that could not be loaded is written down where the window is watched (rescue.ts).
  window.loadURL(`${STUDIO_ORIGIN}/`).catch(() => undefined);
  return window;
}

/** Brings the window to the front. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function stateOf(window: BrowserWindow): WindowState {
  return { ...window.getNormalBounds(), maximized: window.isMaximized() };
}
