import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The joined speech model (325 MB) is kept between runs. */
const models = fileURLToPath(new URL('node_modules/.cache/timbre/models', import.meta.url));

/** Property tests draw the same cases every time. */
const seededChecks = fileURLToPath(new URL('build/seeded-checks.ts', import.meta.url));

/** Loading a speech model and speaking takes long on a small machine, in ms. */
const PATIENCE = 120_000;

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles: [seededChecks],
          include: ['{shared,renderer,build,electron,bench}/**/*.test.{ts,tsx}'],
          environment: 'node',
          testTimeout: PATIENCE / 4,
        },
      },
      {
        test: {
          name: 'engine',
          setupFiles: [seededChecks],
          include: ['{engine,e2e/peers}/**/*.test.ts'],
          environment: 'node',
          env: { TIMBRE_MODELS: process.env.TIMBRE_MODELS ?? models },
          testTimeout: PATIENCE,
          hookTimeout: PATIENCE,
        },
      },
    ],
  },
});
