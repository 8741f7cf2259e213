import { setTimeout as wait } from 'node:timers/promises';
import type { FaultCase } from '../engine/providers/chatterbox/testing/fault-cases.ts';
import { type Fault, FaultBody } from '../shared/errors.ts';
import { Take } from '../shared/schemas/take.ts';
import { PEER_KEY, type PeerProcess } from './providers-peer.ts';
import type { Asked, BenchStudio } from './providers-studio.ts';

const LIMITS = { connectMs: 1000, firstByteMs: 1500, betweenBytesMs: 1500, connections: 4, atOnce: null };
/** What the system takes to close a socket or end a timer at most, in ms. */
const SETTLE_MS = 3000;
/** A take of a built-in voice, asked for right after a fault, is there within so many ms. */
const AT_ONCE_MS = 2000;

/** What became of a fault. */
export interface Tried {
  /** What is not as it must be, in words; empty where all is. */
  wrong: string[];
  /** How long the take after it took, in ms: a server that may be at work on what was left is waited for. */
  againMs: number;
  /** How long another voice took to speak right after it, in ms: the studio is usable all the while. */
  otherMs: number;
}

/** What is open in this process, but for the pipes to the peers. */
const resources = () =>
  process.getActiveResourcesInfo().filter((name) => name === 'Timeout' || name === 'TCPSocketWrap').length;

/** Orders a fault of a peer, and looks at all that must hold then and afterwards. */
export async function tryFault(
  desk: BenchStudio,
  peer: PeerProcess,
  kind: string,
  { fault, times = 1, code, take }: FaultCase & { take: Asked },
): Promise<Tried> {
  const wrong: string[] = [];
  const must = (holds: boolean, words: string) => {
    if (!holds) wrong.push(words);
  };
  const before = resources();
  const id = await desk.connect(kind, [peer.url], { limits: LIMITS });
  const earlier = crypto.randomUUID();
  const earlierBytes = await desk.take(id, { ...take, id: earlier });
  if (fault.kind === 'refused') await peer.order('stop');
  else await peer.spoil(fault, times);
  const told = await faultOf(desk, id, take);
  must((told?.code ?? null) === code, `it became ${told ? JSON.stringify(told) : 'a whole take'}, not ${code}`);
  if (told) must(Boolean(told.todo ?? told.kept), 'there is no advice');
  must(!JSON.stringify(told).includes(PEER_KEY), 'the key is said');
  must((await peer.state()).faults === 0, 'it was not asked as often as it must be');
  const other = performance.now();
  await desk.take('builtin', { text: take.text, voice: 'espeak/en-us' });
  const otherMs = performance.now() - other;
  must(otherMs < AT_ONCE_MS, `another voice spoke only after ${otherMs.toFixed(0)} ms`);
  await peer.order('clear');
  if (fault.kind === 'refused') await peer.order('start');
  must((await bytesOf(desk, earlier)) === earlierBytes, 'the earlier take is lost');
  const from = performance.now();
  const again = await faultOf(desk, id, take);
  const againMs = performance.now() - from;
  must(again === null, `the next take became ${JSON.stringify(again)}`);
  await desk.disconnect(id);
  must(await soon(async () => (await peer.state()).connections === 0), 'connections stay open');
  must(await soon(async () => resources() <= before), 'timers or sockets are left');
  await peer.order('idle');
  return { wrong, againMs, otherMs };
}

/** Whether it comes to be so within the time that the system may take. */
async function soon(holds: () => Promise<boolean>): Promise<boolean> {
  for (const from = performance.now(); performance.now() - from < SETTLE_MS; await wait(20)) {
    if (await holds()) return true;
  }
  return false;
}

async function bytesOf(desk: BenchStudio, take: string): Promise<number> {
  const response = await desk.call(`/api/takes/${take}/audio`);
  return response.ok ? (await response.arrayBuffer()).byteLength : 0;
}

/** Asks for a take and listens to it. @returns why it is not whole, as the page is told; null where it is */
async function faultOf(desk: BenchStudio, connection: string, asked: Asked): Promise<Fault | null> {
  const id = crypto.randomUUID();
  const response = await desk.ask(connection, { ...asked, id });
  if (!response.ok) return FaultBody.parse(await response.json()).error;
  await response.arrayBuffer().catch(() => undefined);
  for (;;) {
    const row = await desk.call(`/api/takes/${id}`);
    const body: unknown = await row.json();
    if (!row.ok) return FaultBody.parse(body).error;
    const take = Take.parse(body);
    if (take.state === 'done') return null;
    if (take.state !== 'rendering') return take.fault;
    await wait(10);
  }
}
