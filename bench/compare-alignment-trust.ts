import { alignTakes } from '../shared/alignment/align.ts';
import type { Spoken } from './compare-alignment-speech.ts';
import { EDITS, type Edit } from './compare-alignment-texts.ts';
import type { Figure } from './figure.ts';

/** How many pairs of each kind were doubted. */
export class Doubted {
  readonly #counts = new Map<string, { doubted: number; pairs: number }>();

  /** Judges a pair. @param edit what is other in the second one; null where both say the same */
  judge(kind: string, edit: Edit | null, a: Spoken, b: Spoken, swapped = false): void {
    const { trusted } = swapped ? alignTakes(b.features, a.features) : alignTakes(a.features, b.features);
    const key = `${kind}: ${edit}`;
    const count = this.#counts.get(key) ?? { doubted: 0, pairs: 0 };
    count.pairs += 1;
    if (!trusted) count.doubted += 1;
    this.#counts.set(key, count);
  }

  /** Figures of each kind of pair and planted word, and of all. */
  figures(kinds: readonly string[]): Figure[] {
    const groups: [string, readonly Edit[]][] = [
      ['content word', EDITS.filter((edit) => edit.includes('content'))],
      ['function word', EDITS.filter((edit) => edit.includes('function'))],
      ['word said twice', ['word said twice']],
    ];
    const figures: Figure[] = [];
    for (const kind of kinds) {
      figures.push(this.#figure(`${kind}, the same said: doubted`, [kind], [null], 3, false));
      for (const [name, edits] of groups) {
        figures.push(this.#figure(`${kind}, planted ${name}: doubted`, [kind], edits, 95, true));
      }
    }
    figures.push(this.#figure('all pairs that say the same: doubted', kinds, [null], 3, false));
    for (const edit of EDITS) figures.push(this.#figure(`all pairs, ${edit}: doubted`, kinds, [edit], 95, true));
    figures.push(this.#figure('all pairs with a planted word: doubted', kinds, EDITS, 95, true));
    return figures;
  }

  #figure(
    what: string,
    kinds: readonly string[],
    edits: readonly (Edit | null)[],
    limit: number,
    least: boolean,
  ): Figure {
    let doubted = 0;
    let pairs = 0;
    for (const kind of kinds) {
      for (const edit of edits) {
        const count = this.#counts.get(`${kind}: ${edit}`);
        doubted += count?.doubted ?? 0;
        pairs += count?.pairs ?? 0;
      }
    }
    const got = (100 * doubted) / pairs;
    return {
      what: `${what} (of ${pairs})`,
      reach: `at ${least ? 'least' : 'most'} ${limit} %`,
      got,
      unit: '%',
      ok: least ? got >= limit : got <= limit,
    };
  }
}
