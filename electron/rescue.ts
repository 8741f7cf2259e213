import { app, type BrowserWindow, dialog } from 'electron';

/** Ends of the page's process that are nobody's fault. */
const ORDERLY = new Set(['clean-exit']);

interface Log {
  error(fields: Record<string, unknown>, message: string): void;
}

/** Notices a page that crashed or hangs, writes it down, and offers to load it again. Takes are with the engine. */
export function watchPage(window: BrowserWindow, log: Log): void {
  window.webContents.on('render-process-gone', (_event, details) => {
    log.error({ reason: details.reason, exitCode: details.exitCode }, 'the page crashed');
    if (ORDERLY.has(details.reason)) return;
    void offer(window, 'The window of the studio crashed.', ['Load it again', 'Quit']).then((again) => {
      if (window.isDestroyed()) return;
      if (again) window.webContents.reload();
      else app.quit();
    });
  });
  window.webContents.on('unresponsive', () => {
    log.error({}, 'the page does not answer');
    void offer(window, 'The window of the studio does not answer.', ['Wait', 'Load it again']).then((wait) => {
      if (!wait && !window.isDestroyed()) window.webContents.reload();
    });
  });
  window.webContents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
    if (isMainFrame) log.error({ code, description, url }, 'the page could not be loaded');
  });
  app.on('child-process-gone', (_event, details) => {
    if (!ORDERLY.has(details.reason)) log.error({ ...details }, 'a helper process ended');
  });
}

async function offer(window: BrowserWindow, message: string, buttons: [string, string]): Promise<boolean> {
  if (window.isDestroyed()) return false;
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message,
    detail: 'Every take that was made is kept.',
    buttons,
    defaultId: 0,
    cancelId: 0,
  });
  return response === 0;
}
