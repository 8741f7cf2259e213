import type { Page } from '@playwright/test';
import { Desk } from './desk.ts';
import { expect, test } from './fixtures.ts';
import { createElevenLabsPeer, PEER_KEY } from './peers/elevenlabs.ts';
import { ProviderDesk } from './provider-desk.ts';

const TEXT = 'The first sentence is spoken at the beginning.';

/** Everything that a script in the page could read: the document, its fields, what it stores, what React holds. */
async function reachable(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const seen = new Set<object>();
    const found: string[] = [];
    // What React and its state keep hangs on the elements themselves.
    const walk = (value: unknown, depth: number) => {
      if (typeof value === 'string') found.push(value);
      if (typeof value !== 'object' || value === null || depth > 40 || seen.has(value) || seen.size > 400_000) return;
      seen.add(value);
      if (value instanceof Window || value instanceof Document) return;
      for (const name of Object.getOwnPropertyNames(value)) {
        const { value: own } = Object.getOwnPropertyDescriptor(value, name) ?? {};
        found.push(name);
        walk(own, depth + 1);
      }
      if (value instanceof Map) for (const entry of value) walk(entry, depth + 1);
      if (value instanceof Set) for (const entry of value) walk(entry, depth + 1);
    };
    for (const element of document.querySelectorAll('*')) {
      walk({ ...element }, 0);
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) found.push(element.value);
    }
    found.push(document.documentElement.outerHTML, location.href, JSON.stringify(performance.getEntries()));
    for (const storage of [localStorage, sessionStorage]) found.push(JSON.stringify({ ...storage }));
    return found.join('\n');
  });
}

test('a key that was entered is nowhere in what the page can reach', async ({ studio }) => {
  const peer = createElevenLabsPeer();
  await peer.start();
  try {
    const providers = new ProviderDesk(studio);
    const desk = new Desk(studio);
    const answers: Promise<string>[] = [];
    studio.page.on('response', (response) => {
      if (!/\/api\/events$/.test(response.url())) answers.push(response.text().catch(() => ''));
    });
    const said: string[] = [];
    studio.page.on('console', (message) => said.push(message.text()));
    await providers.add('ElevenLabs', { address: peer.url, key: PEER_KEY });
    await expect(providers.card('ElevenLabs')).toContainText(/credits left/);
    expect(await reachable(studio.page)).not.toContain(PEER_KEY);
    await providers.listed('elevenlabs');
    await providers.go('Tune');
    await desk.voice('Rachel');
    await desk.write(TEXT);
    await desk.render();
    peer.faults.add({ kind: 'status', status: 401 });
    await desk.write(`${TEXT} Again.`);
    await studio.page.keyboard.press('Control+Enter');
    await expect(studio.page.getByRole('alert').first()).toBeVisible();
    const page = await reachable(studio.page);
    // What is searched has what there is: the end of the key, which may be seen, and the text.
    expect(page).toContain(TEXT);
    expect(page).not.toContain(PEER_KEY);
    const bodies = await Promise.all(answers);
    expect(bodies.some((body) => body.includes(PEER_KEY.slice(-4)))).toBe(true);
    expect(bodies.filter((body) => body.includes(PEER_KEY))).toEqual([]);
    expect(said.join('\n')).not.toContain(PEER_KEY);
    if (studio.shell === 'web') expect(studio.web.output()).not.toContain(PEER_KEY);
  } finally {
    await peer.stop();
  }
});
