import { request } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { fault } from '../../shared/errors.ts';
import { type Listening, listen } from './serve.ts';

let server: Listening | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
  vi.restoreAllMocks();
});

/** A body of these pieces, each as soon as it is wanted, that fails after the last one. */
function failing(pieces: Uint8Array[], thrown: Error): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      const piece = pieces[next++];
      if (piece) controller.enqueue(piece);
      else controller.error(thrown);
    },
  });
}

interface Heard {
  status: number;
  bytes: Buffer;
  /** Whether the answer was ended in order. */
  whole: boolean;
}

/** What really comes over the connection, before any client makes an error of it. */
function hear(port: number): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, agent: false }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('error', () => {});
      answer.on('close', () =>
        resolve({ status: answer.statusCode ?? 0, bytes: Buffer.concat(pieces), whole: answer.complete }),
      );
    });
    call.on('error', reject);
    call.end();
  });
}

async function serveBody(body: BodyInit, headers: HeadersInit = { 'content-type': 'audio/pcm' }): Promise<Heard> {
  server = await listen(async () => new Response(body, { headers }), '127.0.0.1', 0);
  return hear(server.port);
}

const cancelled = () => fault('cancelled', 'The take was cancelled.');
const printed = () => vi.spyOn(console, 'error').mockImplementation(() => {});

test.each([
  ['at once', []],
  ['after its first piece', [Buffer.alloc(4800, 1)]],
  ['after more than the connection takes at once', Array.from({ length: 200 }, (_, at) => Buffer.alloc(65_536, at))],
])('a body that fails %s arrives as far as it came, is broken off, and is not printed', async (_, pieces) => {
  const print = printed();
  const heard = await serveBody(failing(pieces, cancelled()));
  expect(heard.status).toBe(200);
  expect(heard.bytes.equals(Buffer.concat(pieces))).toBe(true);
  expect(heard.whole).toBe(false);
  expect(print).not.toHaveBeenCalled();
});

test('a failure that is a mistake of Timbre’s is printed', async () => {
  const print = printed();
  const wrong = new TypeError('undefined is not a function');
  expect((await serveBody(failing([Buffer.alloc(10)], wrong))).whole).toBe(false);
  expect(print).toHaveBeenCalledExactlyOnceWith(wrong);
});

test('whole answers end in order', async () => {
  const streamed = new Blob([Buffer.alloc(200_000, 7)]).stream();
  expect(await serveBody(streamed)).toEqual({ status: 200, bytes: Buffer.alloc(200_000, 7), whole: true });
  await server?.close();
  const json = await serveBody('{"ok":true}', { 'content-type': 'application/json' });
  expect(json).toEqual({ status: 200, bytes: Buffer.from('{"ok":true}'), whole: true });
});

test('a listener that goes away ends the body', async () => {
  const print = printed();
  const gone = new Promise<void>((resolve) => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(Buffer.alloc(65_536)),
      cancel: () => resolve(),
    });
    void listen(async () => new Response(body), '127.0.0.1', 0).then((listening) => {
      server = listening;
      const call = request({ host: '127.0.0.1', port: listening.port, agent: false }, (answer) => {
        answer.once('data', () => call.destroy());
      });
      call.on('error', () => {});
      call.end();
    });
  });
  await gone;
  expect(print).not.toHaveBeenCalled();
});
