/** Fields of ONNX's protobuf messages (onnx/onnx.proto, version 1.16). */
const MODEL_GRAPH = 7;
const GRAPH_OUTPUT = 12;
const VALUE_NAME = 1;
const VALUE_TYPE = 2;
const TYPE_TENSOR = 1;
const TENSOR_ELEMENT = 1;
/** Type of the elements: float. */
const FLOAT = 1;
/** How a field is written: a number, or bytes after their length. */
const NUMBER = 0;
const BYTES = 2;

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

function field(number: number, bytes: readonly number[]): number[] {
  return [...varint(number * 8 + BYTES), ...varint(bytes.length), ...bytes];
}

/**
 * What is put behind an ONNX file so that a tensor inside its graph is one of its outputs, after those it has. Protobuf
 * merges a message that occurs twice (“Encoding: Last One Wins”), so nothing of the file itself is changed.
 *
 * @param name of the tensor, which holds floats
 */
export function extraOutput(name: string): Uint8Array {
  const element = [...varint(TENSOR_ELEMENT * 8 + NUMBER), ...varint(FLOAT)];
  const value = [...field(VALUE_NAME, [...Buffer.from(name)]), ...field(VALUE_TYPE, field(TYPE_TENSOR, element))];
  return Uint8Array.from(field(MODEL_GRAPH, field(GRAPH_OUTPUT, value)));
}
