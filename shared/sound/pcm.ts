/** Level of a gain in dB as a factor: 10^(dB/20). `-Infinity` gives 0. */
export function dbToGain(db: number): number {
  return 10 ** (db / 20);
}

/** A factor as a level in dB: 20·log10. 0 gives `-Infinity`. */
export function gainToDb(gain: number): number {
  return 20 * Math.log10(gain);
}

/** s16 as float, -1 to just under +1: the sample divided by 32768, which float32 holds exactly. */
export function s16ToFloat(samples: Int16Array): Float32Array {
  const floats = new Float32Array(samples.length);
  for (let i = 0; i < samples.length; i += 1) floats[i] = (samples[i] ?? 0) / 32768;
  return floats;
}

/** One float sample as s16: times 32768, rounded to the nearest (a half upwards), clipped; NaN is 0. */
export function sampleToS16(sample: number): number {
  const scaled = Math.round(sample * 32768);
  if (scaled > 32767) return 32767;
  if (scaled < -32768) return -32768;
  return scaled || 0;
}

/** Float as s16 by the rule of {@link sampleToS16}. The way back from {@link s16ToFloat} is exact. */
export function floatToS16(samples: Float32Array): Int16Array {
  const integers = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i += 1) integers[i] = sampleToS16(samples[i] ?? 0);
  return integers;
}

/** True where this machine keeps the low byte first, as every file of ours does. */
const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Samples of little-endian s16 bytes. A last odd byte is left out. The bytes are copied. */
export function bytesToS16(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(bytes.length >> 1);
  if (LITTLE_ENDIAN) {
    new Uint8Array(samples.buffer).set(bytes.subarray(0, samples.length * 2));
    return samples;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < samples.length; i += 1) samples[i] = view.getInt16(i * 2, true);
  return samples;
}

/** Little-endian bytes of s16 samples. On a little-endian machine they share the samples' memory. */
export function s16ToBytes(samples: Int16Array): Uint8Array<ArrayBuffer> {
  if (LITTLE_ENDIAN && samples.buffer instanceof ArrayBuffer) {
    return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  }
  const bytes = new Uint8Array(samples.length * 2);
  const view = new DataView(bytes.buffer);
  samples.forEach((sample, i) => {
    view.setInt16(i * 2, sample, true);
  });
  return bytes;
}

/** Bytes of a WAV header as {@link wavHeader} writes it. */
export const WAV_HEADER_BYTES = 44;

/**
 * Header of a WAV file of s16 samples in one channel (RIFF, `fmt ` of 16 bytes, `data`).
 *
 * @param samples how many follow; infinite where that is not known yet. The sizes are held at the format's 4 GiB where they
 *   would not fit, which players and libraries take for “until the end”
 * @param sampleRate Hz
 */
export function wavHeader(samples: number, sampleRate: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(header.buffer);
  const tag = (offset: number, name: string) => {
    for (let i = 0; i < 4; i += 1) view.setUint8(offset + i, name.charCodeAt(i));
  };
  const dataBytes = Math.min(samples * 2, 0xffffffff - (WAV_HEADER_BYTES - 8));
  tag(0, 'RIFF');
  view.setUint32(4, dataBytes + WAV_HEADER_BYTES - 8, true);
  tag(8, 'WAVE');
  tag(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  tag(36, 'data');
  view.setUint32(40, dataBytes, true);
  return header;
}

/** A whole WAV file of s16 samples in one channel. */
export function wavFile(samples: Int16Array, sampleRate: number): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(WAV_HEADER_BYTES + samples.byteLength);
  file.set(wavHeader(samples.length, sampleRate));
  file.set(s16ToBytes(samples), WAV_HEADER_BYTES);
  return file;
}
