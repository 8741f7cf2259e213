import type { Figure } from './figure.ts';
import { PeerProcess } from './providers-peer.ts';
import { BenchStudio } from './providers-studio.ts';

const ADDRESSES = 4;
const TAKES = 40;
const SYNTHESIS_MS = 500;
const LEAST = 3.6;
const TAKE = { text: 'Good morning to you.', voice: 'predefined/Emily.wav', seed: 7 };

/** What 40 takes at once came to at some addresses. */
interface Made {
  seconds: number;
  /** Texts each address spoke. */
  shares: number[];
  /** No address ever had two texts at once, and each take was spoken once. */
  inTurn: boolean;
}

/** How much more is spoken by four addresses than by one. */
export async function addressFigures(): Promise<Figure[]> {
  const one = await makeTakes(1);
  const four = await makeTakes(ADDRESSES);
  const gain = one.seconds / four.seconds;
  const each = SYNTHESIS_MS / 1000;
  const told = ({ seconds }: Made) => `${seconds.toFixed(2)} s`;
  return [
    {
      what: `${TAKES} takes of ${each} s each: four addresses (${told(four)}, ${four.shares.join('+')}) against one (${told(one)})`,
      reach: `at least ${LEAST}x, one text at a time each`,
      got: gain,
      unit: one.inTurn && four.inTurn ? 'x' : 'x, BUT NOT ONE AT A TIME',
      ok: gain >= LEAST && one.inTurn && four.inTurn,
    },
  ];
}

async function makeTakes(addresses: number): Promise<Made> {
  const peers = await Promise.all(
    Array.from({ length: addresses }, () => PeerProcess.start({ kind: 'devnen', waitMs: SYNTHESIS_MS })),
  );
  const desk = await BenchStudio.open();
  try {
    const id = await desk.connect(
      'chatterbox',
      peers.map(({ url }) => url),
    );
    // Every peer has its voice loaded, as a server has that runs for a while.
    await Promise.all(peers.map(() => desk.take(id, TAKE)));
    const from = performance.now();
    await Promise.all(Array.from({ length: TAKES }, () => desk.take(id, TAKE)));
    const seconds = (performance.now() - from) / 1000;
    const states = await Promise.all(peers.map((peer) => peer.state()));
    const shares = states.map(({ spoken }) => spoken - 1);
    const inTurn = states.every(({ mostAtOnce }) => mostAtOnce === 1);
    return { seconds, shares, inTurn: inTurn && shares.reduce((sum, share) => sum + share, 0) === TAKES };
  } finally {
    await desk.close();
    await Promise.all(peers.map((peer) => peer.close()));
  }
}
