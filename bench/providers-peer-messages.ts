import { z } from 'zod';
import { PeerFault } from '../e2e/peers/faults.ts';

/** Which peer a process is to be. */
export const PeerOrder = z.object({
  kind: z.enum(['rest', 'devnen', 'travisvn', 'openai', 'resemble', 'elevenlabs', 'hour']),
  /** How long the answer to a text takes at least, in ms. */
  waitMs: z.number().min(0).default(0),
});
export type PeerOrder = z.input<typeof PeerOrder>;

/** What a peer in another process is told. */
export const PeerTold = z.discriminatedUnion('tell', [
  /** What it has done so far. */
  z.object({ tell: z.literal('state') }),
  /** Spoils the next answers. */
  z.object({ tell: z.literal('fault'), fault: PeerFault, times: z.number().int().min(1) }),
  /** Forgets faults that were not asked for. */
  z.object({ tell: z.literal('clear') }),
  /** Stops as a server does that is killed. */
  z.object({ tell: z.literal('stop') }),
  /** Listens again, where it listened before. */
  z.object({ tell: z.literal('start') }),
  /** Answers once no request is being worked on. */
  z.object({ tell: z.literal('idle') }),
]);
export type PeerTold = z.infer<typeof PeerTold>;

/** How a peer stands; it answers with this whatever it is told. */
export const PeerState = z.object({
  url: z.string(),
  /** Open now. */
  connections: z.number(),
  /** Most requests its model ever had at once. */
  mostAtOnce: z.number(),
  /** Texts its model has spoken, heard or not. */
  spoken: z.number(),
  /** Faults that wait for a request. */
  faults: z.number(),
});
export type PeerState = z.infer<typeof PeerState>;
