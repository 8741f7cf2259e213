import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { headlessForTests } from '../e2e/runtime/browser-runtime.ts';
import { electronForTests } from '../e2e/runtime/electron-runtime.ts';
import { needsVirtualDisplay, prepareSystem } from '../e2e/runtime/system-libraries.ts';
import { bundle } from './bundle.ts';
import { startChild } from './child.ts';
import { endWithNpm } from './end-with-npm.ts';
import { CACHE, inRoot, ROOT } from './paths.ts';
import { type Tally, tallyPlaywright, tallyVitest } from './tally.ts';

/** One part of the test run; throws where it cannot even be begun. */
interface Step {
  name: string;
  run(): Promise<Tally>;
}

const say = (line: string) => console.log(line);
const reports = join(CACHE, 'reports');
/** Large enough for the largest window that is looked at. */
const SCREEN = '-screen 0 1920x1200x24';

/** The command of a package, run by this Node: no shell, the same on every system. */
function command(packageName: string, bin: string): string {
  const require = createRequire(import.meta.url);
  const manifest = require(`${packageName}/package.json`) as { bin: string | Record<string, string> };
  const relative = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[bin];
  if (!relative) throw new Error(`${packageName} has no command ${bin}.`);
  return join(dirname(require.resolve(`${packageName}/package.json`)), relative);
}

async function run(program: string, words: string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  return await startChild(program, words, { cwd: ROOT, stdio: 'inherit', env }).ended;
}

const node = (words: string[]) => run(process.execPath, words);
const asTally = (exitCode: number): Tally => (exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

const testRuntimes: NodeJS.ProcessEnv = {};

const steps: Step[] = [
  { name: 'lint', run: async () => asTally(await node([command('@biomejs/biome', 'biome'), 'check', '.'])) },
  { name: 'third-party notices', run: async () => asTally(await node(['build/check-notices.ts'])) },
  { name: 'types', run: async () => asTally(await node([command('typescript', 'tsc'), '--noEmit'])) },
  {
    name: 'unit and engine tests',
    async run() {
      const file = join(reports, 'vitest.json');
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
      return tallyVitest(file, await node([command('vitest', 'vitest'), 'run', ...reporters]));
    },
  },
  {
    name: 'build',
    async run() {
      await bundle(say);
      return { passed: 1, failed: 0 };
    },
  },
  {
    name: 'runtimes for the tests of the app',
    async run() {
      testRuntimes.TIMBRE_TEST_CHROMIUM = headlessForTests(say);
      testRuntimes.TIMBRE_TEST_ELECTRON = await electronForTests(say);
      prepareSystem(testRuntimes.TIMBRE_TEST_ELECTRON, say);
      return { passed: 1, failed: 0 };
    },
  },
  {
    name: 'the app in a browser and on the desktop',
    async run() {
      const playwright = [process.execPath, command('@playwright/test', 'playwright'), 'test'];
      const [program = '', ...words] = needsVirtualDisplay()
        ? ['xvfb-run', '-a', '-s', SCREEN, ...playwright]
        : playwright;
      const exitCode = await run(program, words, { ...process.env, ...testRuntimes });
      return tallyPlaywright(inRoot('e2e/output/playwright.json'), exitCode);
    },
  },
];

async function main(): Promise<void> {
  rmSync(reports, { recursive: true, force: true });
  rmSync(inRoot('e2e/output/playwright.json'), { force: true });
  mkdirSync(reports, { recursive: true });
  const tallies: { name: string; tally: Tally }[] = [];
  for (const step of steps) {
    say(`\n== ${step.name}`);
    const tally = await step.run().catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      return { passed: 0, failed: 1 };
    });
    tallies.push({ name: step.name, tally });
  }
  say('');
  for (const { name, tally } of tallies) say(`${name}: ${tally.passed} passed, ${tally.failed} failed`);
  const passed = tallies.reduce((sum, { tally }) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, { tally }) => sum + tally.failed, 0);
  say(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

endWithNpm();
await main();
