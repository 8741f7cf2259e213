/** Short names of the exports, by their names in the source. */
export const EXPORTS: Readonly<
  Record<
    | 'memory'
    | 'construct'
    | 'main'
    | 'configure'
    | 'setBuffers'
    | 'blockSamples'
    | 'intervalSamples'
    | 'inputLatency'
    | 'outputLatency'
    | 'reset'
    | 'seek'
    | 'process'
    | 'setTransposeSemitones'
    | 'setFormantSemitones'
    | 'setFormantBase',
    string
  >
>;
/** Short names of the imports (all of module "a"), by emscripten's names. */
export const IMPORTS: Readonly<
  Record<'abort_js' | 'emscripten_memcpy_js' | 'emscripten_resize_heap' | 'random_get', string>
>;
/** The WebAssembly module, in base64. */
export const WASM_BASE64: string;
