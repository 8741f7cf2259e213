import { Limiter } from '../patience/limiter.ts';

/** Whose turn it is at each address. Few of them are ever entered. */
const turns = new Map<string, Limiter>();
/** Addresses that are spoken with now. */
const taken = new Set<string>();

/**
 * Waits until nobody in this process speaks with a server any more. A provider's own requests wait for its places; another
 * provider may have the same address, and one that was changed speaks to its end what it has begun.
 *
 * @returns gives the turn back; calling it again does nothing
 * @throws FaultError cancelled
 */
export async function turnAt(address: string, signal: AbortSignal): Promise<() => void> {
  const href = hrefOf(address);
  const turn = turns.get(href) ?? new Limiter(1);
  turns.set(href, turn);
  // A request that is cancelled leaves its server at work: once it has the turn, only its end gives it back.
  const wait = new AbortController();
  const onAbort = () => wait.abort();
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    const leave = await turn.place(wait.signal);
    taken.add(href);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      taken.delete(href);
      leave();
    };
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Whether somebody in this process speaks with a server, of whatever provider. */
export const isTurnTaken = (address: string): boolean => taken.has(hrefOf(address));

const hrefOf = (address: string) => new URL(address).href;
