import type { Exchange } from './peer.ts';
import { untilLeft } from './peer.ts';
import { EngineFailure } from './peer-engine.ts';

/** Size of one read as it was seen on a running server, in bytes: odd, so that a sample is cut in two. */
const READ = 8135;

/** Cuts what is sent into reads of an odd size. */
export async function* inReads(bursts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const burst of bursts) {
    for (let at = 0; at < burst.length; at += READ) {
      yield burst.subarray(at, at + READ);
      // What is written in one turn leaves the machine as one piece.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** Cuts the connection where the engine fails, as a server does whose generator throws. */
export async function* cutOnFailure(
  { response, left }: Exchange,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (thrown) {
    if (!(thrown instanceof EngineFailure)) throw thrown;
    response.socket?.destroySoon();
    await untilLeft(left);
  }
}

/**
 * Header of a WAV file of s16 in one channel.
 * @param sizes what it says, in bytes: servers that stream do not know
 */
export function pcmHeader(rate: number, sizes: { riff: number; data: number }): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(sizes.riff, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(sizes.data, 40);
  return header;
}

/** A whole float32 WAV file of one channel, with `fact` and `PEAK` before the sound as libsndfile writes them. */
export function floatWav(samples: Float32Array, rate: number): Buffer {
  const head = Buffer.alloc(80);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(72 + samples.length * 4, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(3, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 4, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(32, 34);
  head.write('fact', 36, 'latin1');
  head.writeUInt32LE(4, 40);
  head.writeUInt32LE(samples.length, 44);
  head.write('PEAK', 48, 'latin1');
  head.writeUInt32LE(16, 52);
  head.writeUInt32LE(1, 56);
  // The time is left out, so that the same sound is the same file.
  let at = 0;
  for (let i = 0; i < samples.length; i += 1) if (Math.abs(samples[i] ?? 0) > Math.abs(samples[at] ?? 0)) at = i;
  head.writeFloatLE(Math.abs(samples[at] ?? 0), 64);
  head.writeUInt32LE(at, 68);
  head.write('data', 72, 'latin1');
  head.writeUInt32LE(samples.length * 4, 76);
  const body = Buffer.alloc(samples.length * 4);
  samples.forEach((sample, i) => {
    body.writeFloatLE(sample, i * 4);
  });
  return Buffer.concat([head, body]);
}

/** Sentences put together up to so many characters; a longer sentence stays whole. */
export function sentenceChunks(text: string, size: number): string[] {
  const chunks: string[] = [];
  for (const sentence of text.split(/(?<=[.!?…])\s+/u).filter((part) => part.trim() !== '')) {
    const last = chunks.at(-1);
    if (last !== undefined && last.length + 1 + sentence.length <= size)
      chunks[chunks.length - 1] = `${last} ${sentence}`;
    else chunks.push(sentence);
  }
  return chunks;
}

/** Length of a WAV file in seconds; null where it is none. */
export function wavSeconds(file: Buffer): number | null {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') return null;
  let bytesPerSecond = 0;
  for (let at = 12; at + 8 <= file.length; ) {
    const size = file.readUInt32LE(at + 4);
    const name = file.toString('latin1', at, at + 4);
    if (name === 'fmt ' && at + 20 <= file.length) bytesPerSecond = file.readUInt32LE(at + 16);
    if (name === 'data') return bytesPerSecond === 0 ? null : Math.min(size, file.length - at - 8) / bytesPerSecond;
    at += 8 + size + (size % 2);
  }
  return null;
}
