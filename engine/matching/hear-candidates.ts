import { toFault } from '../../shared/errors.ts';
import type { MappedVoice } from '../../shared/schemas/mapping.ts';
import { eachOf } from './each-of.ts';
import { isOfAll } from './of-all.ts';
import type { TakesFor } from './takes-for.ts';
import type { VoiceBook } from './voice-book.ts';

/** Takes that are asked for at once; the provider's own limits hold beside. */
export const AT_ONCE = 4;

export interface HearCandidatesParts {
  takes: TakesFor;
  book: VoiceBook;
  signal: AbortSignal;
  /** Told how many have spoken. */
  onSpoken(spoken: number, all: number): void;
}

/**
 * Has voices speak the same lines, unless the book has them already, or knows that they cannot. One that fails is left
 * out of the book and stands among its failures.
 *
 * @throws FaultError what every further voice would meet as well; cancelled
 */
export async function hearCandidates(
  voices: readonly MappedVoice[],
  lines: readonly string[],
  { takes, book, signal, onSpoken }: HearCandidatesParts,
): Promise<void> {
  const speaking = voices.filter(({ voiceId }) => !book.has(voiceId) && !book.failed.has(voiceId));
  let spoken = 0;
  await eachOf(speaking, AT_ONCE, async (voice) => {
    try {
      const own = [];
      for (const line of lines) own.push(await takes.take(voice, line));
      await book.add(voice, own);
    } catch (thrown) {
      if (signal.aborted || isOfAll(thrown)) throw thrown;
      book.failed.set(voice.voiceId, toFault(thrown));
    }
    spoken += 1;
    onSpoken(spoken, speaking.length);
  });
}
