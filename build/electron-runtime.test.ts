import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { downloadElectron } from './electron-runtime.ts';

/** Bytes of the archive that is announced. */
const WHOLE = 1000;

let cache: string;
let host: Server | null = null;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'timbre-electron-'));
  vi.stubEnv('electron_config_cache', cache);
  for (const name of ['HTTPS_PROXY', 'https_proxy']) vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  host?.closeAllConnections();
  host?.close();
  host = null;
  rmSync(cache, { recursive: true, force: true });
});

/** Has the runtime come from a host of our own. */
async function from(answer: (response: ServerResponse) => void): Promise<void> {
  host = createServer((_, response) => answer(response)).listen(0, '127.0.0.1');
  await once(host, 'listening');
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${(host.address() as AddressInfo).port}/`);
}

const LONG = 60_000;

test('a host that does not answer is given up', async () => {
  await from(() => undefined);
  const fetching = downloadElectron(() => undefined, { connect: 100, stall: LONG, total: LONG });
  await expect(fetching).rejects.toThrow('could not be fetched: its host did not answer within 0.1 s.');
});

test('what comes is told, and what stops coming is given up', async () => {
  await from((response) => {
    response.writeHead(200, { 'content-length': WHOLE });
    response.write(Buffer.alloc(400));
  });
  const told: [number, number | null][] = [];
  const fetching = downloadElectron((...now) => told.push(now), { connect: LONG, stall: 2000, total: LONG });
  await expect(fetching).rejects.toThrow('could not be fetched: nothing came for 2 s.');
  expect(told).toContainEqual([400, WHOLE]);
});

test('an archive that is not the official one is refused', async () => {
  await from((response) => response.end(Buffer.alloc(WHOLE)));
  const fetching = downloadElectron(() => undefined, { connect: LONG, stall: LONG, total: LONG });
  await expect(fetching).rejects.toThrow(/could not be fetched: .*checksum/i);
});
