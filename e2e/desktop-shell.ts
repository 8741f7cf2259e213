import { readFileSync } from 'node:fs';
import { _electron, type ElectronApplication } from 'playwright';
import { ROOT } from '../build/paths.ts';
import { electronForTests } from './runtime/electron-runtime.ts';

/** ms for a start. One takes some 3 s, and on a busy machine 20. */
const START_MS = 60_000;
/**
 * Starts that are tried. Chromium without a GPU now and then hangs before the app gets its turn (once in some 150 starts):
 * that is said and tried once more, a second time in a row is a failure.
 */
const STARTS = 2;

/** Starts the real desktop app. */
export async function startDesktopShell(env: NodeJS.ProcessEnv): Promise<ElectronApplication> {
  const executablePath = await electronForTests(console.log);
  for (let start = 1; ; start += 1) {
    try {
      return await _electron.launch({
        executablePath,
        args: desktopArguments(),
        env: definedOnly(env),
        timeout: START_MS,
      });
    } catch (thrown) {
      const hung = thrown instanceof Error && thrown.name === 'TimeoutError';
      if (!hung || start === STARTS) throw thrown;
      console.log(`The desktop app did not come up within ${START_MS / 1000} s; it is started once more.`);
    }
  }
}

/** Arguments of Electron: the app, and where Chromium cannot make a sandbox in a test machine, none. People keep it. */
export function desktopArguments(): string[] {
  return sandboxIsPossible() ? [ROOT] : ['--no-sandbox', ROOT];
}

function sandboxIsPossible(): boolean {
  if (process.platform !== 'linux') return true;
  if (process.getuid?.() === 0) return false;
  try {
    return readFileSync('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', 'utf8').trim() !== '1';
  } catch {
    return true;
  }
}

const definedOnly = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'NODE_OPTIONS',
    ),
  );
