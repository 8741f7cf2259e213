import type { StoredSound } from './analysis-task.ts';
import { readSamples } from './read-samples.ts';

/** All of a stored sound: s16, one channel. @throws FaultError not_found */
export async function loadSamples({
  path,
  samples,
}: Pick<StoredSound, 'path' | 'samples'>): Promise<Int16Array<ArrayBuffer>> {
  const all = new Int16Array(samples);
  let at = 0;
  for await (const piece of readSamples(path, 0, samples)) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
