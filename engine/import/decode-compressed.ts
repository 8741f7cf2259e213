import { FLACDecoder } from '@wasm-audio-decoders/flac';
import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis';
import { MPEGDecoder } from 'mpg123-decoder';
import type { PcmSink } from './pcm-sink.ts';

/** Bytes given to a decoder at a time, so that a long file is never in memory as float. */
const PIECE = 64 * 1024;

interface Decoded {
  channelData: Float32Array[];
  sampleRate: number;
  bitDepth?: number;
  errors: unknown[];
}

interface Decoder {
  readonly ready: Promise<void>;
  decode(bytes: Uint8Array): Decoded | Promise<Decoded>;
  flush?(): Decoded | Promise<Decoded>;
  free(): void;
}

/** How many parts of the file could not be decoded. */
async function decodeWith(
  decoder: Decoder,
  bytes: Uint8Array,
  sink: PcmSink,
  scale: (decoded: Decoded) => number = () => 1,
): Promise<number> {
  let errors = 0;
  const take = (decoded: Decoded) => {
    errors += decoded.errors.length;
    const factor = scale(decoded);
    const channels = decoded.channelData;
    sink.add(factor === 1 ? channels : channels.map((data) => data.map((v) => v * factor)), decoded.sampleRate);
  };
  try {
    await decoder.ready;
    for (let at = 0; at < bytes.length; at += PIECE) take(await decoder.decode(bytes.subarray(at, at + PIECE)));
    if (decoder.flush) take(await decoder.flush());
    return errors;
  } finally {
    decoder.free();
  }
}

/** The library divides by the highest sample (32,767 at 16 bits) where everybody else divides by the next power of two. */
const flacScale = (bitDepth: number) => (2 ** (bitDepth - 1) - 1) / 2 ** (bitDepth - 1);

/** @returns how many parts could not be decoded @throws FaultError unsupported, too_large */
export const decodeMp3 = (bytes: Uint8Array, sink: PcmSink) => decodeWith(new MPEGDecoder(), bytes, sink);
export const decodeFlac = (bytes: Uint8Array, sink: PcmSink) =>
  decodeWith(new FLACDecoder(), bytes, sink, ({ bitDepth = 16 }) => flacScale(bitDepth));
export const decodeVorbis = (bytes: Uint8Array, sink: PcmSink) => decodeWith(new OggVorbisDecoder(), bytes, sink);
