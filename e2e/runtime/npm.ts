import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Fetches a package's tarball into a folder, with npm's own settings, cache and integrity check. @returns its name */
export async function npmPack(specifier: string, folder: string): Promise<string> {
  const npm = process.env.npm_execpath;
  const [command, before] = npm ? [process.execPath, [npm]] : ['npm', []];
  const { stdout } = await run(
    command,
    [...before, 'pack', specifier, '--json', '--ignore-scripts', '--pack-destination', folder],
    { cwd: folder, maxBuffer: 16_000_000 },
  );
  const [packed] = JSON.parse(stdout) as { filename: string }[];
  if (!packed) throw new Error(`npm pack ${specifier} made no file.`);
  return packed.filename;
}
