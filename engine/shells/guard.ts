import { createHash, timingSafeEqual } from 'node:crypto';
import { FAULT_STATUS, type Fault } from '../../shared/errors.ts';
import { faultResponse } from '../api/answer.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether a `Host` header names this machine's loopback, at any port (so that a forwarded port works too). */
export function isLoopbackHost(host: string | null): boolean {
  if (!host) return false;
  const match = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i.exec(host);
  return match?.[1] !== undefined && LOOPBACK.has(match[1].toLowerCase());
}

/** Compares two secrets in a time that does not depend on where they differ. */
export function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

const SECRET = '[\\x21-\\x7e]{1,512}';
const BEARER = new RegExp(`^Bearer (${SECRET})$`, 'i');

/** The API key that is set; null where none is. @throws Error where it is one that no header can carry */
export function apiKeyOf(env: Readonly<Record<string, string | undefined>>): string | null {
  const key = env.TIMBRE_API_KEY;
  if (!key) return null;
  if (new RegExp(`^${SECRET}$`).test(key)) return key;
  throw new Error('TIMBRE_API_KEY must be 1 to 512 letters, digits or signs of ASCII, without spaces.');
}

/** The token of an `Authorization: Bearer` header; null where there is none. */
export function bearer(request: Request): string | null {
  return BEARER.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;
}

function foreign(request: Request, host: string): Fault | null {
  const origin = request.headers.get('origin');
  if (origin !== null && origin !== `http://${host}`) {
    return { code: 'forbidden', message: 'Requests of other pages are refused.' };
  }
  const site = request.headers.get('sec-fetch-site');
  const navigation = request.headers.get('sec-fetch-mode') === 'navigate';
  if (site !== null && site !== 'same-origin' && site !== 'none' && !navigation) {
    return { code: 'forbidden', message: 'Requests of other pages are refused.' };
  }
  return null;
}

/**
 * Stands before the browser shell. Refuses a `Host` that is not loopback (DNS rebinding), other origins, and every call
 * of the API without the token made at this start. The page itself holds no secret and needs none.
 */
export function createGuard(token: string): (request: Request) => Response | null {
  return (request) => {
    const host = request.headers.get('host');
    if (!isLoopbackHost(host)) {
      return faultResponse({
        code: 'forbidden',
        message: 'The studio answers only to names of this machine (127.0.0.1, localhost).',
        todo: 'From another machine, forward the port by SSH and open it as 127.0.0.1.',
      });
    }
    const refused = foreign(request, host ?? '');
    if (refused) return faultResponse(refused);
    if (!new URL(request.url).pathname.startsWith('/api')) return null;
    const given = bearer(request);
    if (given !== null && sameSecret(given, token)) return null;
    return new Response(
      faultResponse({
        code: 'unauthorised',
        message: given === null ? 'This page was opened without its token.' : 'The token of this page is an old one.',
        kept: 'Everything you made is kept.',
        todo: 'Open the link that the studio printed when it was started.',
      }).body,
      {
        status: FAULT_STATUS.unauthorised,
        headers: { 'content-type': 'application/json', 'www-authenticate': 'Bearer realm="Timbre"' },
      },
    );
  };
}
