// The reference meters are measured against: libebur128's successor in Rust, as WebAssembly (`ebur128-wasm`). The
// package is written for bundlers that import WebAssembly as a module, so it is put together by hand here.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

interface Reference {
  ebur128_integrated_mono(sampleRate: number, samples: Float32Array): number;
  ebur128_true_peak_mono(sampleRate: number, samples: Float32Array): number;
}

const folder = createRequire(import.meta.url).resolve('ebur128-wasm/ebur128_wasm_bg.js');
const source = (await readFile(folder, 'utf8')).replace(
  /^import \* as wasm from .*$/m,
  'let wasm; export function __setWasm(exports) { wasm = exports; }',
);
const glue: Reference & { __setWasm(exports: WebAssembly.Exports): void } = await import(
  /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(source).toString('base64')}`
);
const binary = await readFile(folder.replace(/\.js$/, '.wasm'));
const { instance } = await WebAssembly.instantiate(binary, {
  './ebur128_wasm_bg.js': glue as unknown as WebAssembly.ModuleImports,
});
glue.__setWasm(instance.exports);

/** Integrated loudness of one channel in LUFS. */
export function referenceLoudness(samples: Float32Array, sampleRate: number): number {
  return glue.ebur128_integrated_mono(sampleRate, samples);
}

/** True peak of one channel in dBTP. */
export function referenceTruePeak(samples: Float32Array, sampleRate: number): number {
  return glue.ebur128_true_peak_mono(sampleRate, samples);
}
