// The first frame of an MP3 that carries no sound but says how much there is: Xing's frame and byte counts with the
// LAME tag's delay and padding behind it. Layout: G. Bouvigne, "MP3 Info Tag revision 1".

/** Samples LAME puts before the first one (its `ENCDELAY`). */
const ENCODER_DELAY = 576;
/** Bit rates of layer III in kbit/s by index, for MPEG-1 and for MPEG-2 (ISO/IEC 11172-3 and 13818-3). */
const KBITS_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const KBITS_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES_1 = [44_100, 48_000, 32_000];

interface Frame {
  mpeg1: boolean;
  bytes: number;
  samples: number;
}

/** The frame whose header stands at `offset`; null where none does. */
function frameAt(view: DataView, offset: number): Frame | null {
  if (offset + 4 > view.byteLength || view.getUint16(offset) >>> 5 !== 0x7ff) return null;
  const second = view.getUint8(offset + 1);
  const third = view.getUint8(offset + 2);
  const mpeg1 = (second & 0x18) === 0x18;
  const kbits = (mpeg1 ? KBITS_1 : KBITS_2)[third >> 4];
  const rate = RATES_1[(third >> 2) & 3];
  if ((second & 6) !== 2 || !kbits || !rate) return null;
  const samples = mpeg1 ? 1152 : 576;
  const bytes = Math.floor(((samples / 8) * kbits * 1000) / (mpeg1 ? rate : rate / 2)) + ((third >> 1) & 1);
  return { mpeg1, bytes, samples };
}

/** Bytes of the ID3v2 tag a file begins with; its size is written in groups of seven bits. */
function id3Bytes(file: Uint8Array): number {
  if (String.fromCharCode(...file.subarray(0, 3)) !== 'ID3') return 0;
  const [a = 0, b = 0, c = 0, d = 0] = file.subarray(6, 10);
  return 10 + ((a << 21) | (b << 14) | (c << 7) | d);
}

/** CRC-16 as the tag has it: polynomial 0x8005, lowest bit first. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}

/**
 * An MP3 of one channel with a frame before its first that tells decoders where the sound begins and ends, to the
 * sample. A file that is not as expected is given back as it is.
 *
 * @param file made by LAME at a constant bit rate, without such a frame
 * @param length samples that went in
 */
export function withInfoFrame(file: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = id3Bytes(file);
  const first = frameAt(view, start);
  if (!first) return file;
  let frames = 0;
  let at = start;
  for (let frame: Frame | null = first; frame; frame = frameAt(view, at)) {
    frames += 1;
    at += frame.bytes;
  }
  // Twelve bits each; LAME flushes at least 288 samples after the last one.
  const padding = Math.min(4095, Math.max(0, frames * first.samples - length - ENCODER_DELAY));

  const info = new Uint8Array(first.bytes);
  const out = new DataView(info.buffer);
  const text = (offset: number, words: string) => info.set(new TextEncoder().encode(words), offset);
  info.set(file.subarray(start, start + 4));
  // No padding byte, no checksum: this frame is written by hand.
  info[1] = (info[1] ?? 0) | 1;
  info[2] = (info[2] ?? 0) & ~2;
  const frameBytes = frameAt(out, 0)?.bytes ?? first.bytes;
  const tag = first.mpeg1 ? 21 : 13;
  text(tag, 'Info');
  out.setUint32(tag + 4, 0b1111);
  out.setUint32(tag + 8, frames);
  out.setUint32(tag + 12, at - start + frameBytes);
  // The frames are equally long, so the table of contents is a straight line.
  for (let i = 0; i < 100; i += 1) info[tag + 16 + i] = Math.floor((i * 256) / 100);
  out.setUint32(tag + 116, 78);
  const lame = tag + 120;
  text(lame, 'LAME3.100');
  info[lame + 9] = 1;
  info[lame + 20] = 0xff;
  out.setUint8(lame + 21, ENCODER_DELAY >> 4);
  out.setUint8(lame + 22, ((ENCODER_DELAY & 15) << 4) | (padding >> 8));
  out.setUint8(lame + 23, padding & 255);
  out.setUint32(lame + 28, at - start + frameBytes);
  out.setUint16(lame + 34, crc16(info.subarray(0, lame + 34)));

  const whole = new Uint8Array(file.length + frameBytes);
  whole.set(file.subarray(0, start));
  whole.set(info.subarray(0, frameBytes), start);
  whole.set(file.subarray(start), start + frameBytes);
  return whole;
}
