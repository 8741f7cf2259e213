import { S16Assembler } from '../../shared/sound/s16-assembler.ts';

/**
 * Reads s16le samples from a stream of bytes as they arrive.
 *
 * @param onSamples gets each piece; its memory is the receiver's
 * @throws what the stream throws when it breaks off
 */
export async function readPcm(
  body: ReadableStream<Uint8Array<ArrayBufferLike>>,
  onSamples: (samples: Int16Array<ArrayBuffer>) => void,
): Promise<void> {
  const assembler = new S16Assembler();
  for await (const bytes of body) {
    const samples = assembler.push(bytes);
    if (samples.length > 0) onSamples(samples);
  }
}
