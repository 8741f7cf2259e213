import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { fault } from '../../../shared/errors.ts';
import { NeverConnected } from './connection-fault.ts';
import { HttpClient } from './http-client.ts';
import { HttpFault } from './http-fault.ts';
import { redactor, withoutSecrets } from './secrets.ts';

const SECRET = 'sk_"quoted"/0123456789';
const signal = new AbortController().signal;
const open: { server: Server; client: HttpClient }[] = [];

/** A server that says back what it was sent. */
async function echo(): Promise<HttpClient> {
  const server = createServer((request, response) => {
    const key = request.headers.authorization ?? '';
    switch (request.url) {
      case '/json':
        return response.setHeader('x-echo', key).end(JSON.stringify({ key, list: [`Bearer ${key}`] }));
      case '/escaped':
        return response.end(JSON.stringify({ key }).replaceAll('0', '\\u0030').replaceAll('/', '\\/'));
      case '/header':
        return response.setHeader('x-echo', key).end();
      case '/html':
        return response.end(`<title>You sent ${key}</title>`);
      default:
        response.writeHead(400, { 'content-type': 'application/json' });
        return response.end(JSON.stringify({ error: { message: `Bad key ${key}`, code: key, param: key } }));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new HttpClient({ server: 'The peer', base, headers: { authorization: SECRET }, secrets: [SECRET] });
  open.push({ server, client });
  return client;
}

afterEach(async () => {
  for (const { server, client } of open.splice(0)) {
    await client.close();
    server.close();
    server.closeAllConnections();
  }
});

const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
const everything = (thrown: unknown) =>
  thrown instanceof Error ? JSON.stringify({ ...thrown, message: thrown.message, stack: thrown.stack }) : '';

it('takes the key out of refusals', async () => {
  const thrown = await thrownBy((await echo()).ask({ path: '/refused', signal }));
  expect(thrown).toMatchObject({
    fault: { code: 'bad_request', said: '400: Bad key •••', param: '•••' },
    serverCode: '•••',
  });
  expect(everything(thrown)).not.toContain('0123456789');
});

it('takes the key out of JSON, of headers, and of what is no JSON', async () => {
  const client = await echo();
  expect(await client.json({ path: '/json', signal }, z.unknown())).toEqual({ key: '•••', list: ['Bearer •••'] });
  const answer = await client.ask({ path: '/header', signal });
  expect(answer.header('x-echo')).toBe('•••');
  expect(answer.header('x-none')).toBeUndefined();
  answer.release();
  expect(await thrownBy(client.json({ path: '/html', signal }, z.object({})))).toMatchObject({
    fault: { said: 'You sent •••' },
  });
});

it('takes the key out of JSON that writes it in escapes', async () => {
  const client = await echo();
  expect(await client.json({ path: '/escaped', signal }, z.unknown())).toEqual({ key: '•••' });
});

it('takes the key out of what a broken connection says', async () => {
  const client = new HttpClient({ server: 'It', base: `http://${'x'.repeat(8)}.invalid`, secrets: ['xxxxxxxx'] });
  const thrown = await thrownBy(client.ask({ path: '/', signal }));
  expect(thrown).toMatchObject({ fault: { code: 'unreachable', said: expect.stringContaining('•••.invalid') } });
  expect(everything(thrown)).not.toContain('xxxxxxxx');
  expect(thrown).toBeInstanceOf(NeverConnected);
  await client.close();
});

it('knows a secret within an address, and leaves short words alone', () => {
  const redact = redactor([SECRET, 'abc', '']);
  expect(redact(`https://x/?key=${encodeURIComponent(SECRET)}&abc`)).toBe('https://x/?key=•••&abc');
});

it('takes out the beginning of a secret that was cut through', () => {
  const redact = redactor([SECRET]);
  const begun = SECRET.slice(0, 9);
  expect(redact(`You sent ${begun}…`)).toBe('You sent •••…');
  expect(redact(`You sent ${begun}`)).toBe('You sent •••');
  expect(redact(`You sent ${SECRET.slice(0, 3)}…`)).toBe(`You sent ${SECRET.slice(0, 3)}…`);
});

it('cleans what others made of a body', () => {
  const redact = redactor(['secret-key']);
  const http = new HttpFault({ code: 'busy', message: 'secret-key', said: 'secret-key' }, 429, 1000, 'secret-key');
  expect(withoutSecrets(http, redact)).toMatchObject({
    fault: { code: 'busy', message: '•••', said: '•••' },
    status: 429,
    retryAfterMs: 1000,
    serverCode: '•••',
  });
  expect(everything(withoutSecrets(fault('bad_audio', 'It said secret-key.'), redact))).not.toContain('secret-key');
  const other = new Error('other');
  expect(withoutSecrets(other, redact)).toBe(other);
});
