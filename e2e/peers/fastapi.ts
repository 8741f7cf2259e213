import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';
import { type Exchange, type Handler, match, sendJson } from './peer.ts';

/** One entry of what FastAPI says about a body it does not take. */
interface Detail {
  type: string;
  loc: (string | number)[];
  msg: string;
  input: unknown;
  ctx?: Record<string, unknown>;
}

/** FastAPI's own words for what is wrong with a body. */
function detailOf(issue: z.core.$ZodIssue, body: unknown): Detail {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  const input = path.reduce<unknown>((value, part) => (value as Record<string, unknown> | null)?.[part], body);
  const at = { loc: ['body', ...path] };
  if (input === undefined) return { type: 'missing', ...at, msg: 'Field required', input: body };
  const said = (type: string, msg: string, ctx?: Record<string, unknown>): Detail => ({
    type,
    ...at,
    msg,
    input,
    ...(ctx ? { ctx } : {}),
  });
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'string'
        ? said('string_too_short', `String should have at least ${letters(issue.minimum)}`, {
            min_length: issue.minimum,
          })
        : said('greater_than_equal', `Input should be greater than or equal to ${issue.minimum}`, {
            ge: issue.minimum,
          });
    case 'too_big':
      return issue.origin === 'string'
        ? said('string_too_long', `String should have at most ${letters(issue.maximum)}`, { max_length: issue.maximum })
        : said('less_than_equal', `Input should be less than or equal to ${issue.maximum}`, { le: issue.maximum });
    case 'invalid_value': {
      const expected = anyOf(issue.values.map((value) => `'${String(value)}'`));
      return said('literal_error', `Input should be ${expected}`, { expected });
    }
    case 'invalid_type':
      return said(`${issue.expected}_type`, `Input should be a valid ${issue.expected}`);
    default:
      return said('value_error', `Value error, ${issue.message}`, { error: {} });
  }
}

const letters = (count: number | bigint) => `${count} character${Number(count) === 1 ? '' : 's'}`;

const anyOf = (words: string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

/** Answers with a reason. */
export function sendDetail({ response }: Exchange, status: number, detail: unknown, headers = {}): void {
  sendJson(response, status, { detail }, headers);
}

/** The body as the schema has it; null where it was refused already. */
export function takeBody<T>(exchange: Exchange, schema: z.ZodType<T>): T | null {
  if (exchange.json === undefined) {
    const entry = { type: 'json_invalid', loc: ['body', exchange.body.length], msg: 'JSON decode error', input: {} };
    sendDetail(exchange, 422, [{ ...entry, ctx: { error: 'Expecting value' } }]);
    return null;
  }
  return takeFields(exchange, schema, exchange.json);
}

/** Fields of any kind as the schema has them; null where they were refused already. */
export function takeFields<T>(exchange: Exchange, schema: z.ZodType<T>, fields: unknown): T | null {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  sendDetail(
    exchange,
    422,
    parsed.error.issues.map((issue) => detailOf(issue, fields)),
  );
  return null;
}

/** The body as a form; empty where it is none. */
export async function takeForm({ request, body }: Exchange): Promise<FormData> {
  const type = request.headers['content-type'] ?? '';
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)/iu.test(type)) return new FormData();
  return await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => new FormData());
}

/** What a FastAPI server says where no route fits: the way to a preflight, 405 for another method, 404. */
export function otherwise(routes: Readonly<Record<string, Handler>>, methods: string): Handler {
  return ({ request, response, url }) => {
    response.setHeader('server', 'uvicorn');
    if (request.method === 'OPTIONS' && request.headers['access-control-request-method']) {
      response.writeHead(200, {
        vary: 'Origin',
        'access-control-allow-methods': methods,
        'access-control-max-age': '600',
        'access-control-allow-credentials': 'true',
        'access-control-allow-origin': request.headers.origin ?? '',
        'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '',
        'content-length': '2',
        'content-type': 'text/plain; charset=utf-8',
      });
      response.end('OK');
      return;
    }
    const allowed = Object.keys(routes)
      .map((route) => route.split(' '))
      .filter(([, path = '']) => match(path, url.pathname) !== null)
      .map(([verb]) => verb ?? '');
    if (allowed.length > 0) sendJson(response, 405, { detail: 'Method Not Allowed' }, { allow: allowed.join(', ') });
    else sendJson(response, 404, { detail: 'Not Found' });
  };
}

/** The same routes with the server's name in every answer. */
export function asUvicorn(routes: Readonly<Record<string, Handler>>): Record<string, Handler> {
  return Object.fromEntries(
    Object.entries(routes).map(([route, handler]) => [
      route,
      (exchange: Exchange) => {
        exchange.response.setHeader('server', 'uvicorn');
        return handler(exchange);
      },
    ]),
  );
}

/** What is said for a status nobody gave a reason for. */
export const wordsFor = (status: number) => STATUS_CODES[status] ?? 'Error';
