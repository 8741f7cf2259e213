import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { app, type BrowserWindow, dialog, shell } from 'electron';
import { storageFault } from '../engine/library/storage-fault.ts';
import type { DesktopFace } from '../engine/studio-parts.ts';

/** Native dialogs over the studio's window. */
export function desktopFace(window: () => BrowserWindow | null): DesktopFace {
  let lastFolder = app.getPath('downloads');
  return {
    async save(suggestedName, data) {
      const { canceled, filePath } = await asking(window(), (parent) => {
        const options = { defaultPath: join(lastFolder, basename(suggestedName)) };
        return parent ? dialog.showSaveDialog(parent, options) : dialog.showSaveDialog(options);
      });
      if (canceled || !filePath) {
        await data.cancel();
        return null;
      }
      lastFolder = join(filePath, '..');
      await writeWhole(filePath, data);
      return filePath;
    },
    async chooseFolder() {
      const { canceled, filePaths } = await asking(window(), (parent) => {
        const options = { properties: ['openDirectory' as const, 'createDirectory' as const] };
        return parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options);
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    reveal(path) {
      shell.showItemInFolder(path);
    },
  };
}

const asking = <Answer>(window: BrowserWindow | null, ask: (parent: BrowserWindow | null) => Promise<Answer>) =>
  ask(window && !window.isDestroyed() ? window : null);

/**
 * Writes beside the target first, so that a file that was there is replaced whole or not at all.
 * @throws FaultError disk_full, not_writable
 */
async function writeWhole(path: string, data: ReadableStream<Uint8Array>): Promise<void> {
  const unfinished = `${path}.part`;
  try {
    await pipeline(Readable.fromWeb(data as WebStream<Uint8Array>), createWriteStream(unfinished));
    await rename(unfinished, path);
  } catch (thrown) {
    await rm(unfinished, { force: true });
    throw storageFault(thrown, 'The take itself is kept in the library.');
  }
}
