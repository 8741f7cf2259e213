/** The bytes of a base64 string. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Numbers that were stored as bytes from -127 to 127, times a scale. */
export function int8Numbers(base64: string, scale: number): Float32Array {
  return Float32Array.from(new Int8Array(bytesOf(base64).buffer), (byte) => byte * scale);
}

/** Numbers that were stored as float32, the low byte first. */
export function float32Numbers(base64: string): Float32Array {
  const view = new DataView(bytesOf(base64).buffer);
  return Float32Array.from({ length: view.byteLength / 4 }, (_, at) => view.getFloat32(4 * at, true));
}

/** A layer as it is stored: weights as bytes times a scale, biases as float32. */
export interface StoredLayer {
  weights: string;
  scale: number;
  biases: string;
}

/** One layer of a network: as many weights for each input as there are outputs, input after input. */
export interface Layer {
  weights: Float32Array;
  biases: Float32Array;
}

/** Adds to `out` what a layer makes of its inputs; negative ones count as 0 where `rectified`. */
export function throughLayer({ weights, biases }: Layer, input: Float32Array, out: Float32Array, rectified: boolean) {
  const { length } = biases;
  out.set(biases);
  for (let from = 0; from < input.length; from += 1) {
    const value = input[from] as number;
    if (value === 0 || (rectified && value < 0)) continue;
    const row = from * length;
    for (let to = 0; to < length; to += 1) out[to] = (out[to] as number) + value * (weights[row + to] as number);
  }
}
