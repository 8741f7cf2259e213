/** How a test’s WAV file is written. */
export interface WavOptions {
  /** Hz. */
  rate?: number;
  bits?: number;
  /** Format tag: 1 whole numbers, 3 float, 0xFFFE extensible (whole numbers). */
  format?: number;
  /** What the header says in place of the true number of channels. */
  channels?: number;
  /** What the header says in place of the true size of the sound in bytes. */
  dataSize?: number;
  /** Chunks before the sound and after it, by name, with so many bytes. */
  before?: readonly Chunk[];
  after?: readonly Chunk[];
}

type Chunk = readonly [name: string, bytes: number];

function chunk(name: string, body: Buffer, size = body.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(size, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

function formatChunk({ rate = 24_000, bits = 16, format = 1 }: WavOptions, channels: number): Buffer {
  const align = (bits / 8) * channels;
  const body = Buffer.alloc(format === 0xfffe ? 40 : 16);
  body.writeUInt16LE(format, 0);
  body.writeUInt16LE(channels, 2);
  body.writeUInt32LE(rate, 4);
  body.writeUInt32LE(rate * align > 0xffffffff ? 0 : rate * align, 8);
  body.writeUInt16LE(align, 12);
  body.writeUInt16LE(bits, 14);
  if (format === 0xfffe) {
    body.writeUInt16LE(22, 16);
    body.writeUInt16LE(bits, 18);
    body.writeUInt16LE(1, 24);
  }
  return chunk('fmt ', body);
}

function soundBytes(channels: readonly (readonly number[])[], { bits = 16, format = 1 }: WavOptions): Buffer {
  const frames = channels[0]?.length ?? 0;
  const width = bits / 8;
  const sound = Buffer.alloc(frames * width * channels.length);
  const most = 2 ** (bits - 1);
  for (let at = 0, i = 0; i < frames; i += 1) {
    for (const channel of channels) {
      const value = channel[i] ?? 0;
      const whole = Math.min(most - 1, Math.round(value * most));
      if (format === 3) sound[bits === 64 ? 'writeDoubleLE' : 'writeFloatLE'](value, at);
      else if (bits === 8) sound.writeUInt8(whole + 128, at);
      else sound.writeIntLE(whole, at, width);
      at += width;
    }
  }
  return sound;
}

/** A WAV file of any kind, true or lying, for tests. @param channels samples from -1 to +1, one list for each channel */
export function wavOf(channels: readonly (readonly number[])[], options: WavOptions = {}): Uint8Array<ArrayBuffer> {
  const sound = soundBytes(channels, options);
  const others = (list: readonly Chunk[] = []) => list.map(([name, size]) => chunk(name, Buffer.alloc(size, 7)));
  const body = Buffer.concat([
    Buffer.from('WAVE', 'latin1'),
    formatChunk(options, options.channels ?? channels.length),
    ...others(options.before),
    chunk('data', sound, options.dataSize ?? sound.length),
    ...others(options.after),
  ]);
  return new Uint8Array(chunk('RIFF', body, options.dataSize ?? body.length));
}

/** Cuts bytes into pieces of a size; the last one may be shorter. */
export function inPieces(bytes: Uint8Array, size: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
  return pieces;
}
