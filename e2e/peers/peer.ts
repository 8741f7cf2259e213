import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { parseJson } from '../../shared/text/parse-json.ts';
import { FaultQueue, PeerFault } from './faults.ts';

/** One request and its answer. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  /** Parts of the path that stand for something, by name. */
  params: Record<string, string>;
  /** The body as it came. */
  body: Buffer;
  /** The body as JSON; undefined where it is none. */
  json: unknown;
  /** Aborts when the client has left. */
  left: AbortSignal;
}

export type Handler = (exchange: Exchange) => Promise<void> | void;

/** A request as a test looks at it afterwards. */
export interface SeenRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage['headers'];
  json: unknown;
  /** When it came, as `Date.now()`. */
  at: number;
}

export interface PeerOptions {
  name: string;
  /** By method and path, for example `POST /voices/:name/aliases`. The first that fits is taken. */
  routes: Readonly<Record<string, Handler>>;
  /** For what no route fits. */
  otherwise: Handler;
  /** How this kind of server says a status without being asked for a reason. */
  refuse(exchange: Exchange, status: number, headers: Record<string, string>): void;
}

const MOST_BODY = 64 * 1024 * 1024;

const FaultOrder = z.object({ fault: PeerFault, times: z.number().int().min(1).max(1000).default(1) });

/**
 * A server of the kind people run, for tests and for trying the app: on the loopback, with real speech, and with faults
 * on demand, from code or by `POST /__peer/faults`.
 */
export class Peer {
  readonly name: string;
  readonly faults = new FaultQueue();
  /** Everything that was asked, but for what is asked of the peer itself. */
  readonly seen: SeenRequest[] = [];
  readonly #options: PeerOptions;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #port = 0;

  constructor(options: PeerOptions) {
    this.name = options.name;
    this.#options = options;
  }

  /** Where it listens, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.#sockets.size;
  }

  /** Starts to listen: on the port asked for, the one it had before, or any. */
  async start(port = this.#port): Promise<this> {
    const server = createServer((request, response) => void this.#serve(request, response));
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
    return this;
  }

  /** Stops at once, as a server does that is killed. It can be started again at the same port. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  /** Requests to a path, in order. */
  askedFor(path: string): SeenRequest[] {
    return this.seen.filter((request) => request.path === path);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const controller = new AbortController();
    response.on('close', () => controller.abort());
    const url = new URL(request.url ?? '/', this.url);
    try {
      const body = await bodyOf(request);
      const exchange: Exchange = {
        request,
        response,
        url,
        params: {},
        body,
        json: parseJson(body.toString('utf8')),
        left: controller.signal,
      };
      if (url.pathname === '/__peer/faults') return this.#order(exchange);
      this.seen.push({
        method: request.method ?? 'GET',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        json: exchange.json,
        at: Date.now(),
      });
      await this.#route(exchange);
    } catch (thrown) {
      // The client may have left in the midst of anything; everything else is a mistake in the peer.
      if (!controller.signal.aborted) console.error(`${this.name}:`, thrown);
      response.destroy();
    }
  }

  async #route(exchange: Exchange): Promise<void> {
    const { method = 'GET' } = exchange.request;
    for (const [route, handler] of Object.entries(this.#options.routes)) {
      const [verb, path = ''] = route.split(' ');
      const params = verb === method ? match(path, exchange.url.pathname) : null;
      if (params) return await handler({ ...exchange, params });
    }
    await this.#options.otherwise(exchange);
  }

  #order({ request, response, json }: Exchange): void {
    if (request.method === 'DELETE') this.faults.clear();
    const order = FaultOrder.safeParse(json);
    if (request.method === 'POST' && order.success) this.faults.add(order.data.fault, order.data.times);
    sendJson(response, request.method === 'POST' && !order.success ? 400 : 200, {
      waiting: this.faults.length,
      ...(request.method === 'POST' && !order.success ? { error: order.error.message } : {}),
    });
  }

  /**
   * Answers with sound, or spoils the answer as the next fault says.
   *
   * @param pieces the bytes of the answer's body as this kind of server writes them, header of the file included
   */
  async sendSound(
    exchange: Exchange,
    headers: Record<string, string>,
    pieces: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const { response, left } = exchange;
    const fault = this.faults.next();
    switch (fault?.kind) {
      case 'hang-up':
        response.destroy();
        return;
      case 'stall-before':
        await untilLeft(left);
        return;
      case 'status':
        this.#options.refuse(exchange, fault.status, fault.retryAfter ? { 'retry-after': fault.retryAfter } : {});
        return;
      case 'html':
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end('<!doctype html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>');
        return;
      case 'empty':
        response.writeHead(200, headers);
        response.end();
        return;
    }
    response.writeHead(200, fault?.kind === 'content-type' ? { ...headers, 'content-type': fault.value } : headers);
    response.flushHeaders();
    await sendPieces(exchange, pieces, fault);
  }
}

/** Sends pieces until the fault, if any, takes hold. Ends quietly where the client leaves. */
async function sendPieces(
  { response, left }: Exchange,
  pieces: AsyncIterable<Uint8Array>,
  fault: PeerFault | null,
): Promise<void> {
  let sent = 0;
  let held: Uint8Array | null = null;
  const write = async (bytes: Uint8Array) => {
    if (left.aborted || bytes.length === 0) return;
    sent += bytes.length;
    if (!response.write(bytes)) await Promise.race([once(response, 'drain'), untilLeft(left)]);
  };
  for await (const piece of pieces) {
    if (left.aborted) return;
    if (fault?.kind === 'stall-during' || fault?.kind === 'cut' || fault?.kind === 'end-early') {
      const room = fault.afterBytes - sent;
      await write(piece.subarray(0, Math.max(0, room)));
      if (sent < fault.afterBytes) continue;
      if (fault.kind === 'stall-during') await untilLeft(left);
      else if (fault.kind === 'end-early') response.end();
      else response.socket?.destroySoon();
      return;
    }
    if (fault?.kind === 'drip') {
      for (let at = 0; at < piece.length && !left.aborted; at += fault.bytes) {
        await write(piece.subarray(at, at + fault.bytes));
        await wait(fault.everyMs, undefined, { signal: left }).catch(() => undefined);
      }
      continue;
    }
    if (fault?.kind !== 'half-sample') {
      await write(piece);
      continue;
    }
    // One piece is held back, so that the last byte is known when it comes.
    if (held) await write(held);
    held = piece;
  }
  if (held) await write(held.subarray(0, -1));
  response.end();
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

/** Resolves when the client has left. */
export function untilLeft(left: AbortSignal): Promise<void> {
  if (left.aborted) return Promise.resolve();
  return new Promise((resolve) => left.addEventListener('abort', () => resolve(), { once: true }));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    pieces.push(piece as Buffer);
    length += (piece as Buffer).length;
    if (length > MOST_BODY) throw new Error('The body is too large.');
  }
  return Buffer.concat(pieces);
}

/** The named parts of a path that fits a pattern; null where it does not. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return params;
}
