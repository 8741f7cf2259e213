import type { ExportFormat } from '../../shared/schemas/export.ts';
import { floatToS16, s16ToFloat, wavFile } from '../../shared/sound/pcm.ts';
import { decodeMp3 } from '../import/decode-compressed.ts';
import { decodeOpus } from '../import/decode-opus.ts';
import { PcmSink } from '../import/pcm-sink.ts';
import { encodeFlac, encodeMp3 } from './encode-mediabunny.ts';
import { encodeOpus } from './encode-opus.ts';

/** A file, and the sound one hears from it. */
export interface Encoded {
  bytes: Uint8Array<ArrayBuffer>;
  /** -1 to +1, as a decoder gives it. */
  heard: Float32Array;
}

/** Formats whose sound is not exactly what went in. */
export const isLossy = (format: ExportFormat) => format === 'mp3' || format === 'opus';

/**
 * Writes a sound as a file and says what is heard from it.
 *
 * WAV and FLAC are 16 bits, each sample rounded to the nearest and clipped, without dither: takes are 16-bit speech whose
 * own noise does dither's work, and so an export is the offline render bit for bit, and an untouched take its own samples.
 *
 * @param samples -1 to +1; what is over is clipped
 * @param sampleRate Hz; 48,000 for Opus
 * @param comment for the file's tags, where the format has them; may be empty
 */
export async function encode(
  samples: Float32Array,
  sampleRate: number,
  format: ExportFormat,
  comment: string,
): Promise<Encoded> {
  const rounded = floatToS16(samples);
  switch (format) {
    case 'wav':
      return { bytes: wavFile(rounded, sampleRate), heard: s16ToFloat(rounded) };
    case 'flac':
      return { bytes: await encodeFlac(rounded, sampleRate, comment), heard: s16ToFloat(rounded) };
    case 'mp3':
      return decoded(await encodeMp3(s16ToFloat(rounded), sampleRate, comment), decodeMp3);
    case 'opus':
      return decoded(await encodeOpus(s16ToFloat(rounded), comment), decodeOpus);
  }
}

async function decoded(
  bytes: Uint8Array<ArrayBuffer>,
  decode: (bytes: Uint8Array, sink: PcmSink) => Promise<number>,
): Promise<Encoded> {
  const sink = new PcmSink(Number.POSITIVE_INFINITY);
  await decode(bytes, sink);
  return { bytes, heard: s16ToFloat(sink.samples()) };
}
