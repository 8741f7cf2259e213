import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { FaultError } from '../../shared/errors.ts';
import { breakingOff } from './break-off.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

/** The outgoing half of a call that really came over loopback, and what its caller reads. */
async function withCall<T>(use: (outgoing: ServerResponse, asked: Promise<Response>) => Promise<T>): Promise<T> {
  const server = createServer();
  const called = once(server, 'request');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const asked = fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    asked.catch(() => undefined);
    const [, outgoing] = (await called) as [IncomingMessage, ServerResponse];
    return await use(outgoing, asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('breakingOff', () => {
  it('leaves an answer of known length as it is', async () => {
    await withCall(async (outgoing) => {
      const answer = new Response('whole', { headers: { 'content-length': '5' } });
      expect(breakingOff(answer, outgoing)).toBe(answer);
    });
  });

  it('hands on the pieces of a streamed one', async () => {
    await withCall(async (outgoing) => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(bytes(1, 2));
          controller.enqueue(bytes(3));
          controller.close();
        },
      });
      const answer = breakingOff(new Response(body), outgoing);
      expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([1, 2, 3]);
    });
  });

  it.each([
    ['a provider that failed', new FaultError({ code: 'cut_short', message: 'It ended too early.' }), 0],
    ['a mistake in Timbre', new TypeError('undefined is not a function'), 1],
  ])('closes the connection after %s, and reports only mistakes', async (_, thrown, reports) => {
    await withCall(async (outgoing, asked) => {
      const reported: unknown[] = [];
      let pieces = 0;
      const body = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            pieces += 1;
            if (pieces === 1) controller.enqueue(bytes(7));
            else controller.error(thrown);
          },
        },
        { highWaterMark: 0 },
      );
      const reader = breakingOff(new Response(body), outgoing, (error) => reported.push(error)).body?.getReader();
      expect((await reader?.read())?.value).toEqual(bytes(7));
      void reader?.read().catch(() => undefined);
      await expect(asked.then((answer) => answer.arrayBuffer())).rejects.toThrow();
      expect(outgoing.destroyed).toBe(true);
      expect(reported).toHaveLength(reports);
    });
  });

  it('ends quietly when the listener leaves while a piece is awaited', async () => {
    await withCall(async (outgoing) => {
      const reported: unknown[] = [];
      const happened = new EventEmitter();
      const awaited = once(happened, 'pull');
      const cancelled = once(happened, 'cancel');
      const body = new ReadableStream<Uint8Array>(
        {
          pull() {
            happened.emit('pull');
            return new Promise(() => undefined);
          },
          cancel: (why) => void happened.emit('cancel', why),
        },
        { highWaterMark: 0 },
      );
      const reader = breakingOff(new Response(body), outgoing, (error) => reported.push(error)).body?.getReader();
      const waiting = reader?.read();
      await awaited;
      await reader?.cancel('gone');
      expect(await cancelled).toEqual(['gone']);
      expect((await waiting)?.done).toBe(true);
      // What the read that was under way does comes after the cancel.
      await new Promise((resolve) => setImmediate(resolve));
      expect(reported).toEqual([]);
      expect(outgoing.destroyed).toBe(false);
    });
  });
});
