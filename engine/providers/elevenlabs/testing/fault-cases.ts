import type { PeerFault } from '../../../../e2e/peers/faults.ts';
import type { FaultCode } from '../../../../shared/errors.ts';

/** What a fault must come to. */
export interface Outcome {
  code: FaultCode;
  /** Requests for speech that may be sent. */
  posts: number;
  /** Generations that may be billed. */
  billed: number;
}

/** An answer that is nothing but a status. @param retryAfter in s, as the header has it */
export const status = (code: number, retryAfter?: string): PeerFault => ({
  kind: 'status',
  status: code,
  ...(retryAfter === undefined ? {} : { retryAfter }),
});

/** Faults with which a take is not whole, each in words: what may have been billed is never asked for again. */
export const FAILING: readonly [words: string, fault: PeerFault, outcome: Outcome][] = [
  ['401', status(401), { code: 'unauthorised', posts: 1, billed: 0 }],
  ['402', status(402), { code: 'no_credit', posts: 1, billed: 0 }],
  ['403', status(403), { code: 'unauthorised', posts: 1, billed: 0 }],
  ['404', status(404), { code: 'unknown_voice', posts: 1, billed: 0 }],
  ['409', status(409), { code: 'bad_request', posts: 1, billed: 0 }],
  ['422', status(422), { code: 'bad_request', posts: 1, billed: 0 }],
  // It asks for more patience than anybody has.
  ['429 for an hour', status(429, '3600'), { code: 'rate_limited', posts: 1, billed: 0 }],
  // It may have taken the request: whoever asks again may pay again.
  ['500', status(500), { code: 'provider_fault', posts: 1, billed: 0 }],
  ['502', status(502), { code: 'provider_fault', posts: 1, billed: 0 }],
  ['503', status(503), { code: 'busy', posts: 1, billed: 0 }],
  ['503 with Retry-After', status(503, '0'), { code: 'busy', posts: 1, billed: 0 }],
  ['a connection that is closed before the answer', { kind: 'hang-up' }, { code: 'unreachable', posts: 1, billed: 0 }],
  ['no answer', { kind: 'stall-before' }, { code: 'busy', posts: 1, billed: 0 }],
  ['an answer that stops', { kind: 'stall-during', afterBytes: 9000 }, { code: 'cut_short', posts: 1, billed: 1 }],
  ['an answer that stops at once', { kind: 'stall-during', afterBytes: 0 }, { code: 'cut_short', posts: 1, billed: 1 }],
  ['an answer that is cut', { kind: 'cut', afterBytes: 9000 }, { code: 'cut_short', posts: 1, billed: 1 }],
  [
    'an answer that ends too early as if all were well',
    { kind: 'end-early', afterBytes: 20_000 },
    { code: 'cut_short', posts: 1, billed: 1 },
  ],
  ['a page in place of sound', { kind: 'html' }, { code: 'bad_audio', posts: 1, billed: 0 }],
  ['an empty answer', { kind: 'empty' }, { code: 'cut_short', posts: 1, billed: 0 }],
  ['half a sample', { kind: 'half-sample' }, { code: 'cut_short', posts: 1, billed: 1 }],
];

/** Faults with which a take is whole all the same. */
export const HARMLESS: readonly [words: string, fault: PeerFault][] = [
  ['a few bytes at a time', { kind: 'drip', bytes: 997, everyMs: 0 }],
  ['another content type', { kind: 'content-type', value: 'text/html' }],
];

/** Refusals of one that is asked for too much, after which it is asked again. */
export const PASSING: readonly [words: string, fault: PeerFault][] = [
  ['429', status(429)],
  ['429 with Retry-After', status(429, '0')],
];
