import { onEnd } from './patience/on-end.ts';
import type { Provider, SpeechStream } from './provider.ts';

/** A provider that can be taken out of use without breaking off what it speaks. */
export interface Draining {
  /** The provider itself, whose streams are counted. */
  provider: Provider;
  /** Takes no more; closes once the last stream has ended. */
  retire(): Promise<void>;
  /** Closes at once. */
  close(): Promise<void>;
}

/** Counts a provider's streams and what else takes long, so that it is closed only after the last of them. */
export function draining(provider: Provider): Draining {
  let open = 0;
  let closed: Promise<void> | null = null;
  let emptied = () => {};
  const close = () => {
    closed ??= provider.close();
    return closed;
  };
  const done = () => {
    open -= 1;
    if (open === 0) emptied();
  };

  /** Ends the count once, whichever comes first: the end of the sound, a listener who leaves, or the signal. */
  function counted(stream: SpeechStream, signal: AbortSignal): SpeechStream {
    let ended = false;
    const end = () => {
      if (ended) return;
      ended = true;
      signal.removeEventListener('abort', end);
      done();
    };
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    return { ...stream, chunks: onEnd(stream.chunks, end) };
  }

  const speaking: Provider['stream'] = async (request, signal) => {
    open += 1;
    try {
      return counted(await provider.stream(request, signal), signal);
    } catch (thrown) {
      done();
      throw thrown;
    }
  };

  /** Counts a call until it is answered. */
  async function during<T>(call: Promise<T>): Promise<T> {
    open += 1;
    try {
      return await call;
    } finally {
      done();
    }
  }

  const { clone, switchModel } = provider;
  const value = (value: unknown) => ({ value, writable: true, enumerable: true });
  return {
    // What a provider can do beside this is asked of it as it is.
    provider: Object.create(provider, {
      stream: value(speaking),
      ...(clone && { clone: value((...asked: Parameters<typeof clone>) => during(clone.apply(provider, asked))) }),
      ...(switchModel && {
        switchModel: value((...asked: Parameters<typeof switchModel>) => during(switchModel.apply(provider, asked))),
      }),
    }),
    async retire() {
      if (open > 0) {
        await new Promise<void>((resolve) => {
          emptied = resolve;
        });
      }
      await close();
    },
    close,
  };
}
