import { fault } from '../../../shared/errors.ts';
import { bytesToS16, sampleToS16 } from '../../../shared/sound/pcm.ts';

/** How the samples of a WAV stream are written. */
export interface WavFormat {
  encoding: 'integer' | 'float';
  /** Bits of one sample: 8 (unsigned), 16, 24, 32 as integers, 32 and 64 as floats. */
  bits: number;
  channels: number;
  /** Hz. */
  sampleRate: number;
  /** Bytes of sound the header promises; null where it leaves the length open. */
  dataBytes: number | null;
}

/** Format tags of the `fmt ` chunk. Source: Microsoft, mmreg.h. */
const TAG_INTEGER = 1;
const TAG_FLOAT = 3;
const TAG_EXTENSIBLE = 0xfffe;
/** Where the true tag of an extensible format stands in its chunk. */
const SUBFORMAT_AT = 24;

/**
 * From this size on a length is no length: servers that do not know it yet write 0x7FFFFFDB, 0x7FFFFFFF, 0xFFFFFFDB or
 * 0xFFFFFFFF. Nobody means 2 GiB of speech.
 */
const OPEN_FROM = 0x7fffff00;
/** Bytes that may stand before the sound: some servers put cue lists there, none a megabyte. */
const MOST_HEADER = 1024 * 1024;
const MOST_CHANNELS = 8;

/** A second header in the midst of the sound: `RIFF`, four bytes of size, `WAVEfmt `. */
const SECOND_HEADER = 16;

const CUT = { kept: 'The sound that had come is kept.', todo: 'Try again.' };
const NO_SOUND = {
  kept: 'Your text and takes are kept.',
  todo: 'See whether the address is that of a speech server.',
};

const ascii = (bytes: Uint8Array, at: number, length: number) =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** Where a second WAV file begins in these bytes; -1 where none does. */
function findSecondHeader(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0x52); at >= 0 && at + SECOND_HEADER <= bytes.length; at = bytes.indexOf(0x52, at + 1)) {
    if (ascii(bytes, at, 4) === 'RIFF' && ascii(bytes, at + 8, 8) === 'WAVEfmt ') return at;
  }
  return -1;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/**
 * Reads a WAV stream as it arrives, as one channel of s16 at the stream's own rate. Its chunks are walked, as other ones
 * may stand before the sound, and sizes that are no sizes mean “to the end”.
 */
export class WavReader {
  /** Room for the header, and how much of it is filled. */
  #head: Uint8Array = new Uint8Array(4096);
  #filled = 0;
  /** Where the next chunk of the header begins, as far as it was walked. */
  #at = 12;
  #written: Omit<WavFormat, 'dataBytes'> | null = null;
  #format: WavFormat | null = null;
  /** Bytes of sound taken so far. */
  #taken = 0;
  /** Bytes that wait: of a frame that is not whole, or that may begin a second header. */
  #held: Uint8Array = new Uint8Array(0);

  /** Null until the header has been read. */
  get format(): WavFormat | null {
    return this.#format;
  }

  /**
   * The samples that are whole now.
   * @throws FaultError bad_audio; cut_short where a second file begins in the midst of the first: so a server ends that
   *   failed while it spoke
   */
  push(bytes: Uint8Array): Int16Array {
    if (this.#format) return this.#sound(this.#format, bytes, false);
    const head = this.#withMore(bytes);
    const start = this.#parse(head);
    if (start === null) {
      if (head.length > MOST_HEADER)
        throw fault('bad_audio', 'The WAV stream has no sound in its first megabyte.', NO_SOUND);
      return new Int16Array(0);
    }
    const rest = head.subarray(start);
    this.#head = new Uint8Array(0);
    return this.#format ? this.#sound(this.#format, rest, false) : new Int16Array(0);
  }

  /**
   * The last samples.
   * @throws FaultError bad_audio where no header came; cut_short where fewer bytes came than the header promised, or the
   *   last sample is not whole
   */
  end(): Int16Array {
    const format = this.#format;
    if (!format) throw fault('bad_audio', 'The WAV stream ended before its sound began.', NO_SOUND);
    const last = this.#sound(format, new Uint8Array(0), true);
    const { dataBytes } = format;
    if (dataBytes !== null && this.#taken < dataBytes) {
      throw fault('cut_short', `Only ${this.#taken} of ${dataBytes} bytes of sound came.`, CUT);
    }
    if (dataBytes === null && this.#held.length > 0) throw fault('cut_short', 'The sound ended within a sample.', CUT);
    return last;
  }

  /** The bytes of the header so far. There is always room for twice as many, so that no piece makes all move. */
  #withMore(bytes: Uint8Array): Uint8Array {
    const filled = this.#filled + bytes.length;
    if (filled > this.#head.length) {
      const roomier = new Uint8Array(2 * filled);
      roomier.set(this.#head.subarray(0, this.#filled));
      this.#head = roomier;
    }
    this.#head.set(bytes, this.#filled);
    this.#filled = filled;
    return this.#head.subarray(0, filled);
  }

  /** Walks the chunks. @returns where the sound begins, or null where more bytes are needed */
  #parse(bytes: Uint8Array): number | null {
    if (bytes.length < 12) return null;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // What was walked once is not walked again: a header may come in very many pieces.
    while (this.#at + 8 <= bytes.length) {
      const at = this.#at;
      const name = ascii(bytes, at, 4);
      const size = view.getUint32(at + 4, true);
      if (name === 'data') {
        const fmt = this.#written;
        if (!fmt) throw fault('bad_audio', 'The WAV stream does not say how its sound is written.', NO_SOUND);
        this.#format = { ...fmt, dataBytes: size === 0 || size >= OPEN_FROM ? null : size };
        return at + 8;
      }
      const next = at + 8 + size + (size % 2);
      if (name === 'fmt ') {
        if (bytes.length < next) return null;
        this.#written = readFormat(view, at + 8, size);
      }
      this.#at = next;
    }
    return null;
  }

  #sound(format: WavFormat, bytes: Uint8Array, last: boolean): Int16Array {
    const { dataBytes } = format;
    let sound = joined(this.#held, dataBytes === null ? bytes : bytes.subarray(0, dataBytes - this.#taken));
    this.#taken += sound.length - this.#held.length;
    let keep = 0;
    if (dataBytes === null) {
      const second = findSecondHeader(sound);
      if (second >= 0) {
        throw fault(
          'cut_short',
          'The server began its answer anew in the midst of the sound, as it does where it fails.',
          CUT,
        );
      }
      if (!last) keep = Math.min(sound.length, SECOND_HEADER - 1);
    }
    const frame = (format.bits / 8) * format.channels;
    // What is kept back for the search must not part a frame either.
    const usable = Math.floor((sound.length - keep) / frame) * frame;
    this.#held = sound.slice(usable);
    sound = sound.subarray(0, usable);
    if (format.bits === 16 && format.channels === 1) return bytesToS16(sound);
    return mixed(sound, format);
  }
}

function readFormat(view: DataView, at: number, size: number): Omit<WavFormat, 'dataBytes'> {
  if (size < 16) throw fault('bad_audio', 'The WAV stream does not say how its sound is written.', NO_SOUND);
  const written = view.getUint16(at, true);
  const tag = written === TAG_EXTENSIBLE && size >= 40 ? view.getUint16(at + SUBFORMAT_AT, true) : written;
  const channels = view.getUint16(at + 2, true);
  const sampleRate = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  const known =
    (tag === TAG_INTEGER && [8, 16, 24, 32].includes(bits)) || (tag === TAG_FLOAT && [32, 64].includes(bits));
  if (!known || channels < 1 || channels > MOST_CHANNELS || sampleRate < 8000 || sampleRate > 192_000) {
    throw fault('bad_audio', 'The WAV stream is of a kind that cannot be read.', {
      ...NO_SOUND,
      said: `format ${tag}, ${bits} bits, ${channels} channels, ${sampleRate} Hz`,
    });
  }
  return { encoding: tag === TAG_FLOAT ? 'float' : 'integer', bits, channels, sampleRate };
}

/** One sample as a float, -1 to +1. */
function sampleReader({ encoding, bits }: WavFormat): (view: DataView, at: number) => number {
  if (encoding === 'float') {
    return bits === 32 ? (view, at) => view.getFloat32(at, true) : (view, at) => view.getFloat64(at, true);
  }
  switch (bits) {
    case 8:
      return (view, at) => (view.getUint8(at) - 128) / 128;
    case 16:
      return (view, at) => view.getInt16(at, true) / 32_768;
    case 24:
      return (view, at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65_536) / 8_388_608;
    default:
      return (view, at) => view.getInt32(at, true) / 2_147_483_648;
  }
}

/** Whole frames as one channel: the mean of all channels. What is no number becomes silence. */
function mixed(bytes: Uint8Array, format: WavFormat): Int16Array {
  const { bits, channels } = format;
  const width = bits / 8;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = sampleReader(format);
  const samples = new Int16Array(bytes.length / (width * channels));
  for (let i = 0; i < samples.length; i += 1) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) sum += read(view, (i * channels + channel) * width);
    samples[i] = sampleToS16(sum / channels);
  }
  return samples;
}
