import { fault } from '../errors.ts';
import { unicodeEscapes } from './source-text.ts';

/** In single quotes nothing is expanded. These are what one reader or another takes for the end, or for an escape. */
const UNSINGLE = /['\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|\\\\|\\$|\$\{/u;
/** In double quotes also what a shell expands. */
const UNDOUBLE = /["\p{Cc}\p{Cs}\p{Zl}\p{Zp}\\$`]/u;

/**
 * A value of a variable, quoted so that sh and every dotenv (Node's, dotenv's, python-dotenv's) read the same. There is
 * no such writing for a value with both kinds of quotes, with line ends, or with an apostrophe beside `$`, `` ` `` or `\`.
 *
 * @param name of the variable
 * @throws FaultError unsupported where there is none
 */
export function envValue(name: string, value: string): string {
  if (!UNSINGLE.test(value)) return `'${value}'`;
  if (!UNDOUBLE.test(value)) return `"${value}"`;
  throw fault(
    'unsupported',
    `${name} cannot be written: “${value}” has signs that shells and .env readers read differently.`,
    {
      kept: 'The mapping is as it was.',
      todo: 'Choose another voice as the default, rename this one, or take Python, TypeScript or JSON.',
    },
  );
}

/** Signs that JSON can do without: what a quote ends at, what an escape begins with, and what is expanded or unseen. */
const UNSAFE = /['$`\p{C}\p{Zl}\p{Zp}]/gu;

/** A value as JSON in single quotes, which can hold anything: what readers differ in stands as `\uXXXX`. */
export function envJson(value: unknown): string {
  // A doubled backslash is one to some readers.
  const json = JSON.stringify(value).replace(/\\\\/gu, unicodeEscapes('\\')).replace(UNSAFE, unicodeEscapes);
  return `'${json}'`;
}

/** A variable of a `.env` file. */
export interface EnvLine {
  /** Number of its line, from 1. */
  line: number;
  name: string;
  value: string;
}

const LINE = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/u;
const QUOTED = /^(?:'([^']*)'|"([^"]*)")\s*(?:#.*)?$/u;

/** The variables of a `.env` file whose values stand in one line, as ours do. What is no variable is passed over. */
export function envLines(text: string): EnvLine[] {
  return text.split(/\r\n|\r|\n/u).flatMap((content, index) => {
    const [, name, written = ''] = LINE.exec(content) ?? [];
    if (name === undefined) return [];
    const quoted = QUOTED.exec(written.trim());
    const value = quoted ? (quoted[1] ?? quoted[2] ?? '') : written.replace(/\s#.*$/u, '').trim();
    return [{ line: index + 1, name, value }];
  });
}
