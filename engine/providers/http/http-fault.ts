import { type Fault, type FaultCode, FaultError } from '../../../shared/errors.ts';
import type { SaidError } from '../reading/error-body.ts';
import { within } from './within.ts';

/** A fault that a server told by a status, with what patience needs to know of it. */
export class HttpFault extends FaultError {
  readonly status: number;
  /** How long the server asks to wait before the next try, in ms; null where it does not say. */
  readonly retryAfterMs: number | null;
  /** The server's word for the kind of error; null where it has none. */
  readonly serverCode: string | null;

  constructor(fault: Fault, status: number, retryAfterMs: number | null, serverCode: string | null) {
    super(fault);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.serverCode = serverCode;
  }
}

/** What a server said by a status that is no success. */
export interface Refusal {
  status: number;
  said: SaidError | null;
  retryAfterMs: number | null;
}

interface Words {
  code: FaultCode;
  message: (server: string) => string;
  todo: string;
}

const REFUSED: Words = {
  code: 'bad_request',
  message: (server) => `${server} refused the request.`,
  todo: 'Change what it names and try again.',
};

/** What a status means where the server's own dialect knows no better. Source: RFC 9110, section 15; RFC 6585. */
const BY_STATUS: Readonly<Record<number, Words>> = {
  400: REFUSED,
  401: {
    code: 'unauthorised',
    message: (server) => `${server} did not accept the key.`,
    todo: 'Enter the key again in Settings.',
  },
  402: {
    code: 'no_credit',
    message: (server) => `${server} has no credit left for this.`,
    todo: 'Add credit to the account, or use another voice.',
  },
  403: {
    code: 'unauthorised',
    message: (server) => `The key is not allowed to do this at ${within(server)}.`,
    todo: 'See what the key and its plan allow, or use another voice.',
  },
  404: {
    code: 'bad_request',
    message: (server) => `${server} does not know what was asked for.`,
    todo: 'See whether the address and the kind of server are right in Settings.',
  },
  405: {
    code: 'bad_request',
    message: (server) => `${server} does not take such a call.`,
    todo: 'See whether the address and the kind of server are right in Settings.',
  },
  408: {
    code: 'busy',
    message: (server) => `${server} gave up waiting.`,
    todo: 'Try again in a moment.',
  },
  413: {
    code: 'text_too_long',
    message: (server) => `The text is too long for ${within(server)}.`,
    todo: 'Shorten it or split it into several takes.',
  },
  422: REFUSED,
  429: {
    code: 'rate_limited',
    message: (server) => `${server} takes no more requests for now.`,
    todo: 'Wait a moment and try again.',
  },
  503: {
    code: 'busy',
    message: (server) => `${server} is busy or not ready yet.`,
    todo: 'Try again in a moment.',
  },
};

const FAILED: Words = {
  code: 'provider_fault',
  message: (server) => `${server} failed.`,
  todo: 'Try again; if it goes on, look at the server’s own log.',
};

const UNEXPECTED: Words = {
  code: 'provider_fault',
  message: (server) => `${server} answered in a way that was not expected.`,
  todo: 'See whether the address is that of a speech server.',
};

/** The fault of a refusal by its status alone. @param server who refused, for messages */
export function statusFault(server: string, { status, said, retryAfterMs }: Refusal): HttpFault {
  const words = BY_STATUS[status] ?? (status >= 500 ? FAILED : status >= 400 ? REFUSED : UNEXPECTED);
  const fault: Fault = {
    code: words.code,
    message: words.message(server),
    kept: 'Your text and takes are kept.',
    todo: words.todo,
  };
  if (said?.param) fault.param = said.param;
  fault.said = said ? `${status}: ${said.message}` : String(status);
  return new HttpFault(fault, status, retryAfterMs, said?.code ?? null);
}

/**
 * How long `Retry-After` asks to wait, in ms: a number of seconds or a date (RFC 9110, section 10.2.3).
 *
 * @returns null where it is not there or says nothing
 */
export function retryAfter(value: string | undefined, now = Date.now()): number | null {
  if (value === undefined || value.trim() === '') return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
