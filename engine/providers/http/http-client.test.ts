import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fault, toFault } from '../../../shared/errors.ts';
import { NeverConnected } from './connection-fault.ts';
import { HttpClient, type HttpClientOptions } from './http-client.ts';
import { HttpFault } from './http-fault.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const sockets = new Set<Socket>();
/** Address of the server made last. */
let address = '';
const open: { server: Server; client: HttpClient }[] = [];

async function serve(handler: Handler, options: Partial<HttpClientOptions> = {}): Promise<HttpClient> {
  const server = createServer(handler);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new HttpClient({ server: 'The peer', base: `http://${address}/`, ...options });
  open.push({ server, client });
  return client;
}

afterEach(async () => {
  for (const { server, client } of open.splice(0)) {
    await client.close();
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }
});

const never = () => new AbortController().signal;
const faultOf = (promise: Promise<unknown>) => promise.then(() => null, toFault);

async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('HttpClient', () => {
  it('waits for JSON that trickles no longer than it may', async () => {
    let gone = false;
    const client = await serve(
      (_, response) => {
        const trickle = setInterval(() => response.write(' '), 10);
        response.on('close', () => {
          gone = true;
          clearInterval(trickle);
        });
      },
      { jsonMs: 100 },
    );
    const failure = await faultOf(client.json({ path: '/voices', signal: never() }, z.unknown()));
    expect(failure).toMatchObject({ code: 'busy', message: 'The peer answers too slowly.' });
    await expect.poll(() => gone).toBe(true);
  });

  it('asks with its headers, query and body, below its base', async () => {
    const client = await serve(
      (request, response) => {
        const pieces: Buffer[] = [];
        request.on('data', (piece) => pieces.push(piece));
        request.on('end', () => {
          const { method, url, headers } = request;
          const { authorization, accept } = headers;
          response.end(JSON.stringify({ method, url, authorization, accept, body: Buffer.concat(pieces).toString() }));
        });
      },
      { headers: { authorization: 'Bearer k' } },
    );
    const asked = { method: 'POST', path: '/v1/x', query: { a: 'b c' }, json: { text: 'ä' }, signal: never() } as const;
    expect(await client.json(asked, z.unknown())).toEqual({
      method: 'POST',
      url: '/v1/x?a=b+c',
      authorization: 'Bearer k',
      accept: '*/*',
      body: '{"text":"ä"}',
    });
  });

  it('gives the body piece by piece, and keeps the connection', async () => {
    let release = () => {};
    const client = await serve((_, response) => {
      response.write('one ');
      release = () => response.end('two');
    });
    for (let round = 0; round < 8; round += 1) {
      const { body } = await client.ask({ path: '/', signal: never() });
      const iterator = body[Symbol.asyncIterator]();
      expect(String(Buffer.from((await iterator.next()).value ?? []))).toBe('one ');
      release();
      expect(String(Buffer.from((await iterator.next()).value ?? []))).toBe('two');
      expect((await iterator.next()).done).toBe(true);
    }
    // The end of a body is heard before its connection is free again, so that there may be two by turns.
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  it.each([
    [400, 'bad_request'],
    [401, 'unauthorised'],
    [402, 'no_credit'],
    [403, 'unauthorised'],
    [404, 'bad_request'],
    [413, 'text_too_long'],
    [422, 'bad_request'],
    [429, 'rate_limited'],
    [500, 'provider_fault'],
    [503, 'busy'],
    [302, 'provider_fault'],
  ] as const)('says what %i means, with what the server said', async (status, code) => {
    const client = await serve((_, response) => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'retry-after': '3',
        location: 'http://127.0.0.1:1/',
      });
      response.end('{"error":{"message":"Because.","type":"why","param":"voice"}}');
    });
    const thrown = await client.ask({ path: '/', signal: never() }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(HttpFault);
    expect(thrown).toMatchObject({
      fault: { code, param: 'voice', said: `${status}: Because.`, todo: expect.any(String) },
      status,
      retryAfterMs: 3000,
      serverCode: 'why',
    });
  });

  it('lets the dialect say better what a refusal means', async () => {
    const refusal = ({ status }: { status: number }) =>
      status === 404 ? fault('unknown_voice', 'No such voice.') : null;
    const client = await serve((request, response) => response.writeHead(request.url === '/a' ? 404 : 409).end(), {
      refusal,
    });
    expect(await faultOf(client.ask({ path: '/a', signal: never() }))).toMatchObject({ code: 'unknown_voice' });
    expect(await faultOf(client.ask({ path: '/b', signal: never() }))).toMatchObject({ code: 'bad_request' });
  });

  it('does not wait for the words of a refusal that never come', async () => {
    const client = await serve((_, response) => {
      response.writeHead(500, { 'content-length': '100' });
      response.write('half');
    });
    expect(await faultOf(client.ask({ path: '/', signal: never() }))).toMatchObject({
      code: 'provider_fault',
      said: '500',
    });
  });

  it('says that nothing listens, that there is no such machine, and that it hung up', async () => {
    const client = await serve((request) => request.socket.destroy());
    const hungUp = await client.ask({ path: '/', signal: never() }).catch((thrown: unknown) => thrown);
    expect(hungUp).toMatchObject({ fault: { code: 'unreachable' } });
    // It may have taken the request.
    expect(hungUp).not.toBeInstanceOf(NeverConnected);
    const gone = createServer().listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const { port } = gone.address() as AddressInfo;
    gone.close();
    await once(gone, 'close');
    for (const base of [`http://127.0.0.1:${port}`, `http://localhost:${port}`, 'http://no-such-machine.invalid']) {
      const nobody = new HttpClient({ server: 'The peer', base });
      const thrown = await nobody.ask({ path: '/', signal: never() }).catch((error: unknown) => error);
      expect(thrown).toBeInstanceOf(NeverConnected);
      expect(thrown).toMatchObject({
        fault: { code: 'unreachable', message: expect.stringMatching(/Nothing listens|no machine|looked up/u) },
      });
      await nobody.close();
    }
  });

  it('says that https was asked of a server without it', async () => {
    await serve((_, response) => response.end());
    const secure = new HttpClient({ server: 'The peer', base: `https://${address}` });
    expect(await faultOf(secure.ask({ path: '/', signal: never() }))).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('http://'),
    });
    await secure.close();
  });

  it('does not wait for ever for an answer, nor within one', async () => {
    const limits = { firstByteMs: 200, betweenBytesMs: 200 };
    const client = await serve(
      (request, response) => {
        if (request.url === '/within') response.write('one');
      },
      { limits },
    );
    expect(await faultOf(client.ask({ path: '/before', signal: never() }))).toMatchObject({ code: 'busy' });
    const { body } = await client.ask({ path: '/within', signal: never() });
    expect(await faultOf(bytesOf(body))).toMatchObject({
      code: 'cut_short',
      message: expect.stringContaining('stopped'),
    });
  });

  it.each([
    ['chunked', {}],
    ['of a known length', { 'content-length': '1000' }],
  ])('finds out that an answer %s broke off', async (_, headers) => {
    const client = await serve((__, response) => {
      response.writeHead(200, headers);
      response.write('some', () => response.socket?.destroy());
    });
    const { body } = await client.ask({ path: '/', signal: never() });
    expect(await faultOf(bytesOf(body))).toMatchObject({ code: 'cut_short' });
  });

  it('closes the connection when it is cancelled, before the answer and within it', async () => {
    const asked: ServerResponse[] = [];
    const client = await serve((request, response) => {
      asked.push(response);
      if (request.url === '/within') response.write('one');
      else controller.abort();
    });
    const controller = new AbortController();
    expect(await faultOf(client.ask({ path: '/before', signal: controller.signal }))).toMatchObject({
      code: 'cancelled',
    });
    const second = new AbortController();
    const { body } = await client.ask({ path: '/within', signal: second.signal });
    const reading = faultOf(bytesOf(body));
    second.abort();
    expect(await reading).toMatchObject({ code: 'cancelled' });
    await Promise.all(asked.map((response) => response.closed || once(response, 'close')));
    expect(asked).toHaveLength(2);
  });

  it('closes the connection when nobody reads on, and when the answer is let go', async () => {
    const closed: Promise<unknown>[] = [];
    const client = await serve((_, response) => {
      closed.push(once(response, 'close'));
      response.write('x'.repeat(1000));
    });
    const first = await client.ask({ path: '/', signal: never() });
    for await (const _ of first.body) break;
    const second = await client.ask({ path: '/', signal: never() });
    second.release();
    await Promise.all(closed);
    expect(closed).toHaveLength(2);
  });

  it('opens no more connections than it may', async () => {
    const waiting: ServerResponse[] = [];
    let most = 0;
    const client = await serve(
      (_, response) => {
        waiting.push(response);
        most = Math.max(most, sockets.size);
        if (waiting.length >= 2) for (const one of waiting.splice(0)) one.end('{}');
      },
      { limits: { connections: 2 } },
    );
    await Promise.all(Array.from({ length: 6 }, () => client.json({ path: '/', signal: never() }, z.unknown())));
    expect(most).toBe(2);
  });

  it('refuses an answer of another form, with what it says', async () => {
    const client = await serve((_, response) => response.end('<title>Login</title>'));
    expect(await faultOf(client.json({ path: '/voices', signal: never() }, z.object({})))).toMatchObject({
      code: 'provider_fault',
      said: 'Login',
    });
  });
});
