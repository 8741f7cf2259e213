import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Status } from '../shared/schemas/status.ts';
import { expect, test } from './fixtures.ts';

test('a first start brings up the studio, with the built-in voices and nothing to complain about', async ({
  studio,
}) => {
  await expect(studio.page).toHaveTitle(/Timbre/);
  await expect(studio.page.getByRole('textbox', { name: 'Text to speak' })).toBeVisible();
  const { status, body } = await studio.call('/api/status');
  expect(status).toBe(200);
  const parsed = Status.parse(body);
  expect(parsed.shell).toBe(studio.shell);
  expect(parsed.libraryFault).toBeNull();
  expect(parsed.providers.map((provider) => provider.id)).toContain('builtin');
  expect(studio.complaints).toEqual([]);
  await studio.shoot('first-start');
});

test('the page has no Node and keeps its Content-Security-Policy', async ({ studio }) => {
  const found = await studio.page.evaluate(async () => {
    const inline = document.createElement('script');
    inline.textContent = 'document.body.dataset.inline = "ran"';
    document.head.append(inline);
    // In the same turn Playwright's own evaluation would lift the policy.
    await new Promise((resolve) => setTimeout(resolve, 0));
    let evaluated = 'ran';
    try {
      new Function('return 1')();
    } catch {
      evaluated = 'refused';
    }
    const policy = (await fetch('/')).headers.get('content-security-policy') ?? '';
    return {
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
      inline: document.body.dataset.inline ?? 'refused',
      evaluated,
      policy,
    };
  });
  expect(found).toMatchObject({ node: [], inline: 'refused', evaluated: 'refused' });
  expect(found.policy).toContain("default-src 'none'");
  expect(found.policy).toMatch(/style-src 'self' 'nonce-[\w-]{16,}'/);
  expect(found.policy).not.toContain("'unsafe-inline'");
  expect(found.policy).not.toContain("'unsafe-eval'");
});

test('a worker of the page keeps the policy, too', async ({ studio }) => {
  const reader = () =>
    studio.page
      .workers()
      .map((worker) => worker.url())
      .find((url) => url.includes('reader-worker'));
  await expect.poll(reader).toBeTruthy();
  const worker = await studio.page.evaluate(async (address) => {
    const { headers } = await fetch(address);
    return headers.get('content-security-policy') ?? '';
  }, reader() ?? '');
  expect(worker).toContain("default-src 'none'");
  expect(worker).not.toContain("'unsafe-eval'");
});

test('the page reaches nobody but the studio', async ({ studio }) => {
  const came: string[] = [];
  const other = createServer((request, response) => {
    came.push(request.url ?? '');
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'image/svg+xml' });
    response.end('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>');
  }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  try {
    expect((await fetch(`${address}/test`)).status).toBe(200);
    const got = await studio.page.evaluate(async (to) => {
      const answer = (how: RequestInit) =>
        fetch(`${to}/fetch`, how).then(
          () => 'read',
          () => 'refused',
        );
      const picture = new Promise<string>((resolve) => {
        const image = new Image();
        image.onload = () => resolve('read');
        image.onerror = () => resolve('refused');
        image.src = `${to}/picture`;
      });
      return [await answer({}), await answer({ mode: 'no-cors' }), await picture];
    }, address);
    expect(got).toEqual(['refused', 'refused', 'refused']);
    expect(came).toEqual(['/test']);
  } finally {
    other.closeAllConnections();
    other.close();
  }
});

test('the microphone, the camera and the place are not to be had', async ({ studio }) => {
  const names = await studio.page.evaluate(async () => {
    const refused = (error: unknown) => (error instanceof Error ? error.name : String(error));
    const asked = async (what: MediaStreamConstraints) =>
      await navigator.mediaDevices.getUserMedia(what).then(() => 'granted', refused);
    return [await asked({ audio: true }), await asked({ video: true })];
  });
  expect(names).not.toContain('granted');
});
