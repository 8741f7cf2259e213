import { z } from 'zod';
import { parseJson } from '../../../shared/text/parse-json.ts';
import { shortWords } from './short-words.ts';

/** What an error body says, whatever shape it has. */
export interface SaidError {
  /** In the server's own words, shortened. */
  message: string;
  /** The server's word for the kind of error; null where it has none. */
  code: string | null;
  /** The field that was refused; null where none is named. */
  param: string | null;
}

/** Characters of a page that are searched for words: a page of nothing but `<` would be searched for seconds. */
const MOST_SEARCHED = 8192;

const Words = z.string().min(1);

/** `{"message","code","type","status","param"}` in all its incomplete forms. */
const Told = z.looseObject({
  message: Words.optional(),
  msg: Words.optional(),
  error: Words.optional(),
  code: z.union([Words, z.number().transform(String)]).nullish(),
  status: z.union([Words, z.number().transform(String)]).nullish(),
  type: Words.nullish(),
  error_name: Words.nullish(),
  param: Words.nullish(),
});

/** One entry of FastAPI's 422. */
const Validation = z.object({ loc: z.array(z.union([z.string(), z.number()])).default([]), msg: Words });

function fromTold(value: unknown): SaidError | null {
  const told = Told.safeParse(value);
  if (!told.success) return null;
  const { message, msg, error, code, status, type, error_name, param } = told.data;
  const words = message ?? msg ?? error;
  if (words === undefined) return null;
  const kind = code ?? status ?? error_name ?? type ?? null;
  return { message: shortWords(words), code: kind && shortWords(kind), param: param ? shortWords(param) : null };
}

/** FastAPI's list: the first entry, its field without the part of the request it stands in. */
function fromList(value: unknown): SaidError | null {
  const first = z.array(Validation).min(1).safeParse(value).data?.[0];
  if (!first) return null;
  const param = first.loc
    .filter((part, at) => !(at === 0 && ['body', 'query', 'path'].includes(String(part))))
    .join('.');
  return { message: shortWords(first.msg), code: 'validation', param: shortWords(param) || null };
}

/** Where the words of an error stand. devnen's uploads tell one for each file, beside a message that says nothing. */
const Carrier = z.looseObject({
  detail: z.unknown().optional(),
  error: z.unknown().optional(),
  errors: z.array(z.unknown()).optional().catch(undefined),
});

function fromJson(value: unknown): SaidError | null {
  if (typeof value === 'string' && value.trim() !== '')
    return { message: shortWords(value.trim()), code: null, param: null };
  const told = Carrier.safeParse(value).data;
  if (!told) return null;
  for (const inner of [told.detail, told.error, told.errors?.[0]]) {
    if (inner === undefined || inner === null) continue;
    const said = fromList(inner) ?? (typeof inner === 'string' ? fromJson(inner) : fromTold(inner));
    if (said) return said;
  }
  return fromTold(value);
}

/** The words of a page of HTML: its title, or what is left without tags. */
function fromHtml(page: string): string {
  const html = page.slice(0, MOST_SEARCHED);
  const title = /<title[^>]*>([^<]*)<\/title>/iu.exec(html)?.[1]?.trim();
  return title || html.replace(/<(style|script)[\s\S]*?<\/\1>/giu, ' ').replace(/<[^>]*>/gu, ' ');
}

/**
 * What a server says of its error. The shapes in use: `{"detail": "…"}`, FastAPI's `{"detail": [{loc, msg}]}`,
 * `{"detail": {message, code, param, status}}`, `{"error": "…"}`, `{"error": {message, type, code, param}}`,
 * `{"errors": [{filename, error}]}`, `{"success": false, "message"}`, a page of HTML, plain text.
 *
 * @returns null where it says nothing
 */
export function readErrorBody(body: string): SaidError | null {
  const text = body.trim();
  if (text === '') return null;
  const said = fromJson(parseJson(text));
  if (said) return said;
  const words = (text.startsWith('<') ? fromHtml(text) : text).replace(/\s+/gu, ' ').trim();
  return words === '' ? null : { message: shortWords(words), code: null, param: null };
}
