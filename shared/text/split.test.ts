import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutInTwo, LONGEST_PAUSE, type Piece, splitText, textWeight } from './split.ts';

const SIZES = { first: 34, most: 170, growth: 1.6 };
const spoken = (pieces: Piece[]) => pieces.flatMap((piece) => (piece.kind === 'speech' ? [piece.text] : []));
const bare = (text: string) => text.replace(/\s+/gu, '');

/** Texts as people write them: words, numbers, marks of several scripts, line ends. */
const prose = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'the',
        'and',
        'lighthouse',
        'Dr.',
        'e.g.',
        '3.14',
        '1,000',
        'mañana',
        'café',
        'नमस्ते',
        'है।',
        '今天，',
        '好。',
        '😀',
        '-',
        '—',
        '"Hi!"',
        '...',
        'wait…',
        'a'.repeat(300),
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }).map((word) => word.replace(/[[\]]/gu, '')),
    ),
    { maxLength: 120 },
  )
  .chain((words) =>
    fc
      .array(fc.constantFrom(' ', ', ', '. ', '\n', '\n\n', '? '), { minLength: words.length, maxLength: words.length })
      .map((gaps) => words.map((word, i) => word + (gaps[i] ?? '')).join('')),
  );

describe('splitText', () => {
  it('loses no character but spaces, and keeps the order', () => {
    fc.assert(
      fc.property(prose, (text) => {
        expect(bare(spoken(splitText(text, SIZES)).join(''))).toBe(bare(text));
      }),
      { seed: 7, numRuns: 400 },
    );
  });

  it('makes no piece that is empty or much heavier than allowed', () => {
    fc.assert(
      fc.property(prose, (text) => {
        for (const piece of spoken(splitText(text, SIZES))) {
          expect(piece.trim()).not.toBe('');
          expect(textWeight(piece)).toBeLessThanOrEqual(SIZES.most * 1.5);
        }
      }),
      { seed: 8, numRuns: 400 },
    );
  });

  it('begins with a short piece, cut where a reader could take a breath', () => {
    const text =
      'We will meet again tomorrow morning at the station near the old bridge where the boats leave for the islands every hour until the sun goes down.';
    const [first = '', second = ''] = spoken(splitText(text, SIZES));
    expect(first).toBe('We will meet again tomorrow morning');
    expect(second).toMatch(/^at the station/);
  });

  it('keeps a short sentence whole, and sentences whole after the first piece', () => {
    expect(spoken(splitText('Yes, of course.', SIZES))).toEqual(['Yes, of course.']);
    const text = `Good morning to you all. ${'This sentence is whole, and long enough to stand alone in a piece. '.repeat(6)}`;
    const pieces = spoken(splitText(text, SIZES));
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces.slice(1)) expect(piece).toMatch(/^This sentence .*\.$/);
  });

  it('does not cut after abbreviations, initials or inside numbers', () => {
    const text = 'Dr. Smith met J. Miller at 3.15 p.m. near St. Mary, e.g. by the door with 1,000 keys.';
    expect(splitText(text, { first: 500, most: 500, growth: 1 })).toEqual([{ kind: 'speech', text, end: 'paragraph' }]);
  });

  it('tells what ends a piece', () => {
    const ends = splitText('One two three four. Five six seven eight, nine ten.\nEleven twelve.', {
      first: 20,
      most: 20,
      growth: 1,
    });
    expect(ends.map((piece) => (piece.kind === 'speech' ? piece.end : 'pause'))).toEqual([
      'sentence',
      'clause',
      'paragraph',
      'paragraph',
    ]);
  });

  it('turns marks into silences, in seconds or milliseconds', () => {
    expect(splitText('One. [pause 0.8s] Two. [PAUSE 250 ms][pause 1,5] Three. [pause 999s]', SIZES)).toEqual([
      { kind: 'speech', text: 'One.', end: 'paragraph' },
      { kind: 'pause', seconds: 0.8 },
      { kind: 'speech', text: 'Two.', end: 'paragraph' },
      { kind: 'pause', seconds: 0.25 },
      { kind: 'pause', seconds: 1.5 },
      { kind: 'speech', text: 'Three.', end: 'paragraph' },
      { kind: 'pause', seconds: LONGEST_PAUSE },
    ]);
  });

  it('has nothing to say for an empty text', () => {
    expect(splitText('', SIZES)).toEqual([]);
    expect(splitText(' \n ', SIZES)).toEqual([]);
  });
});

describe('cutInTwo', () => {
  it('gives two parts that are the text, both with something in them', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 2, maxLength: 200 }),
        fc.integer({ min: 1, max: 60 }),
        (text, most) => {
          const [head, tail] = cutInTwo(text, most);
          expect(head + tail).toBe(text);
          expect(head).not.toBe('');
        },
      ),
      { seed: 9 },
    );
  });
});
