import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultError } from '../errors.ts';
import { cleanText, sanitiseText } from './sanitise.ts';

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof FaultError) return `${thrown.fault.code} ${thrown.fault.param}`;
    throw thrown;
  }
  return 'nothing thrown';
}

describe('cleanText', () => {
  it.each([
    ['plain text', 'Hello, world.', 'Hello, world.', []],
    ['control characters', 'a\u0000b\u0007c\u009bd', 'abcd', ['control characters']],
    ['lone surrogates', 'a\ud83dz 😀', 'az 😀', ['lone surrogates']],
    ['HTML', '<p class="x">One</p><b>two</b>', 'One\ntwo', ['markup']],
    [
      'SSML',
      '<speak>Hi <break time="500ms"/> <prosody rate="fast">you</prosody></speak>',
      'Hi [pause 500ms] you',
      ['markup'],
    ],
    [
      'comments and scripts',
      'a<!-- no --> <script>alert(1)</script>b',
      'a b',
      ['comments of markup', 'scripts and styles'],
    ],
    ['entities', 'Fish &amp; chips &#8212; &#x41;&nbsp;&unknown;', 'Fish & chips — A &unknown;', []],
    ['entities of control characters', 'a&#0;b&#7;c&#xD800;', 'abc', ['control characters']],
    ['zero-width and bidi characters', 'a\u200bb\u202ec\ufeff', 'abc', ['invisible characters']],
    ['spaces of all kinds', 'a\u00a0b\u3000c\t d', 'a b c d', []],
    ['line ends', 'a \r\n b\r\rc\n\n\n\nd', 'a\nb\n\nc\n\nd', []],
    ['decomposed characters', 'man\u0303ana', 'mañana', []],
    ['marks in square brackets', '[pause 0.8s] [laughs] go', '[pause 0.8s] [laughs] go', []],
    ['what only looks like markup', '3 < 5 and 7 > 2, a<b', '3 < 5 and 7 > 2, a<b', []],
  ])('%s', (_, raw, text, removed) => {
    expect(cleanText(raw)).toEqual({ text, removed });
  });

  it('leaves nothing for a second cleaning but what entities hid, and no forbidden character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (raw) => {
        const { text } = cleanText(raw);
        expect(text).not.toMatch(/\p{Surrogate}/u);
        expect(text.replace(/\n/g, '')).not.toMatch(/\p{Cc}/u);
        expect(text).toBe(text.normalize('NFC').trim());
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('is quick on hostile input', () => {
    expect(cleanText('<a '.repeat(30_000)).text.length).toBeGreaterThan(0);
    expect(cleanText('<!--'.repeat(20_000)).text.length).toBeGreaterThan(0);
    expect(cleanText(`<a ${'b="" '.repeat(20_000)}`).text.length).toBeGreaterThan(0);
  });

  it.each(['<!--', '<!a', '<?a', '<script', '<script>', '<style></script'])(
    'is as quick on a megabyte of %s, which has no end, as on any other',
    (beginning) => {
      // Read anew from each beginning to the end of the text, this takes minutes.
      const text = `${beginning.repeat(1_000_000 / beginning.length)} end`;
      expect(cleanText(text).text).toMatch(/end$/);
    },
  );

  it('keeps what comes before and after markup that ends, in a text with more that does not', () => {
    expect(cleanText('a<!-- b --> c <!-- d').text).toBe('a c <!-- d');
    expect(cleanText('a<STYLE>b</style >c<script>d</style>e').text).toBe('a cde');
  });

  it('leaves thirty of the marks piled upon a letter', () => {
    const { text, removed } = cleanText(`Ze${'\u0316'.repeat(40)}ro`);
    expect(text).toBe(`Ze${'\u0316'.repeat(30)}ro`);
    expect(removed).toEqual(['marks piled upon a letter']);
  });
});

describe('sanitiseText', () => {
  it('refuses what is blank, before or after cleaning', () => {
    for (const raw of ['', '  \n\t', '<p></p>', '\u0000\u200b'])
      expect(codeOf(() => sanitiseText(raw))).toBe('invalid text');
  });

  it('takes markup of ten times that, and no more', () => {
    expect(sanitiseText(`${'<b></b>'.repeat(14_000)}Hi`).text).toBe('Hi');
    expect(codeOf(() => sanitiseText(`${'<b></b>'.repeat(15_000)}Hi`))).toBe('text_too_long text');
  });

  it('takes 10,000 characters as a person counts them, and no more', () => {
    expect(sanitiseText('😀'.repeat(10_000)).text.length).toBe(20_000);
    expect(codeOf(() => sanitiseText('a'.repeat(10_001)))).toBe('text_too_long text');
  });
});
