/**
 * Where the module of a worker thread lies: beside the engine bundle when built, its source otherwise.
 *
 * @param name name of the worker's entry in `vite.config.ts`
 * @param source the worker's source, relative to the folder of the caller
 * @param base `import.meta.url` of the caller
 */
export function workerUrl(name: string, source: string, base: string): URL {
  return base.endsWith('.ts') ? new URL(source, base) : new URL(`./${name}.js`, base);
}
