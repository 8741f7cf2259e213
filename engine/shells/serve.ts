import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { breakingOff } from './break-off.ts';

/** A server that listens. */
export interface Listening {
  port: number;
  close(): Promise<void>;
}

/**
 * Serves a function from Request to Response. A body that fails in its midst is broken off, never ended as if whole.
 *
 * @throws the system's error, for example EADDRINUSE
 */
export function listen(fetch: (request: Request) => Promise<Response>, host: string, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server: ServerType = serve(
      {
        fetch: async (request, { outgoing }) => breakingOff(await fetch(request), outgoing),
        hostname: host,
        port,
        overrideGlobalObjects: false,
      },
      (address: AddressInfo) =>
        resolve({
          port: address.port,
          close: () =>
            new Promise((closed) => {
              server.close(() => closed());
              if ('closeAllConnections' in server) server.closeAllConnections();
            }),
        }),
    );
    server.on('error', reject);
  });
}

/** Listens on the port asked for; where none was asked for, on the usual one or, if that is taken, any free one. */
export async function listenSomewhere(
  fetch: (request: Request) => Promise<Response>,
  host: string,
  asked: number | null,
  usual: number,
): Promise<Listening> {
  if (asked !== null) return listen(fetch, host, asked);
  return listen(fetch, host, usual).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'EADDRINUSE') return listen(fetch, host, 0);
    throw thrown;
  });
}

/** Ends the process in order at SIGINT and SIGTERM: once politely, the second time at once. */
export function closeOnSignals(close: () => Promise<void>): void {
  let asked = false;
  const end = () => {
    // Not exit(): it ends threads in the midst of their work, which ONNX Runtime answers with an abort and a core dump.
    // Nothing is lost: what is not stored yet is recovered at the next start, as after a power cut.
    if (asked) process.kill(process.pid, 'SIGKILL');
    asked = true;
    void close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}
