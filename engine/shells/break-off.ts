import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import { toFault } from '../../shared/errors.ts';

type Outgoing = ServerResponse | Http2ServerResponse;

/**
 * Gives a streamed body to the server in such a way that a failure in its midst closes the connection after what had
 * come: the other side sees that it is not whole. The server alone would print every failure, and lose the first pieces
 * where it comes early.
 *
 * @param report told of failures that are a mistake in Timbre
 */
export function breakingOff(
  response: Response,
  outgoing: Outgoing,
  report: (thrown: unknown) => void = (thrown) => console.error(thrown),
): Response {
  if (response.body === null || !isStreamed(response)) return response;
  const reader = response.body.getReader();
  let left = false;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { value, done } = await reader.read();
          // Whoever listened may have gone during the read; the stream is closed then.
          if (left) return;
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (thrown) {
          if (toFault(thrown).code === 'internal') report(thrown);
          await closeConnection(outgoing);
        }
      },
      cancel(why) {
        left = true;
        return reader.cancel(why);
      },
    },
    // Nothing is read ahead: at a failure everything before it has been written.
    { highWaterMark: 0 },
  );
  const headers = new Headers(response.headers);
  // The server then sends the head and each piece at once, rather than wait whether the body is a short one.
  headers.set('transfer-encoding', 'chunked');
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

/** Whether it comes in pieces of which nobody knows the number. */
function isStreamed({ headers }: Response): boolean {
  return !headers.has('content-length') && !headers.get('content-type')?.startsWith('application/json');
}

/** Sends what was written, and closes without the end that a whole answer has. Resolves when it is closed. */
function closeConnection(outgoing: Outgoing): Promise<void> {
  return new Promise((resolve) => {
    if (outgoing.destroyed) return resolve();
    outgoing.once('close', resolve);
    if (outgoing.socket) outgoing.socket.destroySoon();
    else outgoing.destroy();
  });
}
