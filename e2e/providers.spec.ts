import { Desk } from './desk.ts';
import { expect, test } from './fixtures.ts';
import { tap } from './heard.ts';
import { createDevnenPeer } from './peers/devnen.ts';
import { createElevenLabsPeer, PEER_KEY } from './peers/elevenlabs.ts';
import type { Peer } from './peers/peer.ts';
import { ProviderDesk } from './provider-desk.ts';

const TEXT = 'The first sentence is spoken at the beginning. The second one follows it after a while.';

const running: Peer[] = [];
async function started<P extends Peer>(peer: P): Promise<P> {
  await peer.start();
  running.push(peer);
  return peer;
}
test.afterEach(async () => {
  for (const peer of running.splice(0)) await peer.stop();
});

test('a key is entered, its voices are seen, and one of them speaks', async ({ studio }) => {
  await tap(studio.page);
  const peer = await started(createElevenLabsPeer());
  const providers = new ProviderDesk(studio);
  const desk = new Desk(studio);
  await providers.add('ElevenLabs', { address: peer.url, key: PEER_KEY });
  await expect(providers.card('ElevenLabs')).toContainText(/credits left/);
  await providers.listed('elevenlabs');
  await studio.shoot('settings-elevenlabs');
  await providers.go('Tune');
  await desk.voice('Rachel');
  await desk.write(TEXT);
  const take = await desk.render();
  expect(take).toMatchObject({
    state: 'done',
    provider: 'elevenlabs',
    voiceName: expect.stringContaining('Rachel'),
    answeredBy: null,
    cost: { billed: expect.any(Number), currency: 'credits' },
    answer: { requestId: expect.any(String) },
  });
  expect(take.measurements?.duration).toBeGreaterThan(2);
  // The same again comes from the library: nothing is billed twice.
  const billed = peer.account.billed.length;
  await studio.page.keyboard.press('Control+Enter');
  await desk.played();
  expect(peer.account.billed.length).toBe(billed);
  expect(studio.complaints).toEqual([]);
});

test('a wrong key is told as such, and put right', async ({ studio }) => {
  const peer = await started(createElevenLabsPeer());
  const providers = new ProviderDesk(studio);
  await providers.add('ElevenLabs', { address: peer.url, key: 'sk_this_is_not_the_key' });
  const card = providers.card('ElevenLabs');
  await expect(card).toContainText('did not accept the key');
  await studio.shoot('settings-wrong-key');
  // The fault has led to the field.
  const field = card.getByRole('region', { name: 'Settings of ElevenLabs' }).getByLabel('Key', { exact: true });
  await field.fill(PEER_KEY);
  await field.press('Enter');
  await expect(card).toContainText(/credits left/);
  await expect(card).toContainText(`•••• ${PEER_KEY.slice(-4)}`);
});

test('an account without credits is told as such; nothing is lost, and other voices speak', async ({ studio }) => {
  const peer = await started(createElevenLabsPeer({ credits: 5 }));
  const providers = new ProviderDesk(studio);
  const desk = new Desk(studio);
  await providers.add('ElevenLabs', { address: peer.url, key: PEER_KEY });
  await providers.listed('elevenlabs');
  await providers.go('Tune');
  await desk.voice('Rachel');
  await desk.write(TEXT);
  await studio.page.keyboard.press('Control+Enter');
  await expect(studio.page.getByRole('alert').filter({ hasText: 'not enough credits' })).toBeVisible();
  await expect(desk.text).toHaveValue(TEXT);
  await studio.shoot('tune-no-credit');
  await desk.voice('English (America)');
  expect((await desk.render()).state).toBe('done');
});

test('a server that stops in the midst keeps what had come, and speaks again when it is back', async ({ studio }) => {
  const peer = await started(createDevnenPeer({ model: 'original', paceMs: 300 }));
  const providers = new ProviderDesk(studio);
  const desk = new Desk(studio);
  await providers.add('Chatterbox', { address: peer.url });
  await expect(providers.card('Chatterbox')).toContainText('Ready');
  await providers.listed('chatterbox');
  await providers.go('Tune');
  await desk.voice('Emily');
  await desk.write('A first line.');
  const whole = await desk.render();
  await desk.write(`${TEXT} And the third one ends the text, which is long enough to be spoken in several pieces.`);
  peer.faults.add({ kind: 'stall-during', afterBytes: 30_000 });
  await studio.page.keyboard.press('Control+Enter');
  await expect.poll(async () => (await desk.takes())[0]?.state, { timeout: 30_000 }).toBe('rendering');
  await expect.poll(() => peer.faults.length).toBe(0);
  await peer.stop();
  await expect.poll(async () => (await desk.takes())[0]?.state, { timeout: 30_000 }).toBe('incomplete');
  const [cut] = await desk.takes();
  expect(cut).toMatchObject({ fault: { code: 'cut_short' } });
  expect(cut?.samples).toBeGreaterThan(1000);
  await expect(studio.page.getByRole('alert').first()).toBeVisible();
  await studio.shoot('tune-cut-short');
  expect((await desk.takes()).find(({ id }) => id === whole.id)?.state).toBe('done');
  await peer.start();
  await desk.write('It is back again.');
  expect((await desk.render()).state).toBe('done');
});

test('who speaks in place of whom is seen and named', async ({ studio }) => {
  const peer = await started(createDevnenPeer({ model: 'original' }));
  const providers = new ProviderDesk(studio);
  const desk = new Desk(studio);
  await providers.add('Chatterbox', { address: peer.url });
  await providers.listed('chatterbox');
  const card = providers.card('Chatterbox');
  const instead = card.getByLabel('When it cannot speak');
  if (!(await instead.isVisible())) await card.getByRole('button', { name: 'Chatterbox', exact: true }).click();
  await instead.fill('English (America)');
  await studio.page
    .getByRole('option', { name: /English \(America\)/ })
    .first()
    .click();
  await expect(instead).toHaveValue(/English \(America\)/);
  await providers.go('Tune');
  await desk.voice('Emily');
  await desk.write('Good morning to you.');
  peer.faults.add({ kind: 'status', status: 500 });
  const take = await desk.render();
  expect(take).toMatchObject({
    voiceName: 'Emily',
    answeredBy: { provider: 'builtin', why: { code: 'provider_fault' } },
  });
  await expect(studio.page.getByText(/English \(America\).*(instead|in place) of.*Emily/).first()).toBeVisible();
  await expect(desk.rows.filter({ hasText: 'Good morning' })).toContainText('English (America)');
  await studio.shoot('tune-fallback');
});
