import { createReadStream } from 'node:fs';
import { fault } from '../shared/errors.ts';
import { bytesToS16 } from '../shared/sound/pcm.ts';
import type { Library } from './library/library.ts';

/** Samples in one piece read from disk: about 1.4 s at 24 kHz. */
const PIECE_BYTES = 64 * 1024;

/** Reads the stored audio of a take in pieces of s16 samples. @throws FaultError not_found */
export async function* readAudio(library: Library, takeId: string): AsyncGenerator<Int16Array> {
  const audio = library.audio(takeId);
  if (!audio || audio.samples === 0) throw fault('not_found', 'The sound of this take is not there.');
  const file = createReadStream(audio.path, { highWaterMark: PIECE_BYTES, end: audio.samples * 2 - 1 });
  let carried: Uint8Array = new Uint8Array(0);
  for await (const read of file as AsyncIterable<Uint8Array>) {
    const bytes = carried.length > 0 ? Buffer.concat([carried, read]) : read;
    carried = bytes.subarray(bytes.length - (bytes.length % 2));
    yield bytesToS16(bytes);
  }
}
