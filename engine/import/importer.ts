import { fault, toFault } from '../../shared/errors.ts';
import { workerUrl } from '../worker-url.ts';
import { TaskWorker } from '../workers/task-worker.ts';
import type { DecodedAudio } from './decode-audio.ts';
import { ImportAnswer } from './import-task.ts';

/** Longest a file may take to decode, in ms: an hour of sound takes about a minute on a slow machine. */
const LIMIT = 5 * 60_000;

/** Reads audio files that a person brings in. */
export interface Importer {
  /**
   * Decodes WAV, FLAC, MP3, Ogg Vorbis and Opus to one channel of s16 at the file's own rate.
   *
   * @param name only for messages
   * @throws FaultError unsupported, bad_audio, too_large, cancelled
   */
  decode(bytes: Uint8Array, name: string): Promise<DecodedAudio>;
  /** Ends what is under way as cancelled. */
  close(): Promise<void>;
}

/** An importer. Each file gets a thread of its own, so that none can spoil the next. */
export function createImporter({ limit = LIMIT }: { limit?: number } = {}): Importer {
  const open = new Set<TaskWorker>();
  let closed = false;
  return {
    async decode(bytes, name) {
      if (closed) throw fault('cancelled', 'It was cancelled.');
      const worker = new TaskWorker(workerUrl('import-worker', './import-worker.ts', import.meta.url), 'decoder');
      open.add(worker);
      const late = fault('bad_audio', `“${name}” took too long to decode.`, { todo: 'Save it anew as WAV or FLAC.' });
      try {
        return await worker.run({ bytes, name }, ImportAnswer, { limit: { ms: limit, late } });
      } catch (thrown) {
        const { code, said } = toFault(thrown);
        if (code !== 'internal') throw thrown;
        // A decoder that dies of a file says something about the file.
        throw fault('bad_audio', `“${name}” cannot be decoded.`, {
          todo: 'See whether it plays elsewhere, and save it anew.',
          ...(said ? { said } : {}),
        });
      } finally {
        await worker.close();
        open.delete(worker);
      }
    },
    async close() {
      closed = true;
      await Promise.all([...open].map((worker) => worker.close()));
    },
  };
}

/** Decodes one file by an importer of its own. @throws FaultError unsupported, bad_audio, too_large */
export async function decodeAudioFile(bytes: Uint8Array, name: string): Promise<DecodedAudio> {
  const importer = createImporter();
  try {
    return await importer.decode(bytes, name);
  } finally {
    await importer.close();
  }
}
