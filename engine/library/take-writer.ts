import { toFault } from '../../shared/errors.ts';
import type { Take } from '../../shared/schemas/take.ts';
import { s16ToBytes } from '../../shared/sound/pcm.ts';
import type { AudioFileWriter } from './audio-files.ts';
import type { TakeEnd, TakeWriter } from './library.ts';

/** Puts the end of a take into the library, once its audio is on disk. */
export type StoreEnd = (end: TakeEnd, samples: number) => Take;

/** Writes a take's audio to its file as it comes. */
export class FileTakeWriter implements TakeWriter {
  readonly #file: AudioFileWriter;
  readonly #store: StoreEnd;
  #finished: Promise<Take> | null = null;

  constructor(file: AudioFileWriter, store: StoreEnd) {
    this.#file = file;
    this.#store = store;
  }

  append(samples: Int16Array): Promise<void> {
    return this.#file.append(s16ToBytes(samples));
  }

  finish(end: TakeEnd): Promise<Take> {
    this.#finished ??= this.#end(end);
    return this.#finished;
  }

  /** Closes the audio without storing an end. */
  async discard(): Promise<void> {
    await this.#file.close().catch(() => {});
  }

  async #end(end: TakeEnd): Promise<Take> {
    let failure = await this.#file.settled();
    try {
      await this.#file.close();
    } catch (thrown) {
      failure ??= thrown;
    }
    // Audio that could not be stored whole is never a whole take, whatever the caller says.
    const told: TakeEnd =
      failure !== null && end.state === 'done' ? { ...end, state: 'incomplete', fault: toFault(failure) } : end;
    return this.#store(told, this.#file.samples);
  }
}
