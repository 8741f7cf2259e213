import { pause } from '../../shared/pause.ts';
import { StudioEvent } from '../../shared/schemas/events.ts';
import { EventStreamParser } from '../../shared/text/event-stream.ts';
import { parseJson } from '../../shared/text/parse-json.ts';
import { apiFetch, check } from '../api.ts';

/** Waits between attempts to reach the engine again, in ms; the last one repeats. */
const PATIENCE = [300, 1000, 2000, 5000];

/**
 * The `data` of each server-sent event of a stream. `fetch` is used in place of `EventSource` because that cannot
 * send the token.
 */
export async function* eventData(stream: ReadableStream<Uint8Array>, signal?: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const parser = new EventStreamParser();
  const reader = stream.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  signal?.addEventListener('abort', stop);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      for (const { data } of parser.push(decoder.decode(value, { stream: true }))) yield data;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    await reader.cancel().catch(() => undefined);
  }
}

export interface Following {
  onEvent(event: StudioEvent): void;
  /** The connection stands (again) or was lost. */
  onConnected(connected: boolean): void;
}

/** Follows what happens in the engine, and connects again whenever that ends, until the signal says stop. */
export async function followEvents({ onEvent, onConnected }: Following, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      const response = await check(await apiFetch('/api/events', { signal }));
      if (response.body === null) throw new Error('The events have no body.');
      failures = 0;
      onConnected(true);
      for await (const data of eventData(response.body, signal)) {
        const event = StudioEvent.safeParse(parseJson(data));
        if (event.success) onEvent(event.data);
      }
    } catch {
      // Whatever it was, the way on is the same: say it and try again.
    }
    if (signal.aborted) return;
    onConnected(false);
    await pause(PATIENCE[Math.min(failures, PATIENCE.length - 1)] ?? 0, signal);
    failures += 1;
  }
}
