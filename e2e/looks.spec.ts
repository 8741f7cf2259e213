import AxeBuilder from '@axe-core/playwright';
import { Bench } from './compare-desk.ts';
import { Desk } from './desk.ts';
import { expect, type StudioUnderTest, test } from './fixtures.ts';
import { createDevnenPeer } from './peers/devnen.ts';
import { createElevenLabsPeer } from './peers/elevenlabs.ts';
import { ProviderDesk } from './provider-desk.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
const SCREENS = ['Tune', 'Compare', 'Map', 'Review', 'Activity', 'Settings'] as const;

test('every screen, in both themes and sizes, is seen and has nothing serious against it', async ({ studio }) => {
  const desk = new Desk(studio);
  await desk.voice('English (America)');
  for (const text of ['A first line.', 'A second line, a little longer than the first.']) {
    await desk.write(text);
    await desk.render();
  }
  expect(await lookAt(studio, SCREENS, '')).toEqual([]);
});

test('providers that work and that do not, their voices, and takes that failed, are seen just so', async ({
  studio,
}) => {
  const peers = [createDevnenPeer(), createElevenLabsPeer()] as const;
  try {
    for (const peer of peers) await peer.start();
    const providers = new ProviderDesk(studio);
    await providers.add('ElevenLabs', { address: peers[1].url, key: 'sk_this_is_not_the_key' });
    await expect(providers.card('ElevenLabs')).toContainText('did not accept the key');
    await providers.add('Chatterbox', { address: peers[0].url });
    await providers.listed('chatterbox');
    await providers.card('Chatterbox').getByRole('button', { name: 'Test Chatterbox' }).click();
    await expect(studio.page.getByRole('button', { name: 'Test again' })).toBeVisible({ timeout: 60_000 });
    await providers.go('Tune');
    const desk = new Desk(studio);
    await desk.voice('Emily');
    await desk.write('The first sentence is spoken at the beginning. The second one follows it after a while.');
    await desk.render();
    peers[0].faults.add({ kind: 'cut', afterBytes: 40_000 });
    await desk.write('The third sentence is never heard to its end, as its server is gone in the midst of it.');
    await studio.page.keyboard.press('Control+Enter');
    await expect.poll(async () => (await desk.takes())[0]?.state).toBe('incomplete');
    expect(await lookAt(studio, ['Tune', 'Settings'], 'providers-')).toEqual([]);
  } finally {
    for (const peer of peers) await peer.stop();
  }
});

test('slots that are heard, changed and failed, and the controls of one, are seen just so', async ({ studio }) => {
  const peer = createDevnenPeer();
  try {
    await peer.start();
    const providers = new ProviderDesk(studio);
    await providers.add('Chatterbox', { address: peer.url });
    await providers.listed('chatterbox');
    await providers.go('Tune');
    const bench = new Bench(studio);
    await bench.begin(
      'English (America)',
      'The ship sails at noon. Nobody knows who will be on board, or where it goes.',
    );
    await bench.setVoice('B', 'Great Britain');
    await bench.addSlotLike();
    await bench.setVoice('C', 'Emily');
    peer.faults.add({ kind: 'status', status: 500 });
    await bench.renderPart();
    await bench.addSlotLike();
    await bench.setVoice('D', 'Great Britain');
    await bench.setControl('B', 'Pitch', '3');
    await studio.page.keyboard.press('1');
    await expect(bench.letter('A')).toHaveAttribute('aria-pressed', 'true');
    await studio.page.keyboard.press('Space');
    expect(await lookAt(studio, ['Compare'], 'slots-')).toEqual([]);
    await bench.edit('C');
    expect(await lookAt(studio, ['Compare'], 'slots-edited-')).toEqual([]);
  } finally {
    await peer.stop();
  }
});

/** Goes through screens in both themes and sizes, with pictures of them. @returns what is serious against them */
async function lookAt(
  studio: StudioUnderTest,
  screens: readonly (typeof SCREENS)[number][],
  prefix: string,
): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ['dark', 'light'] as const) {
    for (const screen of screens) {
      await studio.page.getByRole('navigation', { name: 'Rooms' }).getByText(screen, { exact: true }).click();
      if (screen !== 'Tune') await expect(studio.page.getByRole('main').getByRole('heading').first()).toBeVisible();
      for (const size of SIZES) {
        await studio.resize(size);
        await studio.shoot(`${prefix}${screen.toLowerCase()}-${theme}-${size.width}`);
      }
      // The checker itself sets inline styles, which the page's policy refuses: only the page's own count.
      expect(studio.complaints).toEqual([]);
      const { violations } = await new AxeBuilder({ page: studio.page }).setLegacyMode(true).analyze();
      studio.complaints.length = 0;
      for (const violation of violations) {
        if (violation.impact !== 'serious' && violation.impact !== 'critical') continue;
        found.push(`${theme} ${screen}: ${violation.id}: ${violation.nodes.map((node) => node.target).join(' ')}`);
      }
    }
    await studio.page.getByRole('button', { name: /^(Light|Dark) theme$/ }).click();
  }
  return found;
}
