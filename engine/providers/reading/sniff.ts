/** What a body is, by what stands in it. A server's Content-Type is not asked: too many of them are wrong. */
export type BodyKind = 'wav' | 'mp3' | 'ogg' | 'flac' | 'json' | 'html' | 'text' | 'unknown';

/** Bytes that are enough to tell. */
export const SNIFF_BYTES = 16;

const ascii = (head: Uint8Array, from: number, to: number) => String.fromCharCode(...head.subarray(from, to));

/** Whether bytes could stand in a text: printable, or a usual space. */
const readable = (byte: number) => (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;

/**
 * What a body is, by its first bytes.
 *
 * @param head the first {@link SNIFF_BYTES} bytes, or all of them where there are fewer
 */
export function sniffBody(head: Uint8Array): BodyKind {
  const tag = ascii(head, 0, 4);
  if ((tag === 'RIFF' || tag === 'RF64') && ascii(head, 8, 12) === 'WAVE') return 'wav';
  if (tag === 'OggS') return 'ogg';
  if (tag === 'fLaC') return 'flac';
  if (tag.startsWith('ID3')) return 'mp3';
  const text = head.length > 0 && head.every(readable);
  if (text) {
    const start = ascii(head, 0, SNIFF_BYTES).trimStart();
    if (start.startsWith('{') || start.startsWith('[')) return 'json';
    return start.startsWith('<') ? 'html' : 'text';
  }
  const [first = 0, second = 0, third = 0] = head;
  // Eleven bits of ones, layer III, and a bit rate and a sample rate that exist: raw samples near -1 look like half of it.
  const sync = first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x18) !== 0x08 && (second & 0x06) === 0x02;
  if (sync && (third & 0xf0) !== 0xf0 && (third & 0xf0) !== 0 && (third & 0x0c) !== 0x0c) return 'mp3';
  return 'unknown';
}
