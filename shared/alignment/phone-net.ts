import { activeFrames } from './comparable.ts';
import { logPower, ROW } from './log-bands.ts';
import { NET } from './phone-net-weights.ts';
import type { SpeechFeatures } from './speech-features.ts';
import { float32Numbers, int8Numbers, type Layer, throughLayer } from './stored-numbers.ts';

/** Kinds of sound that are told apart: silence (the first one) and the phonemes of English. */
export const PHONES = 41;
/** Frames around the one in question that the network sees. */
const AROUND = [-8, -5, -3, -1, 0, 1, 3, 5, 8];
/** Every second frame is asked; the others lie between. */
const STEP = 2;

let layers: Layer[] | null = null;

function network(): Layer[] {
  layers ??= NET.map(({ weights, scale, biases }) => ({
    weights: int8Numbers(weights, scale),
    biases: float32Numbers(biases),
  }));
  return layers;
}

/** Bands and level with mean 0 and variance 1 over the frames that are speech. */
function normalised({ frames, rows }: SpeechFeatures, active: Uint8Array): Float32Array {
  const values = new Float32Array(frames * ROW);
  for (let value = 0; value < ROW; value += 1) {
    let count = 0;
    let sum = 0;
    let squares = 0;
    for (let frame = 0; frame < frames; frame += 1) {
      if (active[frame] !== 1) continue;
      const x = logPower(rows[frame * ROW + value] as number);
      count += 1;
      sum += x;
      squares += x * x;
    }
    const mean = sum / Math.max(1, count);
    const spread = Math.sqrt(Math.max(squares / Math.max(1, count) - mean * mean, 0)) + 1e-6;
    for (let frame = 0; frame < frames; frame += 1) {
      values[frame * ROW + value] = (logPower(rows[frame * ROW + value] as number) - mean) / spread;
    }
  }
  return values;
}

/** In place: logits to parts that sum to 1. */
function softmax(values: Float32Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) most = Math.max(most, value);
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) {
    const part = Math.exp((values[at] as number) - most);
    values[at] = part;
    sum += part;
  }
  for (let at = 0; at < values.length; at += 1) values[at] = (values[at] as number) / sum;
}

/**
 * How probable each phoneme is in each frame, by a small network that knows many voices: what two voices have in common
 * when they say the same. In other languages the nearest phonemes of English stand for those they lack.
 *
 * @returns {@link PHONES} numbers a frame that sum to 1
 */
export function phonesOf(features: SpeechFeatures): Float32Array {
  const { frames } = features;
  const values = normalised(features, activeFrames(features));
  const [first, second, third] = network() as [Layer, Layer, Layer];
  const input = new Float32Array(AROUND.length * ROW);
  const hidden = new Float32Array(first.biases.length);
  const deeper = new Float32Array(second.biases.length);
  const phones = new Float32Array(frames * PHONES);
  for (let frame = 0; frame < frames; frame += STEP) {
    AROUND.forEach((offset, place) => {
      const at = Math.min(frames - 1, Math.max(0, frame + offset)) * ROW;
      for (let value = 0; value < ROW; value += 1) input[place * ROW + value] = values[at + value] as number;
    });
    throughLayer(first, input, hidden, false);
    throughLayer(second, hidden, deeper, true);
    const out = phones.subarray(frame * PHONES, (frame + 1) * PHONES);
    throughLayer(third, deeper, out, true);
    softmax(out);
  }
  for (let frame = 1; frame < frames; frame += STEP) {
    const before = (frame - 1) * PHONES;
    const after = frame + 1 < frames ? before + 2 * PHONES : before;
    for (let phone = 0; phone < PHONES; phone += 1) {
      phones[frame * PHONES + phone] = ((phones[before + phone] as number) + (phones[after + phone] as number)) / 2;
    }
  }
  return phones;
}
