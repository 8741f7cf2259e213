import { createDecoder, type OpusDecoderHandle } from 'libopus-wasm';
import { BufferSource, EncodedPacketSink, Input, OGG } from 'mediabunny';
import { FaultError, fault } from '../../shared/errors.ts';
import type { PcmSink } from './pcm-sink.ts';

const RATE = 48_000;
/** Channels libopus decodes in one stream (mapping family 0 of RFC 7845). */
const MOST = 2;

/** Takes interleaved samples apart. */
function planes(interleaved: Float32Array, channels: number, from: number, to: number): Float32Array[] {
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from({ length: to - from }, (_, i) => interleaved[(from + i) * channels + channel] ?? 0),
  );
}

/**
 * Reads an Ogg Opus file: without what the encoder put before the first sample, and ended where the last page says.
 *
 * @returns how many packets could not be decoded
 * @throws FaultError unsupported, too_large
 */
export async function decodeOpus(bytes: Uint8Array, sink: PcmSink): Promise<number> {
  const input = new Input({ source: new BufferSource(bytes), formats: [OGG] });
  let decoder: OpusDecoderHandle | null = null;
  try {
    const track = await input.getPrimaryAudioTrack();
    const config = await track?.getDecoderConfig();
    if (!track || !config) throw fault('unsupported', 'The file has no sound in it.');
    const channels = config.numberOfChannels;
    if (channels !== 1 && channels !== MOST) {
      throw fault('unsupported', `An Opus file of ${channels} channels cannot be read; one or two can.`);
    }
    const head = config.description ? new Uint8Array(config.description as ArrayBuffer) : null;
    let skip = head ? (head[10] ?? 0) | ((head[11] ?? 0) << 8) : 0;
    decoder = await createDecoder({ channels, sampleRate: RATE });
    let errors = 0;
    for await (const packet of new EncodedPacketSink(track).packets()) {
      try {
        const sound = decoder.decodeFloat(packet.data);
        const frames = sound.length / channels;
        const from = Math.min(skip, frames);
        skip -= from;
        // A packet's duration is what is heard of it: without the pre-skip, and cut at the end of the sound.
        const to = Math.min(frames, from + Math.round(packet.duration * RATE));
        sink.add(planes(sound, channels, from, to), RATE);
      } catch (thrown) {
        if (thrown instanceof FaultError) throw thrown;
        errors += 1;
      }
    }
    return errors;
  } finally {
    decoder?.free();
    input.dispose();
  }
}
