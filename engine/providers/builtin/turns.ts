import { fault } from '../../../shared/errors.ts';

/**
 * Lets one job run at a time, in the order in which they asked. A long text asks anew for each of its pieces, so that
 * another text waits for one piece at most.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Runs the job when its turn has come.
   * @throws FaultError cancelled as soon as the signal aborts; a job that runs already keeps its turn to its end
   */
  run<T>(signal: AbortSignal, job: () => Promise<T>): Promise<T> {
    const ended = this.#last.then(() => {
      if (signal.aborted) throw cancelled();
      return job();
    });
    this.#last = ended.catch(() => undefined);
    return untilAborted(signal, ended);
  }
}

function cancelled() {
  return fault('cancelled', 'The take was cancelled.', { kept: 'What had arrived is kept.' });
}

/** The promise, or a cancelled fault as soon as the signal aborts. */
export async function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  if (signal.aborted) {
    promise.catch(() => undefined);
    throw cancelled();
  }
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
