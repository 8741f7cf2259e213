import { z } from 'zod';

/** What a peer can be told to do wrong, once or more often. */
export const PeerFault = z.discriminatedUnion('kind', [
  /** Closes the connection before it answers. */
  z.object({ kind: z.literal('hang-up') }),
  /** Never begins to answer. */
  z.object({ kind: z.literal('stall-before') }),
  /** Stops after so many bytes of sound, with the connection open. */
  z.object({ kind: z.literal('stall-during'), afterBytes: z.number().int().min(0) }),
  /** Cuts the connection after so many bytes of sound. */
  z.object({ kind: z.literal('cut'), afterBytes: z.number().int().min(0) }),
  /** Ends after so many bytes of sound as if all were well. */
  z.object({ kind: z.literal('end-early'), afterBytes: z.number().int().min(0) }),
  /** Answers with a status, in the peer's own words. */
  z.object({
    kind: z.literal('status'),
    status: z.number().int().min(400).max(599),
    /** As it stands in the header. */
    retryAfter: z.string().optional(),
  }),
  /** Answers with sound under another content type. */
  z.object({ kind: z.literal('content-type'), value: z.string() }),
  /** Answers 200 with a page, as a proxy before a dead server does. */
  z.object({ kind: z.literal('html') }),
  /** Answers 200 with nothing. */
  z.object({ kind: z.literal('empty') }),
  /** Leaves out the last byte. */
  z.object({ kind: z.literal('half-sample') }),
  /** Sends a few bytes at a time. */
  z.object({ kind: z.literal('drip'), bytes: z.number().int().min(1), everyMs: z.number().min(0) }),
]);
export type PeerFault = z.infer<typeof PeerFault>;

/** Faults that wait for the next requests they apply to. */
export class FaultQueue {
  #waiting: PeerFault[] = [];

  /** @param times how many of the next requests it spoils */
  add(fault: PeerFault, times = 1): void {
    for (let i = 0; i < times; i += 1) this.#waiting.push(fault);
  }

  /** The fault for this request; null for none. */
  next(): PeerFault | null {
    return this.#waiting.shift() ?? null;
  }

  clear(): void {
    this.#waiting = [];
  }

  get length(): number {
    return this.#waiting.length;
  }
}
