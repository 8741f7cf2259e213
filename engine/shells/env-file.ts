import { join } from 'node:path';
import { loadEnvFile } from 'node:process';

/**
 * Adds what the `.env` of a folder says to the environment, where it does not say it itself. None there is no fault.
 *
 * @throws Error with a sentence for a person where there is one that cannot be read
 */
export function readEnvFile(folder: string = process.cwd()): void {
  const file = join(folder, '.env');
  try {
    loadEnvFile(file);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new Error(`${file} cannot be read (${code ?? String(thrown)}).`, { cause: thrown });
  }
}
