import { Hono } from 'hono';
import type { StudioEvent } from '../../shared/schemas/events.ts';
import type { StudioParts } from '../studio-parts.ts';

/** A comment line so often keeps proxies and port forwards from closing the stream. */
const KEEP_ALIVE_MS = 20_000;

/** What happens in the engine, as server-sent events (HTML Living Standard, section 9.2). */
export function eventsApi(parts: StudioParts) {
  return new Hono().get('/', () => {
    let stop = () => {};
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const send = (text: string) => controller.enqueue(encoder.encode(text));
        const unsubscribe = parts.events.subscribe((event: StudioEvent) => send(`data: ${JSON.stringify(event)}\n\n`));
        const timer = setInterval(() => send(': still here\n\n'), KEEP_ALIVE_MS);
        timer.unref?.();
        stop = () => {
          clearInterval(timer);
          unsubscribe();
        };
        send(': welcome\n\n');
      },
      cancel: () => stop(),
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
  });
}
