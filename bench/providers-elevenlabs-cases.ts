import type { FaultCase } from '../engine/providers/chatterbox/testing/fault-cases.ts';
import { FAILING, HARMLESS, PASSING } from '../engine/providers/elevenlabs/testing/fault-cases.ts';

/** Every fault of ElevenLabs, and what must become of it: what may have been billed is never asked for again. */
export const ELEVENLABS_CASES: readonly FaultCase[] = [
  { fault: { kind: 'refused' }, code: 'unreachable' },
  ...FAILING.map(([, fault, { code }]): FaultCase => ({ fault, code })),
  ...[...PASSING, ...HARMLESS].map(([, fault]): FaultCase => ({ fault, code: null })),
];
