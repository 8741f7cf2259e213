import { defineConfig } from '@playwright/test';
import type { ShellOption } from './e2e/fixtures.ts';
import { headlessForTests } from './e2e/runtime/browser-runtime.ts';

/** Speaking with a model that is loaded for the first time takes long on a small machine, in ms. */
const PATIENCE = 120_000;

/** `browser` and `desktop` run the same scenarios; what only one shell has is in the folder of its name. */
export default defineConfig<object, ShellOption>({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'e2e/output/failures',
  timeout: PATIENCE,
  expect: { timeout: 15_000 },
  workers: 1,
  forbidOnly: !!process.env.CI,
  reporter: [['list'], ['json', { outputFile: 'e2e/output/playwright.json' }]],
  use: {
    viewport: { width: 1360, height: 880 },
    colorScheme: 'dark',
    // With pictures of the page at every step, a run takes half as long again.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: headlessForTests(console.log),
      args: ['--autoplay-policy=no-user-gesture-required'],
    },
  },
  projects: [
    { name: 'browser', testIgnore: '**/desktop/**', use: { shell: 'web' } },
    { name: 'desktop', testIgnore: '**/browser/**', use: { shell: 'desktop' } },
  ],
});
