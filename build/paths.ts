import { fileURLToPath } from 'node:url';

/** The folder of the project: where package.json lies. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A path inside the project. */
export function inRoot(relative: string): string {
  return fileURLToPath(new URL(`../${relative}`, import.meta.url));
}

/** What may be thrown away and made again: stamps, locks, test runtimes, test models. */
export const CACHE = inRoot('node_modules/.cache/timbre');
