import { FaultError, fault } from '../../shared/errors.ts';
import { CHAIN_RATE } from '../../shared/sound/chain-format.ts';
import { floatToS16, s16ToFloat } from '../../shared/sound/pcm.ts';
import { convertRate } from '../../shared/sound/rate-converter.ts';
import { decodeFlac, decodeMp3, decodeVorbis } from './decode-compressed.ts';
import { decodeOpus } from './decode-opus.ts';
import { decodeWav } from './decode-wav.ts';
import { PcmSink } from './pcm-sink.ts';

/** Largest file that can be brought in, in bytes. */
export const MOST_BYTES = 200 * 1024 * 1024;
/** Lowest rate the chain takes, in Hz. */
const LOWEST_RATE = 8000;
/** How far into an Ogg file the kind of its sound is looked for, in bytes. */
const OGG_HEAD = 512;

const KINDS = 'WAV, FLAC, MP3, Ogg Vorbis and Opus';

type AudioKind = 'wav' | 'flac' | 'mp3' | 'vorbis' | 'opus';

function textAt(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

/** Bytes of an ID3v2 tag before the sound; its size is written in groups of seven bits. */
function afterId3(bytes: Uint8Array): number {
  if (textAt(bytes, 0, 3) !== 'ID3') return 0;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
  return 10 + (((a & 127) << 21) | ((b & 127) << 14) | ((c & 127) << 7) | (d & 127));
}

/** What a file is, by what stands in it; its name does not count. */
function kindOf(bytes: Uint8Array): AudioKind | null {
  const start = afterId3(bytes);
  const tag = textAt(bytes, start, start + 4);
  if (tag === 'RIFF' || tag === 'RF64' || tag === 'RIFX') return textAt(bytes, 8, 12) === 'WAVE' ? 'wav' : null;
  if (tag === 'fLaC') return 'flac';
  if (tag === 'OggS') {
    const head = textAt(bytes, 0, OGG_HEAD);
    if (head.includes('OpusHead')) return 'opus';
    return head.includes('\x01vorbis') ? 'vorbis' : null;
  }
  const sync = ((bytes[start] ?? 0) << 8) | (bytes[start + 1] ?? 0);
  // Eleven bits of ones, then the version, and "layer III".
  if (start > 0 || ((sync & 0xffe0) === 0xffe0 && (sync & 6) === 2)) return 'mp3';
  return null;
}

async function decode(kind: AudioKind, bytes: Uint8Array, sink: PcmSink): Promise<number> {
  switch (kind) {
    case 'wav':
      await decodeWav(bytes, sink);
      return 0;
    case 'flac':
      return decodeFlac(bytes, sink);
    case 'mp3':
      return decodeMp3(bytes, sink);
    case 'vorbis':
      return decodeVorbis(bytes, sink);
    case 'opus':
      return decodeOpus(bytes, sink);
  }
}

/** Sound as the library keeps it, and what had to be done to it. */
export interface DecodedAudio {
  /** s16, one channel. */
  samples: Int16Array;
  /** Hz: the file's own, or a whole part of it where that is more than the chain takes. */
  sampleRate: number;
  /** What should be known: channels mixed, parts left out. */
  notes: string[];
}

/** The sound at a rate the chain takes. @throws FaultError unsupported */
function atPlayableRate(samples: Int16Array, sampleRate: number, notes: string[]): DecodedAudio {
  const factor = Math.ceil(sampleRate / CHAIN_RATE);
  const playable = sampleRate / factor;
  const asIfFromChain = CHAIN_RATE / factor;
  if (!Number.isInteger(playable) || playable < LOWEST_RATE || asIfFromChain < LOWEST_RATE) {
    throw fault('unsupported', `Sound at ${sampleRate} Hz cannot be brought in; 8000 to 192000 Hz can.`);
  }
  if (factor === 1) return { samples, sampleRate, notes };
  // Only the ratio of the two rates matters to the converter.
  const converted = floatToS16(convertRate(s16ToFloat(samples), asIfFromChain));
  return {
    samples: converted,
    sampleRate: playable,
    notes: [...notes, `It was brought from ${sampleRate} Hz to ${playable} Hz.`],
  };
}

/**
 * Decodes an audio file to one channel of s16. Hostile files can keep it busy or crash a decoder, so it belongs in a
 * worker with a time limit.
 *
 * @param name only for messages
 * @throws FaultError unsupported, bad_audio, too_large
 */
export async function decodeAudio(bytes: Uint8Array, name: string): Promise<DecodedAudio> {
  if (bytes.length > MOST_BYTES) {
    throw fault('too_large', `“${name}” is larger than 200 MB.`, { todo: 'Cut it, or save it as FLAC or MP3.' });
  }
  if (bytes.length === 0) throw fault('bad_audio', `“${name}” is empty.`);
  const kind = kindOf(bytes);
  if (!kind)
    throw fault('unsupported', `“${name}” is no sound that can be read.`, { todo: `Bring it in as ${KINDS}.` });
  const sink = new PcmSink();
  let errors = 0;
  let said: string | null = null;
  try {
    errors = await decode(kind, bytes, sink);
  } catch (thrown) {
    if (thrown instanceof FaultError) throw thrown;
    said = thrown instanceof Error ? thrown.message : String(thrown);
  }
  if (sink.length === 0) {
    throw fault('bad_audio', `“${name}” has no sound that can be decoded.`, {
      todo: 'See whether it plays elsewhere, and save it anew.',
      ...(said ? { said: said.slice(0, 500) } : {}),
    });
  }
  const notes = sink.notes();
  if (errors > 0 || said) notes.push('Parts of it could not be decoded and are left out.');
  return atPlayableRate(sink.samples(), sink.sampleRate, notes);
}
