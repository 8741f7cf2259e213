import { type FaultError, fault } from '../errors.ts';
import { MAX_TEXT_CHARACTERS } from '../schemas/take.ts';

/** A text fit to be spoken, and what was taken out of it, in words for a person. */
export interface CleanText {
  text: string;
  removed: string[];
}

/** Most UTF-16 units a text may have with its markup and entities, before any of it is looked at. */
const MOST_RAW = 10 * MAX_TEXT_CHARACTERS;

const NAMED_ENTITIES = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    mdash: '—',
    ndash: '–',
    hellip: '…',
    laquo: '«',
    raquo: '»',
    ldquo: '“',
    rdquo: '”',
    lsquo: '‘',
    rsquo: '’',
    shy: '',
  }),
);

/** One thing that is taken out or put right. */
interface Step {
  what: string;
  pattern: RegExp;
  /**
   * What every match ends with. Behind the last of these nothing is looked for: a text of beginnings without an end would
   * else be read from each of them to its end, which takes minutes for a megabyte.
   */
  end?: RegExp;
  by: (match: string, ...groups: string[]) => string;
}

function character(code: number): string {
  const valid = Number.isInteger(code) && code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return valid ? String.fromCodePoint(code) : '';
}

function entity(match: string, body: string): string {
  if (/^#x/i.test(body)) return character(Number.parseInt(body.slice(2), 16));
  if (body.startsWith('#')) return character(Number.parseInt(body.slice(1), 10));
  return NAMED_ENTITIES.get(body.toLowerCase()) ?? match;
}

/** A break of a given length in SSML is a pause, so it stays one. */
function tag(match: string): string {
  const pause = /^<break\b[^>]*\btime\s*=\s*["']?\s*(\d+(?:\.\d+)?)\s*(ms|s)/i.exec(match);
  if (pause) return `[pause ${pause[1]}${pause[2]}]`;
  return /^<\/?(?:p|br|div|li|h\d|speak|s)\b/i.test(match) ? '\n' : '';
}

const STEPS: readonly Step[] = [
  { what: 'lone surrogates', pattern: /\p{Surrogate}/gu, by: () => '' },
  { what: 'comments of markup', pattern: /<!--[\s\S]*?-->/g, end: /-->/g, by: () => ' ' },
  { what: 'declarations of markup', pattern: /<[!?][a-z[][^>]*>/gi, end: />/g, by: () => ' ' },
  {
    what: 'scripts and styles',
    pattern: /<script\b[^>]*>[\s\S]*?<\/script\s*>/gi,
    end: /<\/script\s*>/gi,
    by: () => ' ',
  },
  {
    what: 'scripts and styles',
    pattern: /<style\b[^>]*>[\s\S]*?<\/style\s*>/gi,
    end: /<\/style\s*>/gi,
    by: () => ' ',
  },
  {
    what: 'markup',
    pattern: /<\/?[a-z][\w:.-]*(?:\s+[\w:.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*\s*\/?>/gi,
    by: tag,
  },
  { what: 'entities of markup', pattern: /&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, by: entity },
];

/** After entities are read, because they can stand for such characters too. */
const LAST_STEPS: readonly Step[] = [
  { what: 'lone surrogates', pattern: /\p{Surrogate}/gu, by: () => '' },
  { what: 'control characters', pattern: /(?![\t\n\r\u0085])\p{Cc}/gu, by: () => '' },
  {
    what: 'invisible characters',
    pattern: /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e001f}]/gu,
    by: () => '',
  },
  // Thirty are what Unicode's stream-safe format lets be (UAX 15, section 13); composing more takes their number squared.
  { what: 'marks piled upon a letter', pattern: /(?<=\p{M}{30})\p{M}+/gu, by: () => '' },
  { what: 'characters without a meaning', pattern: /[\p{Co}\ufffc\ufffd\p{Noncharacter_Code_Point}]/gu, by: () => '' },
];

/** Where the last match ends; 0 where there is none. */
function endOfLast(text: string, pattern: RegExp): number {
  let until = 0;
  for (const match of text.matchAll(pattern)) until = match.index + match[0].length;
  return until;
}

/**
 * Makes a text fit to be spoken: takes out control characters, lone surrogates, markup (HTML, SSML) and invisible
 * characters, reads entities, makes all spaces plain ones, and composes characters (NFC). `[pause 0.8s]` and other
 * marks in square brackets stay; an SSML break with a time becomes such a pause.
 *
 * It never fails; {@link sanitiseText} is the strict one.
 */
export function cleanText(raw: string): CleanText {
  const removed = new Set<string>();
  let text = raw;
  for (const { what, pattern, end, by } of [...STEPS, ...LAST_STEPS]) {
    const until = end ? endOfLast(text, end) : text.length;
    const next = text.slice(0, until).replace(pattern, by) + text.slice(until);
    if (next !== text && what !== 'entities of markup') removed.add(what);
    text = next;
  }
  text = text
    .replace(/\r\n?|\u0085|\u2028|\u2029/g, '\n')
    .replace(/[\t\v\f\p{Zs}]+/gu, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .normalize('NFC')
    .trim();
  return { text, removed: [...removed] };
}

/** Characters as a person counts them: code points. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/**
 * {@link cleanText}, and refuses what cannot be spoken.
 * @throws FaultError invalid (nothing left), text_too_long (over 10,000 characters)
 */
export function sanitiseText(raw: string): CleanText {
  if (raw.length > MOST_RAW) throw tooLong(raw.length);
  const clean = cleanText(raw);
  if (clean.text === '') {
    const message = clean.removed.length > 0 ? 'There is nothing to speak in this text.' : 'The text is empty.';
    throw fault('invalid', message, { param: 'text', todo: 'Type at least one word.' });
  }
  const characters = countCharacters(clean.text);
  if (characters > MAX_TEXT_CHARACTERS) throw tooLong(characters);
  return clean;
}

function tooLong(characters: number): FaultError {
  return fault(
    'text_too_long',
    `The text has ${characters.toLocaleString('en')} characters; at most ${MAX_TEXT_CHARACTERS.toLocaleString('en')} can be spoken at once.`,
    { param: 'text', kept: 'Your text is unchanged.', todo: 'Shorten it or split it into several takes.' },
  );
}
