/**
 * Reads s16le samples from a stream of bytes as they arrive. A sample whose two bytes come in two reads is put together.
 *
 * @param onSamples gets each piece; its memory is the receiver's
 * @throws what the stream throws when it breaks off
 */
export async function readPcm(
  body: ReadableStream<Uint8Array<ArrayBufferLike>>,
  onSamples: (samples: Int16Array<ArrayBuffer>) => void,
): Promise<void> {
  let odd = -1;
  for await (const bytes of body) {
    if (bytes.length === 0) continue;
    const carried = odd >= 0 ? 1 : 0;
    const whole = (bytes.length + carried) & ~1;
    const buffer = new Uint8Array(whole);
    if (carried && whole > 0) buffer[0] = odd;
    buffer.set(bytes.subarray(0, whole - carried), carried);
    odd = (bytes.length + carried) % 2 === 1 ? (bytes[bytes.length - 1] ?? -1) : -1;
    if (whole > 0) onSamples(new Int16Array(buffer.buffer));
  }
}
