import { fault } from '../../../shared/errors.ts';
import { S16Assembler } from '../../../shared/sound/s16-assembler.ts';
import { within } from '../http/within.ts';
import { readErrorBody } from './error-body.ts';
import { SNIFF_BYTES, sniffBody } from './sniff.ts';
import { WavReader } from './wav-reader.ts';

/** Sound as it comes out of a body. */
export interface ReadSpeech {
  /** Hz. */
  sampleRate: number;
  /** Samples it will have in all; null where that is not known. */
  totalSamples: number | null;
  /** s16, one channel. Throws a FaultError when it fails; ending normally means that nothing is known to be missing. */
  chunks: AsyncIterable<Int16Array>;
}

export interface ReadSpeechOptions {
  /** Who speaks, for messages. */
  server: string;
  /** Rate in Hz of a body that is samples without a header; null where the body must say what it is. */
  rawRate: number | null;
  /**
   * Decodes a compressed body.
   * @param name only for messages
   */
  decode(bytes: Uint8Array, name: string): Promise<{ samples: Int16Array; sampleRate: number }>;
}

/** Most bytes of a compressed body: two hours of mp3. */
const MOST_COMPRESSED = 200 * 1024 * 1024;
/** Bytes of a body without sound that are read for what it says. */
const MOST_WORDS = 64 * 1024;

/** Pieces of a body, of which the first ones can be looked at before they are taken. */
class Pieces {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #ahead: Uint8Array = new Uint8Array(0);
  #done = false;

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#iterator = body[Symbol.asyncIterator]();
  }

  /** At least so many bytes, or all there are. They are given again by {@link next}. */
  async peek(count: number): Promise<Uint8Array> {
    while (this.#ahead.length < count && !this.#done) {
      const { value, done } = await this.#iterator.next();
      if (done) this.#done = true;
      else this.#ahead = Buffer.concat([this.#ahead, value]);
    }
    return this.#ahead;
  }

  /** The next piece, or null at the end. */
  async next(): Promise<Uint8Array | null> {
    if (this.#ahead.length > 0) {
      const piece = this.#ahead;
      this.#ahead = new Uint8Array(0);
      return piece;
    }
    if (this.#done) return null;
    const { value, done } = await this.#iterator.next();
    this.#done = done === true;
    return done ? null : value;
  }

  /** All that is left, up to a number of bytes; null where there is more. */
  async all(most: number): Promise<Uint8Array | null> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for (let piece = await this.next(); piece; piece = await this.next()) {
      length += piece.length;
      if (length > most) return null;
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  }

  async close(): Promise<void> {
    await this.#iterator.return?.();
  }
}

/**
 * Reads the body of a successful answer as sound. What it is stands in the body, not in its headers. Resolves once the
 * first samples are there, so that an answer without sound is refused with a status.
 *
 * @throws FaultError cut_short (nothing came, or too little), bad_audio (it is no sound, with what it says instead)
 */
export async function readSpeech(body: AsyncIterable<Uint8Array>, options: ReadSpeechOptions): Promise<ReadSpeech> {
  const pieces = new Pieces(body);
  try {
    const head = await pieces.peek(SNIFF_BYTES);
    if (head.length === 0) {
      throw fault('cut_short', `${options.server} answered without any sound.`, { todo: 'Try again.' });
    }
    const kind = sniffBody(head.subarray(0, SNIFF_BYTES));
    switch (kind) {
      case 'wav':
        return await readWav(pieces);
      case 'mp3':
      case 'ogg':
      case 'flac':
        return await readCompressed(pieces, kind, options);
      case 'unknown':
        if (options.rawRate !== null) return await readRaw(pieces, options.rawRate, options.server);
    }
    const words = await pieces.peek(MOST_WORDS);
    const said = kind === 'unknown' ? null : readErrorBody(new TextDecoder().decode(words.subarray(0, MOST_WORDS)));
    throw fault('bad_audio', `${options.server} answered with something that is no sound.`, {
      todo: 'See whether the address is that of a speech server.',
      ...(said ? { said: said.message } : {}),
    });
  } catch (thrown) {
    await pieces.close();
    throw thrown;
  }
}

/** A stream that begins with samples already read. */
async function* begun(
  first: Int16Array,
  pieces: Pieces,
  push: (bytes: Uint8Array) => Int16Array,
  end: () => Int16Array,
): AsyncGenerator<Int16Array> {
  try {
    if (first.length > 0) yield first;
    for (let piece = await pieces.next(); piece; piece = await pieces.next()) {
      const samples = push(piece);
      if (samples.length > 0) yield samples;
    }
    const last = end();
    if (last.length > 0) yield last;
  } finally {
    await pieces.close();
  }
}

async function readWav(pieces: Pieces): Promise<ReadSpeech> {
  const reader = new WavReader();
  let first = new Int16Array(0);
  while (first.length === 0) {
    const piece = await pieces.next();
    if (!piece) {
      // Throws where the header promised more; a file that promises nothing and has nothing is no answer either.
      first = new Int16Array(reader.end());
      if (first.length === 0) throw fault('cut_short', 'The sound ended before it began.', { todo: 'Try again.' });
      break;
    }
    first = new Int16Array(reader.push(piece));
  }
  const { format } = reader;
  if (!format) throw fault('bad_audio', 'The WAV stream ended before its sound began.', { todo: 'Try again.' });
  const { dataBytes, bits, channels, sampleRate } = format;
  return {
    sampleRate,
    totalSamples: dataBytes === null ? null : Math.floor(dataBytes / ((bits / 8) * channels)),
    chunks: begun(
      first,
      pieces,
      (bytes) => reader.push(bytes),
      () => reader.end(),
    ),
  };
}

async function readRaw(pieces: Pieces, sampleRate: number, server: string): Promise<ReadSpeech> {
  const assembler = new S16Assembler();
  const first = assembler.push((await pieces.next()) ?? new Uint8Array(0));
  const end = () => {
    if (assembler.half)
      throw fault('cut_short', `The sound of ${within(server)} ended within a sample.`, { todo: 'Try again.' });
    return new Int16Array(0);
  };
  return { sampleRate, totalSamples: null, chunks: begun(first, pieces, (bytes) => assembler.push(bytes), end) };
}

async function readCompressed(pieces: Pieces, kind: string, options: ReadSpeechOptions): Promise<ReadSpeech> {
  const bytes = await pieces.all(MOST_COMPRESSED);
  if (!bytes)
    throw fault('too_large', `${options.server} answered with more than 200 MB.`, { todo: 'Shorten the text.' });
  const { samples, sampleRate } = await options.decode(bytes, `${options.server}’s ${kind}`);
  const chunks = (async function* () {
    yield samples;
  })();
  return { sampleRate, totalSamples: samples.length, chunks };
}
