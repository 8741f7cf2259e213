import { Limiter } from '../patience/limiter.ts';

/** Whose turn it is at each address. Few of them are ever entered. */
const turns = new Map<string, Limiter>();

/**
 * Waits until nobody in this process speaks with a server any more. A provider's own requests wait for its places; another
 * provider may have the same address, and one that was changed speaks to its end what it has begun.
 *
 * @returns gives the turn back; calling it again does nothing
 * @throws FaultError cancelled
 */
export function turnAt(address: string, signal: AbortSignal): Promise<() => void> {
  const { href } = new URL(address);
  const turn = turns.get(href) ?? new Limiter(1);
  turns.set(href, turn);
  return turn.place(signal);
}
