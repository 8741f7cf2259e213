// A peer in a process of its own, so that what it computes is not taken for the studio's work. Told what to do by IPC.

import { createDevnenPeer } from '../e2e/peers/devnen.ts';
import { createElevenLabsPeer } from '../e2e/peers/elevenlabs.ts';
import { createOpenAiPeer } from '../e2e/peers/openai.ts';
import { numberedVoice } from '../e2e/peers/peer-voices.ts';
import { createResemblePeer } from '../e2e/peers/resemble.ts';
import { createRestPeer } from '../e2e/peers/rest.ts';
import type { SpeakingPeer } from '../e2e/peers/speaking-peer.ts';
import { createTravisvnPeer } from '../e2e/peers/travisvn.ts';
import { createHourPeer } from './providers-hour-peer.ts';
import { PeerOrder, type PeerState, PeerTold } from './providers-peer-messages.ts';

/** The key of every peer that wants one. */
const KEY = process.env.PEER_KEY ?? '';

function create({ kind, waitMs }: Required<PeerOrder>): SpeakingPeer {
  switch (kind) {
    case 'rest':
      return createRestPeer({ apiKey: KEY, paceMs: waitMs });
    case 'devnen':
      return createDevnenPeer({ paceMs: waitMs });
    case 'travisvn':
      return createTravisvnPeer({ paceMs: waitMs });
    case 'openai':
      return createOpenAiPeer({ apiKey: KEY, paceMs: waitMs });
    case 'resemble':
      return createResemblePeer({ apiKey: KEY, paceMs: waitMs });
    case 'elevenlabs':
      return createElevenLabsPeer({ key: KEY, plan: 'business', delayMs: waitMs });
    case 'hour':
      return createHourPeer();
  }
}

const peer = create(PeerOrder.parse(JSON.parse(process.argv[2] ?? '')));

async function obey(told: PeerTold): Promise<void> {
  switch (told.tell) {
    case 'fault':
      peer.faults.add(told.fault, told.times);
      return;
    case 'clear':
      peer.faults.clear();
      return;
    case 'stop':
      await peer.stop();
      return;
    case 'start':
      // It has its model loaded when it listens.
      await peer.engine.say('Ready.', numberedVoice('ready', 0));
      await peer.start();
      return;
    case 'idle':
      await peer.engine.idle();
  }
}

function state(): PeerState {
  const { url, connections, engine, faults } = peer;
  return { url, connections, mostAtOnce: engine.mostAtOnce, spoken: engine.spoken.length, faults: faults.length };
}

process.on('message', (message) => {
  void obey(PeerTold.parse(message)).then(() => process.send?.(state()));
});
process.on('disconnect', () => process.exit(0));
await peer.start();
process.send?.(state());
