import { encode } from '../../engine/export/encode.ts';

export const PRECISIONS = ['MULAW', 'PCM_16', 'PCM_24', 'PCM_32'] as const;
export type Precision = (typeof PRECISIONS)[number];

const BYTES: Readonly<Record<Precision, number>> = { MULAW: 1, PCM_16: 2, PCM_24: 3, PCM_32: 4 };
const OPEN = 0xffffffff;

/** A chunk of a RIFF file. */
function chunk(name: string, body: Buffer, size = body.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(size, 4);
  return Buffer.concat([head, body]);
}

/** What stands before the sound of a stream: marks on its time line, and what each of them is called. */
function marks(): Buffer[] {
  const cue = Buffer.alloc(4 + 24);
  cue.writeUInt32LE(1, 0);
  cue.writeUInt32LE(1, 4);
  cue.write('data', 12, 'latin1');
  const text = Buffer.alloc(20 + 4);
  text.writeUInt32LE(1, 0);
  text.write('grph', 8, 'latin1');
  text.write('a', 20, 'latin1');
  return [chunk('cue ', cue), chunk('list', Buffer.concat([Buffer.from('adtl', 'latin1'), chunk('ltxt', text)]))];
}

/** One sample as G.711 μ-law has it. @param sample -1 to +1 */
function muLaw(sample: number): number {
  const magnitude = Math.min(32635, Math.round(Math.abs(sample) * 32767)) + 132;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}

/**
 * A WAV file as it is streamed, its marks before its sound.
 * @param rate Hz
 * @param samples how many there are, where that is known
 */
export function resembleWav(rate: number, precision: Precision, samples?: number) {
  const width = BYTES[precision];
  const format = Buffer.alloc(16);
  format.writeUInt16LE(precision === 'MULAW' ? 7 : 1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * width, 8);
  format.writeUInt16LE(width, 12);
  format.writeUInt16LE(width * 8, 14);
  const before = Buffer.concat([Buffer.from('WAVE', 'latin1'), chunk('fmt ', format), ...marks()]);
  const size = samples === undefined ? OPEN : samples * width;
  const body = Buffer.concat([before, chunk('data', Buffer.alloc(0), size)]);
  return {
    header: chunk('RIFF', body, samples === undefined ? OPEN : body.length + size),
    samples(sound: Float32Array): Buffer {
      const bytes = Buffer.alloc(sound.length * width);
      const most = 2 ** (width * 8 - 1);
      sound.forEach((sample, i) => {
        if (width === 1) bytes[i] = muLaw(sample);
        else bytes.writeIntLE(Math.max(-most, Math.min(most - 1, Math.round(sample * most))), i * width, width);
      });
      return bytes;
    },
  };
}

/** A whole file. */
export async function resembleSound(
  sounds: readonly Float32Array[],
  asked: { sample_rate: number; precision: Precision; output_format: 'wav' | 'mp3' },
): Promise<{ file: Buffer; seconds: number }> {
  const samples = sounds.reduce((sum, sound) => sum + sound.length, 0);
  const seconds = samples / asked.sample_rate;
  if (asked.output_format === 'mp3') {
    const whole = new Float32Array(samples);
    let at = 0;
    for (const sound of sounds) {
      whole.set(sound, at);
      at += sound.length;
    }
    return { file: Buffer.from((await encode(whole, asked.sample_rate, 'mp3', '')).bytes), seconds };
  }
  const wav = resembleWav(asked.sample_rate, asked.precision, samples);
  return { file: Buffer.concat([wav.header, ...sounds.map((sound) => wav.samples(sound))]), seconds };
}
