import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { inRoot } from '../build/paths.ts';
import type { PeerFault } from '../e2e/peers/faults.ts';
import { type PeerOrder, PeerState, type PeerTold } from './providers-peer-messages.ts';

/** What every peer that wants a key was started with. */
export const PEER_KEY = 'sk_bench_0123456789abcdef';

/** A peer in a process of its own. */
export class PeerProcess {
  /** Where it listens. */
  readonly url: string;
  readonly #child: ChildProcess;
  #last: Promise<PeerState>;

  private constructor(child: ChildProcess, first: PeerState) {
    this.url = first.url;
    this.#child = child;
    this.#last = Promise.resolve(first);
  }

  static async start(order: PeerOrder): Promise<PeerProcess> {
    const child = fork(inRoot('bench/providers-peer-host.ts'), [JSON.stringify(order)], {
      env: { ...process.env, PEER_KEY },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return new PeerProcess(child, await stateOf(child));
  }

  state(): Promise<PeerState> {
    return this.#tell({ tell: 'state' });
  }

  /** Spoils so many of the next answers with speech. */
  async spoil(fault: PeerFault, times: number): Promise<void> {
    await this.#tell({ tell: 'fault', fault, times });
  }

  /** @param tell what it is to do, which is done when this resolves */
  async order(tell: 'clear' | 'stop' | 'start' | 'idle'): Promise<void> {
    await this.#tell({ tell });
  }

  async close(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }

  #tell(told: PeerTold): Promise<PeerState> {
    this.#last = this.#last.then(() => {
      const answer = stateOf(this.#child);
      this.#child.send(told);
      return answer;
    });
    return this.#last;
  }
}

/** What a peer says next. Fails where its process ends instead. */
function stateOf(child: ChildProcess): Promise<PeerState> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('The process of a peer has ended.'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(PeerState.parse(message));
    });
  });
}
