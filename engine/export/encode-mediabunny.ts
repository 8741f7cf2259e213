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
import { floatToS16, s16ToBytes } from '../../shared/sound/pcm.ts';
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

/** What LAME's own setting for these bit rates multiplies every sample by (`scale` in its presets): -0.45 dB. */
const LAME_SCALE = 0.95;

/**
 * An MP3 file by LAME with the length told to the sample, so that a gapless decoder gives back as many as went in.
 *
 * What LAME takes off the level is given beforehand, as far as the highest sample allows without clipping: a sound that
 * reaches full scale comes out 0.45 dB quieter.
 *
 * @param samples -1 to +1
 */
export async function encodeMp3(
  samples: Float32Array,
  sampleRate: number,
  comment: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const highest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const gain = Math.max(1, Math.min(1 / LAME_SCALE, 1 / highest));
  const raised = floatToS16(samples.map((sample) => sample * gain));
  const format = new Mp3OutputFormat({ xingHeader: false });
  const bare = await encode(format, { codec: 'mp3', bitrate: mp3Bitrate(sampleRate) }, raised, sampleRate, comment);
  return withInfoFrame(bare, samples.length);
}
