import { Hono } from 'hono';
import { fault } from '../../shared/errors.ts';
import type { StudioEvent } from '../../shared/schemas/events.ts';
import type { StudioParts } from '../studio-parts.ts';

/** A comment line so often keeps proxies and port forwards from closing the stream. */
const KEEP_ALIVE_MS = 20_000;

/** Events kept for a page that does not read. A thousand takes being measured at once send about two thousand. */
const BACKLOG = 5000;

/**
 * What happens in the engine, as server-sent events (HTML Living Standard, section 9.2). A page that falls far behind is
 * cut off: it connects again and reads everything anew, which costs less than what it missed.
 */
export function eventsApi(parts: Pick<StudioParts, 'events'>) {
  return new Hono().get('/', () => {
    let stop = () => {};
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>(
      {
        start(controller) {
          const send = (text: string) => {
            if ((controller.desiredSize ?? 0) > 0) return controller.enqueue(encoder.encode(text));
            stop();
            controller.error(fault('cut_short', 'This page does not read its events.'));
          };
          const tell = (event: StudioEvent) => send(`data: ${JSON.stringify(event)}\n\n`);
          const unsubscribe = parts.events.subscribe(tell);
          const timer = setInterval(() => send(': still here\n\n'), KEEP_ALIVE_MS);
          timer.unref?.();
          stop = () => {
            clearInterval(timer);
            unsubscribe();
          };
          send(': welcome\n\n');
        },
        cancel: () => stop(),
      },
      { highWaterMark: BACKLOG },
    );
    return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } });
  });
}
