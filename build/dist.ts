import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, type CliOptions } from 'electron-builder';
import { bundle } from './bundle.ts';
import { inRoot, ROOT } from './paths.ts';

const { values } = parseArgs({ options: { dir: { type: 'boolean', default: false } } });

/** A runtime that is already unpacked is packed as it is, so that nothing has to be fetched. */
function unpackedRuntime(): { electronDist: string; electronVersion: string } | undefined {
  const electronDist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!electronDist) return undefined;
  const electronVersion = readFileSync(join(electronDist, 'version'), 'utf8').trim().replace(/^v/, '');
  return { electronDist, electronVersion };
}

await bundle((line) => console.log(line));
const settings = JSON.parse(readFileSync(inRoot('build/electron-builder.json'), 'utf8')) as CliOptions['config'] &
  object;
delete (settings as { $schema?: string }).$schema;
const made = await build({
  projectDir: ROOT,
  dir: values.dir,
  publish: 'never',
  config: { ...settings, ...unpackedRuntime() },
});
for (const file of made) console.log(file);
