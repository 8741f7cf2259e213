import { Application, createEncoder, Signal } from 'libopus-wasm';
import { BufferTarget, EncodedAudioPacketSource, EncodedPacket, OggOutputFormat, Output } from 'mediabunny';

/** The rate Opus decodes at and counts in, whatever went in (RFC 7845, section 4), in Hz. */
export const OPUS_RATE = 48_000;
/** One packet: 20 ms. */
const FRAME = OPUS_RATE / 50;
/** bit/s; Opus is transparent for one voice from about 64 kbit/s on. */
const BITRATE = 96_000;

/** The identification header of one channel (RFC 7845, section 5.1). */
function opusHead(preSkip: number, inputRate: number): Uint8Array {
  const head = new Uint8Array(19);
  const view = new DataView(head.buffer);
  head.set(new TextEncoder().encode('OpusHead'));
  view.setUint8(8, 1);
  view.setUint8(9, 1);
  view.setUint16(10, preSkip, true);
  view.setUint32(12, inputRate, true);
  return head;
}

/**
 * An Ogg Opus file. What the encoder puts before the first sample is told as pre-skip, and the last page's granule
 * position ends the sound at its last sample, so that decoded it is exactly as long as what went in.
 *
 * @param samples -1 to +1 at {@link OPUS_RATE}
 */
export async function encodeOpus(samples: Float32Array, comment: string): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = await createEncoder({
    channels: 1,
    sampleRate: OPUS_RATE,
    application: Application.Audio,
    signal: Signal.Voice,
    bitrate: BITRATE,
    frameSize: FRAME,
  });
  try {
    const preSkip = encoder.getLookahead();
    const target = new BufferTarget();
    const output = new Output({ format: new OggOutputFormat(), target });
    const source = new EncodedAudioPacketSource('opus');
    output.addAudioTrack(source);
    if (comment) output.setMetadataTags({ comment });
    await output.start();
    const meta = {
      decoderConfig: {
        codec: 'opus',
        numberOfChannels: 1,
        sampleRate: OPUS_RATE,
        description: opusHead(preSkip, OPUS_RATE),
      },
    };
    // The encoder gives everything `preSkip` later; what remains in it is pushed out by silence.
    const total = preSkip + samples.length;
    for (let at = 0; at < total; at += FRAME) {
      const frame = new Float32Array(FRAME);
      frame.set(samples.subarray(at, at + FRAME));
      const kept = Math.min(FRAME, total - at);
      const packet = new EncodedPacket(encoder.encodeFloat(frame), 'key', at / OPUS_RATE, kept / OPUS_RATE);
      await source.add(packet, at === 0 ? meta : undefined);
    }
    await output.finalize();
    return new Uint8Array(target.buffer ?? new ArrayBuffer(0));
  } finally {
    encoder.free();
  }
}
