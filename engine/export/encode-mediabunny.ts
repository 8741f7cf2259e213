import { registerFlacEncoder } from '@mediabunny/flac-encoder';
import { registerMp3Encoder } from '@mediabunny/mp3-encoder';
import {
  AudioSample,
  AudioSampleSource,
  BufferTarget,
  FlacOutputFormat,
  Mp3OutputFormat,
  Output,
  type OutputFormat,
} from 'mediabunny';
import { s16ToBytes } from '../../shared/sound/pcm.ts';
import { withInfoFrame } from './mp3-info-frame.ts';

registerFlacEncoder();
registerMp3Encoder();

/** Samples handed to an encoder at a time: progress, and no second copy of a long take. */
const PIECE = 48_000;

async function encode(
  format: OutputFormat,
  codec: { codec: 'flac' | 'mp3'; bitrate?: number },
  samples: Int16Array,
  sampleRate: number,
  comment: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const source = new AudioSampleSource(codec);
  output.addAudioTrack(source);
  if (comment) output.setMetadataTags({ comment });
  await output.start();
  for (let at = 0; at < samples.length; at += PIECE) {
    const data = s16ToBytes(samples.subarray(at, at + PIECE)).slice();
    const piece = new AudioSample({ data, format: 's16', numberOfChannels: 1, sampleRate, timestamp: at / sampleRate });
    await source.add(piece);
    piece.close();
  }
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0));
}

/** A FLAC file, 16 bits: decoded it is the same samples. */
export function encodeFlac(samples: Int16Array, sampleRate: number, comment: string): Promise<Uint8Array<ArrayBuffer>> {
  return encode(new FlacOutputFormat(), { codec: 'flac' }, samples, sampleRate, comment);
}

/** Constant bit rate in bit/s: LAME's own choice for one channel of full quality, and of the lower rates' MPEG-2. */
const mp3Bitrate = (sampleRate: number) => (sampleRate >= 32_000 ? 128_000 : 96_000);

/** An MP3 file by LAME with the length told to the sample, so that a gapless decoder gives back as many as went in. */
export async function encodeMp3(
  samples: Int16Array,
  sampleRate: number,
  comment: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const format = new Mp3OutputFormat({ xingHeader: false });
  const bare = await encode(format, { codec: 'mp3', bitrate: mp3Bitrate(sampleRate) }, samples, sampleRate, comment);
  return withInfoFrame(bare, samples.length);
}
