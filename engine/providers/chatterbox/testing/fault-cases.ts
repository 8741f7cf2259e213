import type { PeerFault } from '../../../../e2e/peers/faults.ts';
import type { FaultCode } from '../../../../shared/errors.ts';
import type { DialectName } from '../dialect.ts';

/** Short enough for its length to say nothing, and long enough to say whether it is whole. */
export const SHORT_TEXT = 'Good morning to you.';
export const LONG_TEXT = 'Good morning to you all, and to everybody else who is listening to this.';
const SPOILED_AFTER = 20_000;

/** What is ordered of the peer, and how often; `refused` is nobody there at all. */
export interface FaultCase {
  fault: PeerFault | { kind: 'refused' };
  times?: number;
  /** What becomes of the take; null where it is spoken all the same. */
  code: FaultCode | null;
  /** How often speech is asked for. */
  asked?: number;
}

const status = (code: number, told: FaultCode): FaultCase => ({ fault: { kind: 'status', status: code }, code: told });
/** A refusal that is told again and again, each time without a wait. */
const insistent = (code: number, told: FaultCode): FaultCase => ({
  fault: { kind: 'status', status: code, retryAfter: '0' },
  times: 4,
  code: told,
  asked: 4,
});
/** A refusal that is told once. */
const passing = (code: number, retryAfter?: string): FaultCase => ({
  fault: { kind: 'status', status: code, ...(retryAfter === undefined ? {} : { retryAfter }) },
  code: null,
  asked: 2,
});

/** Every fault of a Chatterbox server, and what must become of it. */
export const FAULT_CASES: readonly FaultCase[] = [
  { fault: { kind: 'refused' }, code: 'unreachable', asked: 0 },
  { fault: { kind: 'hang-up' }, code: 'unreachable' },
  { fault: { kind: 'stall-before' }, code: 'busy' },
  { fault: { kind: 'stall-during', afterBytes: SPOILED_AFTER }, code: 'cut_short' },
  { fault: { kind: 'cut', afterBytes: SPOILED_AFTER }, code: 'cut_short' },
  { fault: { kind: 'end-early', afterBytes: SPOILED_AFTER }, code: 'cut_short' },
  status(401, 'unauthorised'),
  status(402, 'no_credit'),
  status(403, 'unauthorised'),
  status(404, 'bad_request'),
  status(422, 'bad_request'),
  status(500, 'provider_fault'),
  insistent(429, 'rate_limited'),
  insistent(503, 'busy'),
  passing(429),
  passing(429, '0'),
  passing(503),
  passing(503, '0'),
  { fault: { kind: 'content-type', value: 'application/json' }, code: null },
  { fault: { kind: 'html' }, code: 'bad_audio' },
  { fault: { kind: 'empty' }, code: 'cut_short' },
  { fault: { kind: 'half-sample' }, code: 'cut_short' },
  { fault: { kind: 'drip', bytes: 1001, everyMs: 0 }, code: null },
];

/** A voice of each dialect's peer by the provider's own id, and what the peer's engine calls it. */
export const PEER_VOICES = {
  rest: { voice: 'ava', spokenBy: 'ava' },
  devnen: { voice: 'predefined/Emily.wav', spokenBy: 'Emily.wav' },
  travisvn: { voice: 'emily', spokenBy: 'emily' },
  openai: { voice: 'voices/chatterbox/anna.wav', spokenBy: 'voices/chatterbox/anna.wav' },
  resemble: { voice: '10000000', spokenBy: 'Aurora' },
} as const satisfies Record<DialectName, { voice: string; spokenBy: string }>;
