import { fault } from '../../shared/errors.ts';

/** What a take fails with that nobody waits for any more. */
export function cancelledTake() {
  return fault('cancelled', 'The take was cancelled.', { kept: 'What had arrived is kept.' });
}

/** The promise, or a cancelled fault as soon as the signal aborts. */
export async function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  if (signal.aborted) {
    promise.catch(() => undefined);
    throw cancelledTake();
  }
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(cancelledTake());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
