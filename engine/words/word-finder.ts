import { heardWords } from '../../shared/alignment/heard-words.ts';
import { mapTime, type TimeMap } from '../../shared/alignment/time-map.ts';
import { fault } from '../../shared/errors.ts';
import type { TakeWords } from '../../shared/schemas/alignment.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { Aligner } from '../alignment/aligner.ts';
import type { Library } from '../library/library.ts';
import { type Reader, readAloud } from './reading.ts';

/** Takes whose words are kept in memory. */
const KEPT = 200;

/** Within so many s of its time a word of a reading is heard, soft consonants too. */
const ONSET = 0.08;
/** What the take goes on in that time at least where it makes a pause that the reading does not, in s. */
const PAUSE = 0.2;

/**
 * When a word begins in a take that begins at a time of the reading, both in s. The alignment puts a pause that the take
 * alone makes where the reading is heard again, a little after its word has begun: then the word is counted from there.
 */
export function onsetIn(map: TimeMap, time: number): number {
  const before = mapTime(map, time);
  const after = mapTime(map, time + ONSET);
  return after - before > PAUSE ? after - ONSET : before;
}

/** Says when each word of a take is heard. */
export interface WordFinder {
  /**
   * As the provider told, or else by aligning the take with a reading of its text.
   * @throws FaultError not_found: no such take, or it has no text; conflict while it is being made; cancelled when closed
   *   meanwhile
   */
  words(takeId: string): Promise<TakeWords>;
  /** Ends readings under way. */
  close(): Promise<void>;
}

export interface WordFinderParts {
  library: () => Library;
  /** Reads texts, and tells when their words are heard. */
  builtin: Reader;
  aligner: Pick<Aligner, 'alignSound'>;
}

export function createWordFinder({ library, builtin, aligner }: WordFinderParts): WordFinder {
  const closing = new AbortController();
  const kept = new Map<string, Promise<TakeWords>>();

  function told({ id, text, language }: Take): TakeWords | null {
    const timings = library().timings(id);
    const words = timings ? heardWords(text, timings, language) : [];
    return words.length > 0 ? { words, source: 'told', trusted: true } : null;
  }

  async function aligned({ id, text, language }: Take): Promise<TakeWords> {
    const reading = await readAloud(builtin, text, language, closing.signal);
    const { map, trusted } = await aligner.alignSound(reading.samples, reading.sampleRate, id);
    const words = heardWords(text, reading.timings, language).map((word) => ({
      ...word,
      from: onsetIn(map, word.from),
      to: mapTime(map, word.to),
    }));
    return { words, source: 'aligned', trusted };
  }

  function takeWithText(takeId: string): Take {
    const take = library().take(takeId);
    if (!take) throw fault('not_found', 'This take does not exist (any more).');
    if (take.text.trim() === '') {
      throw fault('not_found', 'This take has no text, so its words are not known.', {
        kept: 'The take is untouched.',
      });
    }
    if (take.state === 'rendering') throw fault('conflict', 'This take is still being made.');
    return take;
  }

  return {
    async words(takeId) {
      const take = takeWithText(takeId);
      const known = kept.get(takeId);
      if (known) return known;
      const finding = Promise.resolve(told(take) ?? aligned(take));
      kept.set(takeId, finding);
      finding.catch(() => kept.delete(takeId));
      const oldest = kept.keys().next().value;
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      return finding;
    },
    async close() {
      closing.abort();
      await Promise.allSettled(kept.values());
    },
  };
}
