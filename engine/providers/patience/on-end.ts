/**
 * Passes pieces on and tells once when they are over: they came to their end, failed, or were left, also by somebody
 * who never took the first of them.
 */
export function onEnd<T>(pieces: AsyncIterable<T>, end: () => void): AsyncIterable<T> {
  let ended = false;
  const over = () => {
    if (ended) return;
    ended = true;
    end();
  };
  return {
    [Symbol.asyncIterator]() {
      const iterator = pieces[Symbol.asyncIterator]();
      return {
        async next() {
          try {
            const result = await iterator.next();
            if (result.done) over();
            return result;
          } catch (thrown) {
            over();
            throw thrown;
          }
        },
        async return() {
          try {
            await iterator.return?.();
          } finally {
            over();
          }
          return { done: true, value: undefined };
        },
      };
    },
  };
}

/** Leaves pieces that another iteration may not have begun to take. */
export function leave(pieces: AsyncIterable<unknown>): void {
  void pieces[Symbol.asyncIterator]()
    .return?.()
    .then(undefined, () => undefined);
}
