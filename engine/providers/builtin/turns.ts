import { cancelledTake, untilAborted } from '../until-aborted.ts';

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
      if (signal.aborted) throw cancelledTake();
      return job();
    });
    this.#last = ended.catch(() => undefined);
    return untilAborted(signal, ended);
  }
}

/** The turns of one take, and when the first of them came, in ms since the epoch; undefined before that. */
export interface TakesTurns {
  turns: Pick<Turns, 'run'>;
  cameAt(): number | undefined;
}

/** Notes when the first turn of a take comes: before that it only waited for others. */
export function turnsOfTake(turns: Turns): TakesTurns {
  let came: number | undefined;
  return {
    turns: {
      run: (signal, job) =>
        turns.run(signal, () => {
          came ??= Date.now();
          return job();
        }),
    },
    cameAt: () => came,
  };
}
