import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';

/**
 * Folder of an installed package, or null where it is not there.
 *
 * Looks for the folder rather than a module in it, because the packages hold data and export no path to it. In a
 * packaged desktop app large files lie beside the archive, not in it.
 */
export function packageFolder(name: string): string | null {
  const places = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const place of places) {
    const folder = join(place, name);
    const unpacked = folder.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
    for (const candidate of [unpacked, folder]) if (existsSync(join(candidate, 'package.json'))) return candidate;
  }
  return null;
}
