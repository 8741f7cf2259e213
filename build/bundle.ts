import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.ts';
import { CACHE, inRoot, ROOT } from './paths.ts';

/** What the bundle is made of. */
const SOURCE_FOLDERS = ['electron', 'engine', 'renderer', 'shared'];
const SOURCE_FILES = ['package.json', 'package-lock.json', 'vite.config.ts', 'tsconfig.json'];

/** Without any of these the bundle is not whole. */
const OUTPUTS = ['dist/page/index.html', 'dist/engine/web.js', 'dist/engine/gateway.js', 'dist/electron/main.js'];

const STAMP = 'dist/stamp';

/** Makes page, engine and desktop shell with Vite, unless `dist/` was made from exactly these sources. */
export async function bundle(say: (line: string) => void): Promise<void> {
  if (isFresh()) return;
  await withLock(
    join(CACHE, 'bundle.lock'),
    () => say('Another start is building the studio; waiting for it.'),
    async () => {
      if (isFresh()) return;
      say(existsSync(inRoot(STAMP)) ? 'The sources have changed: building the studio.' : 'Building the studio (once).');
      const started = performance.now();
      const sources = sourceHash();
      await build();
      mkdirSync(inRoot('dist'), { recursive: true });
      writeFileSync(inRoot(STAMP), sources);
      say(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
    },
  );
}

async function build(): Promise<void> {
  const { createBuilder } = await import('vite');
  const builder = await createBuilder({ configFile: inRoot('vite.config.ts'), logLevel: 'error' });
  await builder.buildApp();
  const missing = OUTPUTS.filter((output) => !existsSync(inRoot(output)));
  if (missing.length > 0) throw new Error(`The build ended without ${missing.join(', ')}.`);
}

function isFresh(): boolean {
  if (OUTPUTS.some((output) => !existsSync(inRoot(output)))) return false;
  try {
    return readFileSync(inRoot(STAMP), 'utf8') === sourceHash();
  } catch {
    return false;
  }
}

/** SHA-256 over names and contents, so that a fresh checkout or a touched file is not taken for a change. */
function sourceHash(): string {
  const hash = createHash('sha256');
  const folders = SOURCE_FOLDERS.flatMap((folder) =>
    readdirSync(inRoot(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const files = [...folders, ...SOURCE_FILES.map(inRoot)].sort();
  for (const file of files) {
    hash
      .update(`${file.slice(ROOT.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}
