import { Bench } from './compare-desk.ts';
import { expect, test } from './fixtures.ts';
import { createDevnenPeer } from './peers/devnen.ts';
import { createElevenLabsPeer, PEER_KEY } from './peers/elevenlabs.ts';
import { ProviderDesk } from './provider-desk.ts';

const TEXT = 'The ship sails at noon. Nobody knows who will be on board, or where it goes.';

test('slots are rendered, heard, flipped between and decided on', async ({ studio }) => {
  const bench = new Bench(studio);
  await bench.begin('English (America)', TEXT);
  await bench.setVoice('B', 'Great Britain');
  await bench.addSlotLike();
  await bench.setControl('C', 'Pitch', '3');
  await studio.shoot('compare-before');
  await bench.render();
  await studio.shoot('compare-rendered');
  await studio.page.keyboard.press('Space');
  await expect(bench.letter('A')).toHaveAttribute('aria-pressed', 'true');
  await studio.page.keyboard.press('2');
  await expect(bench.letter('B')).toHaveAttribute('aria-pressed', 'true');
  await studio.shoot('compare-playing');
  await studio.page.keyboard.press('x');
  await expect(bench.letter('A')).toHaveAttribute('aria-pressed', 'true');
});

test('voices of two providers are heard against each other, and what failed is asked for again alone', async ({
  studio,
}) => {
  const [devnen, elevenlabs] = [createDevnenPeer(), createElevenLabsPeer()];
  try {
    await devnen.start();
    await elevenlabs.start();
    const providers = new ProviderDesk(studio);
    await providers.add('ElevenLabs', { address: elevenlabs.url, key: PEER_KEY });
    await providers.listed('elevenlabs');
    await providers.add('Chatterbox', { address: devnen.url });
    await providers.listed('chatterbox');
    await providers.go('Tune');
    const bench = new Bench(studio);
    await bench.begin('English (America)', TEXT);
    await bench.setVoice('A', 'Rachel');
    await bench.setVoice('B', 'Emily');
    devnen.faults.add({ kind: 'status', status: 500 });
    await bench.renderPart();
    await expect(studio.page.getByRole('list', { name: 'What went wrong' })).toContainText('B');
    const billed = elevenlabs.account.billed.length;
    expect(billed).toBe(1);
    await studio.page.getByRole('button', { name: 'Try again' }).click();
    await expect(bench.slot('B').locator('[data-is="done"]')).toBeVisible({ timeout: 60_000 });
    await bench.matched();
    expect(elevenlabs.account.billed.length).toBe(billed);
    await studio.page.keyboard.press('1');
    await expect(studio.page.locator('[data-lit]')).toBeVisible();
    await studio.page.keyboard.press('2');
    await expect(bench.letter('B')).toHaveAttribute('aria-pressed', 'true');
    await expect(studio.page.locator('[data-lit]')).toBeVisible();
    expect(studio.complaints).toEqual([]);
  } finally {
    await devnen.stop();
    await elevenlabs.stop();
  }
});
