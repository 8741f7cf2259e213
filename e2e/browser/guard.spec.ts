import { request as httpRequest } from 'node:http';
import { FaultBody } from '../../shared/errors.ts';
import { expect, test } from '../fixtures.ts';
import { startWebShell } from '../web-shell.ts';

interface Answer {
  status: number;
  body: string;
}

/** Asks with exactly these headers, which `fetch` would not let through. */
function ask(origin: string, path: string, headers: Record<string, string>, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const request = httpRequest({ hostname, port, path, method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject);
    request.end();
  });
}

const faultOf = (answer: Answer) => FaultBody.parse(JSON.parse(answer.body)).error;

test('without its token, or with a wrong one, the API tells nothing', async ({ studio }) => {
  const { origin, token } = studio.web;
  for (const authorization of ['', 'Bearer ', 'Bearer wrong', `Basic ${token}`, `Bearer ${token.slice(0, -1)}`]) {
    const answer = await ask(origin, '/api/status', authorization ? { authorization } : {});
    expect(answer.status).toBe(401);
    expect(faultOf(answer).code).toBe('unauthorised');
    expect(answer.body).not.toContain('providers');
  }
  expect((await ask(origin, '/api/status', { authorization: `Bearer ${token}` })).status).toBe(200);
});

test('the token is not in the page, in a file or in an address that is sent', async ({ studio }) => {
  const { origin, token } = studio.web;
  expect((await ask(origin, '/', {})).body).not.toContain(token);
  expect((await ask(origin, `/api/status?token=${token}`, {})).status).toBe(401);
  expect(studio.page.url()).not.toContain(token);
});

test('a page of another origin is refused even with the token', async ({ studio }) => {
  const { origin, token } = studio.web;
  const authorization = `Bearer ${token}`;
  for (const foreign of [
    'https://evil.example',
    'null',
    'http://127.0.0.1:1',
    origin.replace('127.0.0.1', 'localhost'),
  ]) {
    const answer = await ask(origin, '/api/status', { authorization, origin: foreign });
    expect(answer.status, foreign).toBe(403);
  }
  expect((await ask(origin, '/api/status', { authorization, origin })).status).toBe(200);
});

test('a real page of another origin cannot read the studio', async ({ studio, playwright, launchOptions }) => {
  const { origin, token } = studio.web;
  const browser = await playwright.chromium.launch(launchOptions);
  try {
    const page = await browser.newPage();
    await page.route('http://evil.example/', (route) => route.fulfill({ contentType: 'text/html', body: 'evil' }));
    await page.goto('http://evil.example/');
    const got = await page.evaluate(
      async ([to, secret]) =>
        await fetch(`${to}/api/status`, { headers: { authorization: `Bearer ${secret}` } }).then(
          (response) => `read ${response.status}`,
          () => 'refused',
        ),
      [origin, token] as const,
    );
    expect(got).toBe('refused');
  } finally {
    await browser.close();
  }
});

test('a name that was rebound to this machine is refused, for the page too', async ({ studio }) => {
  const { origin, token } = studio.web;
  const { port } = new URL(origin);
  for (const host of [`evil.example:${port}`, '127.0.0.1.evil.example', `0.0.0.0:${port}`, `192.168.0.7:${port}`]) {
    const headers = { host, authorization: `Bearer ${token}` };
    expect((await ask(origin, '/api/status', headers)).status, host).toBe(403);
    expect((await ask(origin, '/', headers)).status, host).toBe(403);
  }
});

test('any loopback port in the Host header is served, as SSH forwarding needs it', async ({ studio }) => {
  const { origin, token } = studio.web;
  for (const host of ['127.0.0.1:9000', 'localhost:1', '[::1]:65535']) {
    const forwarded = { host, origin: `http://${host}`, authorization: `Bearer ${token}` };
    expect((await ask(origin, '/api/status', forwarded)).status, host).toBe(200);
    expect((await ask(origin, '/', { host })).status, host).toBe(200);
  }
});

test('only loopback is listened on', async ({ studio }) => {
  expect(new URL(studio.web.origin).hostname).toBe('127.0.0.1');
});

test('a path that climbs out of the page is not served', async ({ studio }) => {
  for (const path of [
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/engine/web.js',
    '/assets/..%5c..%5cpackage.json',
  ]) {
    const answer = await ask(studio.web.origin, path, {});
    expect(answer.status, path).not.toBe(200);
    expect(answer.body).not.toContain('"dependencies"');
  }
});

test('the reason why the browser is used is shown on the page', async ({ studio }) => {
  const notice = 'The studio opens in the browser rather than as a desktop app: there is no display here.';
  const shell = await startWebShell({ ...studio.env, TIMBRE_NOTICE: notice });
  try {
    await studio.page.goto(shell.link);
    await expect(studio.page.getByText(notice)).toBeVisible();
  } finally {
    await shell.stop();
  }
});
