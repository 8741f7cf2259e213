import { accessSync, constants, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder of Chromium's own files (window state, local storage, caches): beside the library, so that two libraries
 * are two studios that can run side by side. Where the library cannot be written the window opens all the same, with
 * a folder for this start only.
 */
export function profileFolder(home: string): string {
  const folder = join(home, 'electron');
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return mkdtempSync(join(tmpdir(), 'timbre-window-'));
  }
}
