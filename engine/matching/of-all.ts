import { type FaultCode, FaultError, toFault } from '../../shared/errors.ts';
import type { Provider } from '../providers/provider.ts';

/** What the next voice would meet as well: going on would ask in vain. It ends a run, which can be continued. */
export class OfAll extends FaultError {}

/** What was looked for was taken out meanwhile: nothing further is asked for it. */
export class Gone extends OfAll {
  constructor() {
    super({ code: 'not_found', message: 'This voice was taken out of the mapping.' });
  }
}

/** An account that is refused or empty is so for every voice, and so is a disk that is full. */
const OF_ACCOUNT: ReadonlySet<FaultCode> = new Set(['unauthorised', 'no_credit', 'rate_limited']);
const OF_DISK: ReadonlySet<FaultCode> = new Set(['disk_full', 'not_writable', 'library_newer', 'library_damaged']);

/** Whether what was thrown says that nothing can be kept. */
export const isOfDisk = (thrown: unknown): boolean => OF_DISK.has(toFault(thrown).code);

/** Whether what was thrown ends the run. */
export const isOfAll = (thrown: unknown): boolean =>
  thrown instanceof OfAll || OF_ACCOUNT.has(toFault(thrown).code) || isOfDisk(thrown);

/**
 * What a provider's failure means for the other voices. One connection that breaks is a candidate's bad luck; a server
 * that answers no more is everybody's, so it is asked how it is, which costs nothing.
 */
export async function weighed(
  thrown: unknown,
  provider: Pick<Provider, 'probe'> | undefined,
  signal: AbortSignal,
): Promise<unknown> {
  if (signal.aborted || isOfAll(thrown)) return thrown;
  const fault = toFault(thrown);
  if (fault.code !== 'unreachable') return thrown;
  const health = await provider?.probe(signal);
  return health === undefined || health.status === 'failed' ? new OfAll(fault) : thrown;
}
