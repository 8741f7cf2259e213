/**
 * Pieces of sound that come by callback, as an async sequence. Ends when `start` resolves and all pieces are read;
 * throws what it throws. When the reader stops early, the signal given to `start` aborts.
 */
export async function* collectSound(
  start: (onSound: (samples: Int16Array) => void, stopped: AbortSignal) => Promise<void>,
): AsyncGenerator<Int16Array> {
  const waiting: Int16Array[] = [];
  const stop = new AbortController();
  const state: { ended: boolean; error: unknown } = { ended: false, error: null };
  let wake: () => void = () => undefined;
  const end = (error: unknown) => {
    state.ended = true;
    state.error = error;
    wake();
  };
  const onSound = (samples: Int16Array) => {
    waiting.push(samples);
    wake();
  };
  start(onSound, stop.signal).then(() => end(null), end);
  try {
    for (;;) {
      const next = waiting.shift();
      if (next) {
        yield next;
        continue;
      }
      if (state.ended) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (state.error !== null) throw state.error;
  } finally {
    stop.abort();
  }
}
