import { Peer, type PeerOptions } from './peer.ts';
import type { PeerEngine } from './peer-engine.ts';

/** A peer with a model of its own, which ends with it. */
export class SpeakingPeer extends Peer {
  readonly engine: PeerEngine;

  constructor(options: PeerOptions, engine: PeerEngine) {
    super(options);
    this.engine = engine;
  }

  override async stop(): Promise<void> {
    await super.stop();
    // Requests learn in the next turn that their clients are gone, and then do not complain about their engine.
    await new Promise((resolve) => setImmediate(resolve));
    await this.engine.close();
  }
}
