import { heardWords } from '../../shared/alignment/heard-words.ts';
import { fault } from '../../shared/errors.ts';
import type { TakeWords } from '../../shared/schemas/alignment.ts';
import type { Library } from '../library/library.ts';

/** Says when each word of a take is heard. */
export interface WordFinder {
  /** @throws FaultError not_found: no such take, it has no text, or its words are not known */
  words(takeId: string): Promise<TakeWords>;
}

export function createWordFinder(library: () => Library): WordFinder {
  return {
    async words(takeId) {
      const take = library().take(takeId);
      if (!take) throw fault('not_found', 'This take does not exist (any more).');
      if (take.text.trim() === '') {
        throw fault('not_found', 'This take has no text, so its words are not known.', {
          kept: 'The take is untouched.',
        });
      }
      const timings = library().timings(takeId);
      const words = timings ? heardWords(take.text, timings, take.language) : [];
      if (words.length === 0) throw fault('not_found', 'When the words of this take are heard is not known.');
      return { words, source: 'told' };
    },
  };
}
