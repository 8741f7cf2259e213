import type { CharacterTimings } from '../../../shared/schemas/take.ts';
import type { Alignment } from './answers.ts';

/** A step back of less than this, in s, is rounding. */
const ROUNDING = 0.05;

/** Puts together the timings of a stream's pieces. */
export class Timings {
  readonly #timings: CharacterTimings = { characters: [], starts: [], ends: [] };
  #offset = 0;

  /**
   * Takes in the characters of the next piece. Their times are of the whole stream; where a piece begins before the one
   * before it ended, they are of that piece.
   *
   * @param before seconds of sound before the piece; null where that is not known
   */
  add(
    { characters, character_start_times_seconds: starts, character_end_times_seconds: ends }: Alignment,
    before: number | null,
  ): void {
    const { starts: allStarts, ends: allEnds } = this.#timings;
    const length = Math.min(characters.length, starts.length, ends.length);
    const last = allEnds.at(-1) ?? 0;
    const [first = 0] = starts;
    if (allEnds.length > 0 && first + this.#offset + ROUNDING < last) this.#offset = before ?? last;
    for (let at = 0; at < length; at += 1) {
      this.#timings.characters.push(characters[at] ?? '');
      allStarts.push((starts[at] ?? 0) + this.#offset);
      allEnds.push((ends[at] ?? 0) + this.#offset);
    }
  }

  /** Null where none were told. */
  get all(): CharacterTimings | null {
    return this.#timings.characters.length > 0 ? this.#timings : null;
  }
}
