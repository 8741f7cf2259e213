import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './lock.ts';
import { CACHE } from './paths.ts';

/** How long fetching the runtime may take, in ms. */
export interface FetchLimits {
  /** Until the first byte. */
  connect: number;
  /** Between two pieces. */
  stall: number;
  /** In all. */
  total: number;
}

const PEOPLE_WAIT: FetchLimits = { connect: 15_000, stall: 30_000, total: 5 * 60_000 };

/** Where the executable lies inside an unpacked runtime (electron's own `install.js`). */
const EXECUTABLE: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
  linux: 'electron',
  freebsd: 'electron',
  openbsd: 'electron',
};

/** The name of the executable for this system. */
export function executableName(): string {
  return EXECUTABLE[process.platform] ?? 'electron';
}

const packageFolder = () => dirname(createRequire(import.meta.url).resolve('electron/package.json'));

const electronVersion = (): string =>
  (JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string }).version;

/** The Electron executable that is already here: ELECTRON_OVERRIDE_DIST_PATH, or the one in the package. Else null. */
export function installedElectron(): string | null {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const executable = join(override, executableName());
    return existsSync(executable) ? executable : null;
  }
  const dist = join(packageFolder(), 'dist');
  try {
    if (readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '') !== electronVersion()) return null;
  } catch {
    return null;
  }
  const executable = join(dist, executableName());
  return existsSync(executable) ? executable : null;
}

/**
 * Fetches the Electron runtime into the package, as its own `install.js` does (same cache, same checksums, same
 * mirror settings), with progress and a time limit.
 *
 * @param onProgress bytes so far, and in all where that is known
 * @returns path of the executable
 * @throws Error with one sentence for a person
 */
export async function fetchElectron(
  say: (line: string) => void,
  onProgress: (received: number, total: number | null) => void,
  limits: FetchLimits = PEOPLE_WAIT,
): Promise<string> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH holds no Electron: ${override}`);
  return await withLock(
    join(CACHE, 'electron.lock'),
    () => say('Another start is fetching the desktop runtime; waiting for it.'),
    async () => {
      const here = installedElectron();
      if (here) return here;
      say(`Fetching the desktop runtime, Electron ${electronVersion()} (once, about 120 MB).`);
      const archive = await downloadElectron(onProgress, limits);
      return await unpack(archive);
    },
  );
}

/** Fetches the archive into the cache of `@electron/get`. @throws Error with one sentence for a person */
export async function downloadElectron(
  onProgress: (received: number, total: number | null) => void,
  limits: FetchLimits,
): Promise<string> {
  const electron = createRequire(join(packageFolder(), 'package.json'));
  const { downloadArtifact, getHostArch, initializeProxy } = (await import(
    pathToFileURL(electron.resolve('@electron/get')).href
  )) as typeof import('@electron/get');
  if (process.env.HTTPS_PROXY || process.env.https_proxy) initializeProxy();

  const stop = new AbortController();
  const stopWith = (sentence: string) => () => stop.abort(new Error(sentence));
  const whole = setTimeout(stopWith(`it took longer than ${limits.total / 1000} s`), limits.total);
  let quiet = setTimeout(stopWith(`its host did not answer within ${limits.connect / 1000} s`), limits.connect);
  try {
    return await downloadArtifact({
      version: electronVersion(),
      artifactName: 'electron',
      platform: process.platform,
      arch: getHostArch(),
      checksums: electron('./checksums.json') as Record<string, string>,
      cacheRoot: process.env.electron_config_cache,
      downloadOptions: {
        quiet: true,
        signal: stop.signal,
        getProgressCallback: async (progress: { transferred: number; total: number | null }) => {
          clearTimeout(quiet);
          quiet = setTimeout(stopWith(`nothing came for ${limits.stall / 1000} s`), limits.stall);
          onProgress(progress.transferred, progress.total);
        },
      },
    });
  } catch (error) {
    throw new Error(`The desktop runtime could not be fetched: ${inWords(error, stop.signal)}.`, { cause: error });
  } finally {
    clearTimeout(whole);
    clearTimeout(quiet);
  }
}

function inWords(error: unknown, signal: AbortSignal): string {
  if (signal.aborted && signal.reason instanceof Error) return signal.reason.message;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its host cannot be found (no network?)';
  if (code === 'ECONNREFUSED' || code === 'ENETUNREACH' || code === 'EHOSTUNREACH') return 'its host cannot be reached';
  if (code === 'ENOSPC') return 'the disk is full';
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? '').replace(/\.$/, '') : String(cause);
}

async function unpack(archive: string): Promise<string> {
  const electron = createRequire(join(packageFolder(), 'package.json'));
  const { extract } = (await import(
    pathToFileURL(electron.resolve('@electron-internal/extract-zip')).href
  )) as typeof import('@electron-internal/extract-zip');
  const dist = join(packageFolder(), 'dist');
  const fresh = join(packageFolder(), 'dist.new');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh);
  await extract(archive, { dir: fresh });
  rmSync(join(fresh, 'electron.d.ts'), { force: true });
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
  writeFileSync(join(packageFolder(), 'path.txt'), executableName());
  return join(dist, executableName());
}
