import { toFault } from '../../../shared/errors.ts';
import { NeverConnected } from '../http/connection-fault.ts';
import { HttpFault } from '../http/http-fault.ts';

/** Times a server is called that nobody reaches: whoever is offline wants to know it soon. */
const CALLS = 3;

/**
 * Whether speech may be asked for again: only where it is certain that ElevenLabs did not take the request, because what
 * it took is billed. It refused it for being too many, or no connection ever stood. After an error of the server, no
 * answer in time, or a connection that broke, it may have been taken.
 *
 * @param nth which try threw it, from 1 on
 */
export function mayAskForSpeechAgain(thrown: unknown, nth: number): boolean {
  if (thrown instanceof HttpFault) return thrown.status === 429;
  return thrown instanceof NeverConnected && nth < CALLS;
}

/** Whether what costs nothing may be asked for again: something passed over that may be over. */
export function mayAskAgain(thrown: unknown): boolean {
  if (thrown instanceof HttpFault) return thrown.status === 429 || thrown.status >= 500;
  return ['unreachable', 'cut_short'].includes(toFault(thrown).code);
}
