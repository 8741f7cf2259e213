import type { SpeechStream } from '../provider.ts';
import { untilAborted } from '../until-aborted.ts';
import { Circuit, type CircuitOptions, OpenCircuit } from './circuit.ts';
import { Limiter } from './limiter.ts';
import { onEnd } from './on-end.ts';
import { type Retrying, retryingWhere } from './retrying.ts';

export interface PatienceOptions extends Retrying, CircuitOptions {
  /** Texts that may be spoken at once, in each group. */
  atOnce: number;
}

/** What stands between those who ask and a server: how many at once, what is tried again, and when no longer. */
export interface Patience {
  /**
   * Starts to speak: waits for a place, and keeps it until the sound has ended, failed or was left, or until the signal
   * is aborted. What may be tried again is tried again, before the first sound only.
   *
   * @param group whose places are counted by themselves
   * @throws FaultError cancelled at once when the signal is aborted; the last failure's code where the server failed too
   *   often; else what the last attempt threw
   */
  begin(attempt: () => Promise<SpeechStream>, signal: AbortSignal, group?: string): Promise<SpeechStream>;
  /** So many may be spoken at once from now on. */
  allow(atOnce: number, group?: string): void;
  /** How many of a group are spoken, wait, and may be spoken at once. */
  places(group?: string): { taken: number; waiting: number; atOnce: number };
  /** It was reached by somebody who asked for something else: where it could not be, it is asked again at once. */
  reached(): void;
}

export function createPatience(options: PatienceOptions): Patience {
  const circuit = new Circuit(options);
  const limiters = new Map<string, Limiter>();
  const retrying: Retrying = {
    ...options,
    mayRetry: (thrown, nth) => !(thrown instanceof OpenCircuit) && options.mayRetry(thrown, nth),
  };

  function limiter(group: string): Limiter {
    const known = limiters.get(group);
    if (known) return known;
    const made = new Limiter(options.atOnce);
    limiters.set(group, made);
    return made;
  }

  return {
    async begin(attempt, signal, group = '') {
      // Who is to be refused does not wait for a place first.
      circuit.check();
      const leave = await limiter(group).place(signal);
      const sentAt = Date.now();
      try {
        const trying = retryingWhere(() => circuit.run(attempt), retrying, signal);
        const stream = await untilAborted(signal, trying);
        return { sentAt, ...stream, chunks: onEnd(stream.chunks, leave) };
      } catch (thrown) {
        leave();
        throw thrown;
      }
    },
    allow(atOnce, group = '') {
      limiter(group).atOnce = atOnce;
    },
    places(group = '') {
      const { taken, waiting, atOnce } = limiter(group);
      return { taken, waiting, atOnce };
    },
    reached: () => circuit.reached(),
  };
}
