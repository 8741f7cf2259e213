import { fault } from '../../shared/errors.ts';
import type { Provider } from '../providers/provider.ts';
import { SNIFF_BYTES, sniffBody } from '../providers/reading/sniff.ts';

/** A file that is to become a voice, as it was sent. */
export interface SentRecording {
  name: string;
  fileName: string;
  /** BCP 47 tag; null where it was not asked for. */
  language: string | null;
  bytes: Uint8Array;
}

/** What a file is by its bytes; by its name where they do not tell. */
function typeOf(bytes: Uint8Array, fileName: string): string {
  const kind = sniffBody(bytes.subarray(0, SNIFF_BYTES));
  if (kind === 'wav' || kind === 'mp3' || kind === 'flac' || kind === 'ogg') return kind;
  return fileName.includes('.') ? fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase() : '';
}

/**
 * Makes a voice of a recording, where a provider takes any.
 *
 * @returns the provider's own id of the new voice
 * @throws FaultError unsupported, invalid, and what the provider says
 */
export async function takeRecording(
  provider: Provider,
  { name, fileName, language, bytes }: SentRecording,
  decode: (bytes: Uint8Array, name: string) => Promise<{ samples: Int16Array; sampleRate: number }>,
  signal: AbortSignal,
): Promise<string> {
  // Whether its servers take any may not be known yet: they are asked by `clone` itself.
  if (!provider.clone) {
    throw fault('unsupported', `Timbre makes no voices of recordings at ${provider.name}.`, {
      kept: 'The recording is kept where it was; nothing was sent.',
      todo: 'Choose a Chatterbox server that takes recordings, or make the voice at the provider’s own page.',
    });
  }
  const { samples, sampleRate } = await decode(bytes, fileName);
  const type = typeOf(bytes, fileName);
  return await provider.clone({ name, bytes, type, seconds: samples.length / sampleRate, language }, signal);
}
