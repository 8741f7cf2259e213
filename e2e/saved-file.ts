import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { StudioUnderTest } from './fixtures.ts';

/**
 * The file that something saves: a download in the browser; on the desktop the native dialog, which no test can press,
 * is answered with a path in `folder`.
 */
export async function savedFile(studio: StudioUnderTest, folder: string, save: () => Promise<void>): Promise<string> {
  if (studio.shell === 'web') {
    const [download] = await Promise.all([studio.page.waitForEvent('download'), save()]);
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  }
  await studio.app.evaluate(({ dialog }, into) => {
    dialog.showSaveDialog = (async (...words: unknown[]) => {
      const options = words.at(-1) as { defaultPath?: string };
      const name = (options.defaultPath ?? 'file').split(/[\\/]/).at(-1);
      return { canceled: false, filePath: `${into}/${name}` };
    }) as typeof dialog.showSaveDialog;
  }, folder);
  await save();
  await expect.poll(() => readdirSync(folder).filter((name) => !name.endsWith('.part')).length).toBe(1);
  const path = join(folder, readdirSync(folder)[0] ?? '');
  expect(existsSync(path)).toBe(true);
  return path;
}
