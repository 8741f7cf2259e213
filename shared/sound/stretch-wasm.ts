import { EXPORTS, IMPORTS, WASM_BASE64 } from './signalsmith-stretch.module.js';

/** What of the WebAssembly module is used. Lengths in samples; pointers are byte offsets in `memory`. */
export interface StretchWasm {
  memory: WebAssembly.Memory;
  configure(channels: number, blockSamples: number, intervalSamples: number, splitComputation: number): void;
  /** Makes room for input and output of each channel and returns where it begins: inputs first, then outputs. */
  setBuffers(channels: number, samples: number): number;
  inputLatency(): number;
  outputLatency(): number;
  reset(): void;
  seek(inputSamples: number, playbackRate: number): void;
  process(inputSamples: number, outputSamples: number): void;
  /** Above `tonalityLimit` (as a part of the sample rate) the spectrum is moved rather than stretched. */
  setTransposeSemitones(semitones: number, tonalityLimit: number): void;
  setFormantSemitones(semitones: number, compensatePitch: number): void;
  setFormantBase(baseFrequency: number): void;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PAGE_BYTES = 65536;

/** Decodes base64. An audio worklet has neither `atob` nor `Buffer`. */
function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(128);
  for (let i = 0; i < ALPHABET.length; i += 1) values[ALPHABET.charCodeAt(i)] = i;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const value = (at: number) => values[text.charCodeAt(at)] ?? 0;
  for (let i = 0, out = 0; i < text.length; i += 4, out += 3) {
    const bits = (value(i) << 18) | (value(i + 1) << 12) | (value(i + 2) << 6) | value(i + 3);
    bytes[out] = bits >> 16;
    bytes[out + 1] = bits >> 8;
    bytes[out + 2] = bits;
  }
  return bytes;
}

let compiled: WebAssembly.Module | undefined;

/**
 * A new instance of Signalsmith Stretch with its own memory.
 *
 * Compiled once, on the spot: 64 kB take under 1 ms, and a worklet cannot fetch. Its noise (heard only when slowed below
 * half speed) is seeded with a constant, so that the same input gives the same output everywhere, bit for bit.
 */
export function instantiateStretch(): StretchWasm {
  compiled ??= new WebAssembly.Module(decodeBase64(WASM_BASE64));
  let memory = new WebAssembly.Memory({ initial: 0 });
  const instance = new WebAssembly.Instance(compiled, {
    a: {
      [IMPORTS.abort_js]: () => {
        throw new Error('Signalsmith Stretch gave up.');
      },
      [IMPORTS.emscripten_memcpy_js]: (to: number, from: number, bytes: number) =>
        new Uint8Array(memory.buffer).copyWithin(to, from, from + bytes),
      [IMPORTS.emscripten_resize_heap]: (bytes: number) => {
        memory.grow(Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES));
        return 1;
      },
      [IMPORTS.random_get]: (at: number, bytes: number) => {
        new Uint8Array(memory.buffer, at, bytes).fill(1);
        return 0;
      },
    },
  });

  const call = (name: string) => {
    const found = instance.exports[name];
    if (typeof found !== 'function') throw new Error(`Signalsmith Stretch has no export "${name}".`);
    return found as (...values: number[]) => number;
  };
  const own = instance.exports[EXPORTS.memory];
  if (!(own instanceof WebAssembly.Memory)) throw new Error('Signalsmith Stretch has no memory.');
  memory = own;

  call(EXPORTS.construct)();
  call(EXPORTS.main)(0, 0);
  return {
    memory,
    configure: call(EXPORTS.configure),
    setBuffers: call(EXPORTS.setBuffers),
    inputLatency: call(EXPORTS.inputLatency),
    outputLatency: call(EXPORTS.outputLatency),
    reset: call(EXPORTS.reset),
    seek: call(EXPORTS.seek),
    process: call(EXPORTS.process),
    setTransposeSemitones: call(EXPORTS.setTransposeSemitones),
    setFormantSemitones: call(EXPORTS.setFormantSemitones),
    setFormantBase: call(EXPORTS.setFormantBase),
  };
}
