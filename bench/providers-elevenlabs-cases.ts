import type { FaultCase } from '../engine/providers/chatterbox/testing/fault-cases.ts';
import type { FaultCode } from '../shared/errors.ts';

/** A voice of the peer's account. */
export const ELEVENLABS_VOICE = '21m00Tcm4TlvDq8ikWAM';

const status = (code: number, told: FaultCode, retryAfter?: string): FaultCase => ({
  fault: { kind: 'status', status: code, ...(retryAfter === undefined ? {} : { retryAfter }) },
  code: told,
});

/** Every fault of ElevenLabs, and what must become of it: what may have been billed is never asked for again. */
export const ELEVENLABS_CASES: readonly FaultCase[] = [
  { fault: { kind: 'refused' }, code: 'unreachable' },
  { fault: { kind: 'hang-up' }, code: 'unreachable' },
  { fault: { kind: 'stall-before' }, code: 'busy' },
  { fault: { kind: 'stall-during', afterBytes: 20_000 }, code: 'cut_short' },
  { fault: { kind: 'cut', afterBytes: 20_000 }, code: 'cut_short' },
  { fault: { kind: 'end-early', afterBytes: 20_000 }, code: 'cut_short' },
  status(401, 'unauthorised'),
  status(402, 'no_credit'),
  status(403, 'unauthorised'),
  status(404, 'unknown_voice'),
  status(422, 'bad_request'),
  status(500, 'provider_fault'),
  status(503, 'busy'),
  status(503, 'busy', '0'),
  status(429, 'rate_limited', '3600'),
  { fault: { kind: 'status', status: 429 }, code: null },
  { fault: { kind: 'status', status: 429, retryAfter: '0' }, code: null },
  { fault: { kind: 'content-type', value: 'text/html' }, code: null },
  { fault: { kind: 'html' }, code: 'bad_audio' },
  { fault: { kind: 'empty' }, code: 'cut_short' },
  { fault: { kind: 'half-sample' }, code: 'cut_short' },
  { fault: { kind: 'drip', bytes: 997, everyMs: 0 }, code: null },
];
