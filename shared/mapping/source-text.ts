import { type FaultError, fault } from '../errors.ts';

/** What a value in a source file can be: no lists, which no mapping has. */
export type SourceValue = string | number | boolean | null | { readonly [name: string]: SourceValue };

/** How a language writes values. */
export interface SourceLanguage {
  /** The words for true, false and nothing. */
  words: { true: string; false: string; null: string };
  /** Blanks of one step inwards. */
  indent: string;
  /** Blanks inside of the braces of a dictionary that is one line. */
  pad: string;
  /** How a character is written that must not stand in a text as it is. */
  escape(character: string): string;
  /** The name of a field before its colon. @param quoted the name as a text */
  name(name: string, quoted: string): string;
  /** What stands between values and is passed over. Sticky. */
  space: RegExp;
}

/** Longest line that is not broken. */
const WIDTH = 100;

/** What cannot be seen, or turns the direction of reading, and would deceive who reads the source. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

function quoted(text: string, language: SourceLanguage): string {
  return JSON.stringify(text).replace(UNSEEN, (character) => language.escape(character));
}

/** A character as `\uXXXX`, one for each of its UTF-16 units: as JSON and JavaScript read it. */
export const unicodeEscapes = (character: string): string =>
  Array.from({ length: character.length }, (_, unit) => `\\u${hexadecimal(character.charCodeAt(unit), 4)}`).join('');

/** A number to the base of 16, with so many digits at least. */
export const hexadecimal = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** A text in one line of a comment. */
export const commentText = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu, ' ')
    .replace(/ {2,}/gu, ' ')
    .trim();

/** A value as it stands in a source file. @param margin what the line it begins in is set in by */
export function sourceText(value: SourceValue, language: SourceLanguage, margin = ''): string {
  const { words, indent } = language;
  if (value === null) return words.null;
  if (typeof value === 'boolean') return value ? words.true : words.false;
  if (typeof value === 'number') return JSON.stringify(value);
  if (typeof value === 'string') return quoted(value, language);
  const inner = margin + indent;
  const fields = Object.entries(value).map(
    ([name, field]) => `${language.name(name, quoted(name, language))}: ${sourceText(field, language, inner)}`,
  );
  if (fields.length === 0) return '{}';
  const line = `{${language.pad}${fields.join(', ')}${language.pad}}`;
  const flat = Object.values(value).every((field) => field === null || typeof field !== 'object');
  if (flat && line.length + inner.length <= WIDTH) return line;
  return `{\n${fields.map((field) => `${inner}${field},\n`).join('')}${margin}}`;
}

/** Most steps into each other: a mapping has three. */
const DEPTH = 20;

const NUMBER = /-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/iy;
const IDENTIFIER = /[A-Za-z_$][\w$]*/y;
const PLAIN = /[^"'\\\n\r]+|["']/y;
const ESCAPE = /\\(?:([bfnrtv"'\\])|x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|u\{([\dA-Fa-f]{1,6})\})/y;
const SIGNS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Reads the values that {@link sourceText} writes, also after a formatter changed quotes, blanks and line ends. */
class SourceReader {
  readonly #text: string;
  readonly #language: SourceLanguage;
  #at: number;

  constructor(text: string, at: number, language: SourceLanguage) {
    this.#text = text;
    this.#at = at;
    this.#language = language;
  }

  /** @throws FaultError invalid, with the line */
  value(depth = 0): SourceValue {
    if (depth > DEPTH) throw this.#wrong('values are nested too deeply');
    this.#skip();
    const sign = this.#text[this.#at];
    if (sign === '{') return this.#fields(depth);
    if (sign === '"' || sign === "'") return this.#string(sign);
    const { words } = this.#language;
    const number = this.#take(NUMBER)?.[0];
    if (number !== undefined) return Number(number);
    const word = this.#take(IDENTIFIER)?.[0];
    if (word === words.true) return true;
    if (word === words.false) return false;
    if (word === words.null) return null;
    throw this.#wrong(word === undefined ? 'there is no value' : `“${word}” is no plain value`);
  }

  #fields(depth: number): SourceValue {
    const fields = new Map<string, SourceValue>();
    this.#expect('{');
    while (!this.#has('}')) {
      const name = this.#name();
      this.#expect(':');
      if (fields.has(name)) throw this.#wrong(`“${name}” stands twice`);
      fields.set(name, this.value(depth + 1));
      if (!this.#has(',')) {
        this.#expect('}');
        break;
      }
    }
    return Object.fromEntries(fields);
  }

  #name(): string {
    const computed = this.#has('[');
    this.#skip();
    const sign = this.#text[this.#at];
    const name = sign === '"' || sign === "'" ? this.#string(sign) : this.#take(IDENTIFIER)?.[0];
    if (name === undefined) throw this.#wrong('a name is missing');
    if (computed) this.#expect(']');
    return name;
  }

  #string(quote: string): string {
    let text = '';
    this.#at += 1;
    while (this.#text[this.#at] !== quote) {
      const plain = this.#take(PLAIN)?.[0];
      if (plain !== undefined) {
        text += plain;
        continue;
      }
      const escaped = this.#take(ESCAPE);
      if (!escaped) throw this.#wrong('a text is not closed, or has an escape in it that is not known');
      const [, sign, ...codes] = escaped;
      const code = Number.parseInt(codes.find((one) => one !== undefined) ?? '0', 16);
      if (code > 0x10ffff) throw this.#wrong('a text has an escape in it that is no character');
      text += sign === undefined ? String.fromCodePoint(code) : (SIGNS[sign] ?? sign);
    }
    this.#at += 1;
    return text;
  }

  #take(what: RegExp): RegExpExecArray | null {
    what.lastIndex = this.#at;
    const found = what.exec(this.#text);
    if (found) this.#at = what.lastIndex;
    return found;
  }

  #skip(): void {
    this.#take(this.#language.space);
  }

  #has(sign: string): boolean {
    this.#skip();
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#has(sign)) throw this.#wrong(`“${sign}” is missing`);
  }

  #wrong(why: string): FaultError {
    const line = this.#text.slice(0, this.#at).split(/\r\n|\r|\n/u).length;
    return fault('invalid', `The file cannot be read: in line ${line} ${why}.`, {
      kept: 'Nothing was changed.',
      todo: 'Choose a file as Timbre writes it: with plain values and nothing computed.',
    });
  }
}

/** The value that stands at a place of a source file. @throws FaultError invalid, with the line */
export const readSourceValue = (text: string, at: number, language: SourceLanguage): SourceValue =>
  new SourceReader(text, at, language).value();
