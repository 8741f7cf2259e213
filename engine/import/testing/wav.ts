/** A WAV file of any kind, for tests. `format` 1 is whole numbers, 3 is float. */
export function wavOf(
  channels: readonly (readonly number[])[],
  { rate = 24_000, bits = 16, format = 1 }: { rate?: number; bits?: number; format?: number } = {},
): Uint8Array<ArrayBuffer> {
  const frames = channels[0]?.length ?? 0;
  const bytes = bits / 8;
  const align = bytes * channels.length;
  const file = Buffer.alloc(44 + frames * align);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(format, 20);
  file.writeUInt16LE(channels.length, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * align, 28);
  file.writeUInt16LE(align, 32);
  file.writeUInt16LE(bits, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(frames * align, 40);
  for (let i = 0; i < frames; i += 1) {
    channels.forEach((channel, number) => {
      const at = 44 + i * align + number * bytes;
      const value = channel[i] ?? 0;
      if (format === 3) file[bits === 64 ? 'writeDoubleLE' : 'writeFloatLE'](value, at);
      else if (bits === 8) file.writeUInt8(Math.round(value * 127) + 128, at);
      else file.writeIntLE(Math.round(value * (2 ** (bits - 1) - 1)), at, bytes);
    });
  }
  return new Uint8Array(file);
}
