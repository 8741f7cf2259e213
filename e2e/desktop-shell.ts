import { readFileSync } from 'node:fs';
import { _electron, type ElectronApplication } from 'playwright';
import { ROOT } from '../build/paths.ts';
import { electronForTests } from './runtime/electron-runtime.ts';

/** Starts the real desktop app. */
export async function startDesktopShell(env: NodeJS.ProcessEnv): Promise<ElectronApplication> {
  return await _electron.launch({
    executablePath: await electronForTests(console.log),
    args: desktopArguments(),
    env: definedOnly(env),
    timeout: 100_000,
  });
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
