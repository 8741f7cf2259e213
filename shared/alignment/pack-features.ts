import { ROW } from './log-bands.ts';
import type { SpeechFeatures } from './speech-features.ts';

/** Of the layout and of how the features are computed: with another one they are computed anew. */
const VERSION = 1;

/** Features as bytes to keep: version, then the rows; 40.5 kB for 15 s. Nothing is lost. */
export function packFeatures({ rows }: SpeechFeatures): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(1 + rows.length);
  packed[0] = VERSION;
  packed.set(rows, 1);
  return packed;
}

/** The features that {@link packFeatures} packed; null where they are of another version or damaged. */
export function unpackFeatures(packed: Uint8Array): SpeechFeatures | null {
  const frames = (packed.length - 1) / ROW;
  if (packed[0] !== VERSION || frames < 1 || !Number.isInteger(frames)) return null;
  return { frames, rows: packed.slice(1) };
}
