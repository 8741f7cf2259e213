import { expect, it } from 'vitest';
import { extraOutput } from './onnx-output.ts';

/** Messages, strings and numbers by their fields, as protobuf has them. */
function read(bytes: Uint8Array): Map<number, Uint8Array | number> {
  const fields = new Map<number, Uint8Array | number>();
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const value = varint();
    if ((tag & 7) === 0) fields.set(tag >> 3, value);
    else {
      fields.set(tag >> 3, bytes.subarray(at, at + value));
      at += value;
    }
  }
  return fields;
}

function within(bytes: Uint8Array, ...path: number[]): Uint8Array | number | undefined {
  return path.reduce<Uint8Array | number | undefined>(
    (found, number) => (found instanceof Uint8Array ? read(found).get(number) : undefined),
    bytes,
  );
}

it.each(['durations', 'x'.repeat(300)])('is a model that holds an output of its graph, of floats: %s', (name) => {
  const bytes = extraOutput(name);
  const found = within(bytes, 7, 12, 1);
  expect(Buffer.from(found instanceof Uint8Array ? found : []).toString()).toBe(name);
  expect(within(bytes, 7, 12, 2, 1, 1)).toBe(1);
  expect([...read(bytes).keys()]).toEqual([7]);
});
