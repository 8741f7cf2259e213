/** What ends a piece of text, which says how long the pause after it is. */
export type PieceEnd = 'cut' | 'clause' | 'sentence' | 'paragraph';

/** A piece of text to be spoken in one go, or a silence that was asked for. */
export type Piece = { kind: 'speech'; text: string; end: PieceEnd } | { kind: 'pause'; seconds: number };

export interface SplitSizes {
  /**
   * Weight the first piece may have (see {@link textWeight}), so that its sound comes soon. A clause up to
   * {@link WHOLE_CLAUSE} times as heavy is left whole.
   */
  first: number;
  /** Weight any piece may have. */
  most: number;
  /** How many times the weight of the one before a piece may have: it must be made while that one plays. */
  growth: number;
}

/** A first clause that is not heavier than this times `first` is not cut, because a cut is heard. */
const WHOLE_CLAUSE = 1.4;

/** Longest silence one mark can ask for, in seconds. */
export const LONGEST_PAUSE = 30;

const PAUSE_MARK = /\[\s*pause\s+(\d+(?:[.,]\d+)?)\s*(ms|s|sec|seconds?)?\s*\]/giu;
const CLAUSE_END = /[,;:，；：、،؛–—…]["'”’»)\]]*(?=\s|$)|[，；：、]["”’»）」』]*|\s[-–—](?=\s)/gu;
const HAS_SPEECH = /[\p{L}\p{N}\p{S}]/u;
/** Words a dot may follow inside a sentence, so that it is not cut there. */
const ABBREVIATION =
  /(?:^|[\s("“])(?:mr|mrs|ms|dr|prof|sr|jr|st|mt|vs|etc|no|nr|fig|vol|pp?|e\.g|i\.e|z\.b|bzw|ca|approx|dept|inc|ltd|co|sra?|dra?|ud|uds|ph\.d|a\.m|p\.m|\p{L})\.$/iu;
/** Words before which a long clause can be cut most naturally: conjunctions and prepositions of the languages spoken. */
const CUT_BEFORE = new Set(
  (
    'and or but that which who when where while because if as with without from into to in on at by for of than ' +
    'y o pero que cuando donde mientras porque si como con sin desde en por para de e ma che quando dove perché se come ' +
    'con senza da a per di ou mas onde enquanto com sem et mais qui quand où si comme avec sans dans pour par ' +
    'und oder aber dass wenn weil mit ohne von nach in auf für और या लेकिन कि में से पर'
  ).split(' '),
);
/** Articles: a clause can be cut before them too, where no word of {@link CUT_BEFORE} stands before them. */
const ARTICLES = new Set(
  'the a an el la los las il lo gli i le les un una une uno o os as um uma der die das ein eine'.split(' '),
);
/** Fewest words a piece should have, where that can be had. */
const FEWEST_WORDS = 3;

/**
 * About how long a text takes to say, in letters of a European language: digits are read as words, and a character of
 * a script without letters is a syllable.
 */
export function textWeight(text: string): number {
  let weight = 0;
  for (const character of text) {
    if (/\p{Nd}/u.test(character)) weight += 4;
    else if (/[\p{sc=Han}\p{Extended_Pictographic}]/u.test(character)) weight += 4;
    else if (/[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(character)) weight += 2.5;
    else if (!/[\s\p{M}]/u.test(character)) weight += 1;
  }
  return weight;
}

function words(text: string): number {
  const spaced = text.split(/\s+/u).filter((word) => HAS_SPEECH.test(word)).length;
  return Math.max(spaced, Math.floor((text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu)?.length ?? 0) / 2));
}

interface Unit {
  text: string;
  end: PieceEnd;
}

/** Sentences of one paragraph, in order, with all of their characters. */
function sentences(paragraph: string): string[] {
  const found: string[] = [];
  let open = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(paragraph)) {
    open += segment;
    if (ABBREVIATION.test(open.trimEnd())) continue;
    found.push(open);
    open = '';
  }
  if (open !== '') found.push(open);
  return found;
}

/** Clauses of a sentence, in order, with all of their characters. */
function clauses(sentence: string): string[] {
  const found: string[] = [];
  let from = 0;
  for (const match of sentence.matchAll(CLAUSE_END)) {
    const to = match.index + match[0].length;
    found.push(sentence.slice(from, to));
    from = to;
  }
  found.push(sentence.slice(from));
  return found.filter((clause) => clause.trim() !== '');
}

/** Joins units of too few words to the next one (the last to the one before), where that does not become too heavy. */
function joinShort(units: Unit[], fewest: number, most: number): Unit[] {
  const joined: Unit[] = [];
  let open = '';
  for (const unit of units) {
    if (open !== '' && textWeight(open + unit.text) > most && words(open) > 0) {
      joined.push({ text: open, end: 'cut' });
      open = '';
    }
    open += unit.text;
    if (words(open) < fewest && unit !== units.at(-1)) continue;
    joined.push({ text: open, end: unit.end });
    open = '';
  }
  const last = joined.at(-1);
  const before = joined.at(-2);
  if (
    last &&
    before &&
    words(last.text) < fewest &&
    (textWeight(before.text + last.text) <= most || words(last.text) === 0)
  ) {
    joined.splice(-2, 2, { text: before.text + last.text, end: last.end });
  }
  return joined;
}

/**
 * Cuts a clause that is too heavy into two at a word, rather before a conjunction or preposition; a single word is
 * cut inside.
 */
export function cutInTwo(text: string, most: number): [string, string] {
  const starts = [...text.matchAll(/(?<=\s)\S+/gu)].map((match) => ({ at: match.index, word: match[0] }));
  const fitting = starts.filter(({ at }) => textWeight(text.slice(0, at)) <= most && text.slice(0, at).trim() !== '');
  const previous = (at: number) => text.slice(0, at).trim().split(/\s+/u).at(-1)?.toLowerCase() ?? '';
  const binds = (word: string) => CUT_BEFORE.has(word) || ARTICLES.has(word);
  const natural = fitting.filter(
    ({ at, word }) =>
      binds(word.toLowerCase()) &&
      !binds(previous(at)) &&
      words(text.slice(0, at)) >= FEWEST_WORDS &&
      words(text.slice(at)) >= FEWEST_WORDS &&
      textWeight(text.slice(0, at)) >= most / 3,
  );
  const at = (natural.at(-1) ?? fitting.at(-1))?.at;
  if (at !== undefined) return [text.slice(0, at), text.slice(at)];
  if (starts[0] && text.slice(0, starts[0].at).trim() !== '' && textWeight(text.slice(0, starts[0].at)) <= most * 1.5) {
    return [text.slice(0, starts[0].at), text.slice(starts[0].at)];
  }
  const characters = Array.from(text);
  let weight = 0;
  const index = characters.findIndex((character) => {
    weight += textWeight(character);
    return weight > most;
  });
  const cut = index <= 0 ? Math.max(1, Math.floor(characters.length / 2)) : index;
  return [characters.slice(0, cut).join(''), characters.slice(cut).join('')];
}

/** Clauses of a text between two pauses, none of them heavier than `most`. */
function unitsOf(text: string, most: number): Unit[][] {
  return text
    .split(/(?<=\n)(?=[^\n])/u)
    .filter((paragraph) => paragraph.trim() !== '')
    .flatMap((paragraph) => {
      const all = sentences(paragraph).map((sentence) =>
        clauses(sentence).map(
          (clause, i, { length }): Unit => ({ text: clause, end: i + 1 < length ? 'clause' : 'sentence' }),
        ),
      );
      const last = all.at(-1)?.at(-1);
      if (last) last.end = 'paragraph';
      return all;
    })
    .map((sentence) => sentence.flatMap((unit) => shorten(unit, most)));
}

function shorten(unit: Unit, most: number, tolerance = 1): Unit[] {
  const units: Unit[] = [];
  let rest = unit.text;
  while (textWeight(rest) > most * tolerance && Array.from(rest).length > 1) {
    const [head, tail] = cutInTwo(rest, most);
    units.push({ text: head, end: 'cut' });
    rest = tail;
  }
  units.push({ text: rest, end: unit.end });
  return units;
}

/** Text between pauses as it stands, or a pause. */
export type PausePart = { kind: 'text'; text: string } | { kind: 'pause'; seconds: number };

/** Parts a text at its pause marks. No character of the text between them is lost; a mark that is too long is shortened. */
export function partAtPauses(text: string): PausePart[] {
  const parts: PausePart[] = [];
  let from = 0;
  for (const match of text.matchAll(PAUSE_MARK)) {
    parts.push({ kind: 'text', text: text.slice(from, match.index) });
    const amount = Number((match[1] ?? '0').replace(',', '.'));
    const seconds = match[2]?.toLowerCase() === 'ms' ? amount / 1000 : amount;
    parts.push({ kind: 'pause', seconds: Math.min(LONGEST_PAUSE, seconds) });
    from = match.index + match[0].length;
  }
  parts.push({ kind: 'text', text: text.slice(from) });
  return parts.filter((part) => part.kind === 'pause' || part.text !== '');
}

/**
 * Splits a text into pieces to be spoken one after the other: a short first one (its first clause), then larger ones,
 * whole sentences where they fit. `[pause 0.8s]` becomes a silence of that length. No word is lost and the order is
 * kept; pieces that hold nothing to speak are joined to a neighbour.
 */
export function splitText(text: string, sizes: SplitSizes): Piece[] {
  const pieces: Piece[] = [];
  let limit = sizes.first;
  const speak = (part: string) => {
    for (const piece of speechPieces(part, limit, sizes)) {
      pieces.push(piece);
      limit = Math.min(sizes.most, Math.max(limit, textWeight(piece.text)) * sizes.growth);
    }
  };
  for (const part of partAtPauses(text)) {
    if (part.kind === 'pause') pieces.push(part);
    else speak(part.text);
  }
  return pieces;
}

function speechPieces(text: string, start: number, { most, growth }: SplitSizes): Extract<Piece, { kind: 'speech' }>[] {
  const pieces: Unit[] = [];
  let limit = start;
  let open: Unit | null = null;
  const close = () => {
    if (open === null) return;
    pieces.push(open);
    limit = Math.min(most, Math.max(limit, textWeight(open.text)) * growth);
    open = null;
  };
  for (const sentence of unitsOf(text, most)) {
    const fits: boolean = textWeight((open?.text ?? '') + sentence.map((unit) => unit.text).join('')) <= limit;
    if (!fits && sentence.length > 0) close();
    for (const unit of joinShort(sentence, FEWEST_WORDS, most)) {
      const isFirst: boolean = pieces.length === 0 && open === null;
      for (const part of isFirst ? shorten(unit, limit, WHOLE_CLAUSE) : [unit]) {
        const together: string = (open?.text ?? '') + part.text;
        if (open !== null && textWeight(together) > limit) {
          close();
          open = { ...part };
        } else open = { text: together, end: part.end };
      }
    }
  }
  close();
  return joinShort(pieces, 1, most)
    .filter((piece) => piece.text.trim() !== '')
    .map(({ text: spoken, end }) => ({ kind: 'speech', text: spoken.trim(), end }));
}
