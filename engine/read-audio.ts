import { fault } from '../shared/errors.ts';
import { readSamples } from './analysis/read-samples.ts';
import type { Library } from './library/library.ts';

/** Reads the stored audio of a take in pieces of s16 samples. @throws FaultError not_found */
export async function* readAudio(library: Library, takeId: string): AsyncGenerator<Int16Array> {
  const audio = library.audio(takeId);
  if (!audio || audio.samples === 0) throw fault('not_found', 'The sound of this take is not there.');
  yield* readSamples(audio.path, 0, audio.samples);
}
