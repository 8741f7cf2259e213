import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The engine's workers. Each is loaded by `engine/worker-url.ts` from beside the bundle that starts it. */
const workers = {
  'kokoro-worker': path('engine/providers/builtin/kokoro-worker.ts'),
  'espeak-worker': path('engine/providers/builtin/espeak-worker.ts'),
  'analysis-worker': path('engine/analysis/analysis-worker.ts'),
  'level-worker': path('engine/levels/level-worker.ts'),
  'alignment-worker': path('engine/alignment/alignment-worker.ts'),
  'stimulus-worker': path('engine/listening/stimulus-worker.ts'),
  'export-worker': path('engine/export/export-worker.ts'),
  'profile-worker': path('engine/matching/profile-worker.ts'),
  'import-worker': path('engine/import/import-worker.ts'),
};

/** Shared pieces lie beside the entries, so that `import.meta.url` leads to the workers from there too. */
const output = { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' };

/** `vite build --app` makes the page (dist/page), the engine (dist/engine) and the desktop shell (dist/electron). */
export default defineConfig({
  root: 'renderer',
  plugins: [react()],
  builder: {},
  environments: {
    client: {
      build: {
        outDir: '../dist/page',
        emptyOutDir: true,
        target: 'chrome130',
        assetsInlineLimit: 0,
        // What the first screen needs comes in one file: each of a dozen small ones costs a cold start some ms.
        rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
      },
    },
    engine: {
      consumer: 'server',
      resolve: { noExternal: [], external: true },
      build: {
        outDir: '../dist/engine',
        emptyOutDir: true,
        target: 'node20',
        ssr: true,
        rolldownOptions: {
          input: { web: path('engine/shells/web.ts'), gateway: path('engine/shells/gateway.ts'), ...workers },
          output,
        },
      },
    },
    desktop: {
      consumer: 'server',
      resolve: { external: true },
      build: {
        outDir: '../dist/electron',
        emptyOutDir: true,
        target: 'node20',
        ssr: true,
        rolldownOptions: {
          input: { main: path('electron/main.ts'), ...workers },
          external: ['electron', ...builtinModules, /^node:/],
          output,
        },
      },
    },
  },
});
