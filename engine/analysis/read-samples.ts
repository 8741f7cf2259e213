import { createReadStream } from 'node:fs';
import { fault } from '../../shared/errors.ts';
import { bytesToS16 } from '../../shared/sound/pcm.ts';

/** Bytes of one piece: about 1.4 s at 24 kHz. Even, so that no sample is cut in two. */
const PIECE_BYTES = 64 * 1024;

/**
 * Reads a part of a file of raw s16le in pieces, also while more is being written behind it.
 *
 * @param from first sample
 * @param to the one after the last
 * @throws FaultError not_found where not all of them are there (any more)
 */
export async function* readSamples(path: string, from: number, to: number): AsyncGenerator<Int16Array> {
  if (to <= from) return;
  const file = createReadStream(path, { highWaterMark: PIECE_BYTES, start: from * 2, end: to * 2 - 1 });
  let missing = to - from;
  let carried: Uint8Array = new Uint8Array(0);
  for await (const read of file as AsyncIterable<Uint8Array>) {
    const bytes = carried.length > 0 ? Buffer.concat([carried, read]) : read;
    carried = bytes.subarray(bytes.length - (bytes.length % 2));
    const samples = bytesToS16(bytes);
    missing -= samples.length;
    yield samples;
  }
  if (missing > 0) throw fault('not_found', 'The sound of this take is not there as a whole.');
}
