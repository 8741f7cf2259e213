import type { FileEntry } from '@zip.js/zip.js';
import type { FaultError } from '../../shared/errors.ts';

/** What is thrown where an entry is larger than it may be; `what` is a clause. */
export type TooLarge = (what: string) => FaultError;

/**
 * Unpacks an entry of a zip, never more than it states or than `most` bytes, and checks its CRC-32.
 *
 * @throws what the writer threw; `tooLarge`; an error of zip.js
 */
export async function extractEntry(
  entry: FileEntry,
  most: number,
  tooLarge: TooLarge,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const limit = Math.min(most, entry.uncompressedSize);
  if (entry.uncompressedSize > most) throw tooLarge(`${entry.filename} is too large`);
  let bytes = 0;
  // zip.js reports failures of its own where the writer failed; what the writer threw is what matters.
  let failure: unknown = null;
  const sink = new WritableStream<Uint8Array>({
    write: async (chunk) => {
      bytes += chunk.length;
      try {
        if (bytes > limit) throw tooLarge(`${entry.filename} unpacks to more than it states`);
        await write(chunk);
      } catch (thrown) {
        failure = thrown;
        throw thrown;
      }
    },
  });
  try {
    await entry.getData(sink, { checkSignature: true, useWebWorkers: false });
  } catch (thrown) {
    throw failure ?? thrown;
  }
}

/** The text of an entry. @throws as {@link extractEntry} */
export async function entryText(entry: FileEntry, most: number, tooLarge: TooLarge): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  await extractEntry(entry, most, tooLarge, async (bytes) => {
    text += decoder.decode(bytes, { stream: true });
  });
  return text + decoder.decode();
}
