import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from '../build/bundle.ts';
import type { Figure } from './figure.ts';

const inBench = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Beside the benchmarks themselves; neither is one. */
const NOT_BENCHMARKS = new Set(['run.ts', 'figure.ts']);

/** A benchmark is a file that exports this. */
interface Benchmark {
  run(): Promise<Figure[]>;
}

/** Every `bench/NAME.ts` that exports `run`; parts of one are named `NAME-part.ts`. */
function allNames(): string[] {
  return readdirSync(inBench('.'))
    .filter((file) => /^[a-z]+\.ts$/.test(file) && !NOT_BENCHMARKS.has(file))
    .map((file) => file.replace(/\.ts$/, ''))
    .sort();
}

const machine = () =>
  `${process.platform}-${process.arch}, ${cpus().length} x ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB`;
const load = () =>
  loadavg()
    .map((value) => value.toFixed(2))
    .join(' ');

async function measure(name: string): Promise<boolean> {
  console.log(`\n${name} (load before: ${load()})`);
  const module = (await import(pathToFileURL(inBench(`${name}.ts`)).href)) as Benchmark;
  const figures = await module.run();
  console.table(
    figures.map(({ what, reach, got, unit, ok }) => ({
      what,
      reach,
      got: `${typeof got === 'number' ? Number(got.toPrecision(4)) : got} ${unit}`.trim(),
      reached: ok ? 'yes' : 'NO',
    })),
  );
  console.log(`load after: ${load()}`);
  const result = { name, date: new Date().toISOString(), machine: machine(), figures };
  mkdirSync(inBench('results'), { recursive: true });
  writeFileSync(inBench(`results/${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  return figures.length > 0 && figures.every((figure) => figure.ok);
}

const asked = process.argv.slice(2);
const unknown = asked.filter(
  (name) => !/^[a-z]+$/.test(name) || !existsSync(inBench(`${name}.ts`)) || NOT_BENCHMARKS.has(`${name}.ts`),
);
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${allNames().join(', ')}`);
  process.exit(2);
}
await bundle((line) => console.log(line));
const failed: string[] = [];
for (const name of asked.length > 0 ? asked : allNames()) {
  const reached = await measure(name).catch((error: unknown) => {
    console.error(error);
    return false;
  });
  if (!reached) failed.push(name);
}
console.log(failed.length === 0 ? '\nEvery figure is reached.' : `\nNot reached: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);
