import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { MappingFile } from '../shared/mapping/mapping-file.ts';
import { verdictInForce } from '../shared/schemas/mapping.ts';
import { expect, type StudioUnderTest, test } from './fixtures.ts';
import { MapDesk } from './map-desk.ts';
import { createDevnenPeer } from './peers/devnen.ts';
import { createElevenLabsPeer, type ElevenLabsOptions, PEER_KEY } from './peers/elevenlabs.ts';
import type { Peer } from './peers/peer.ts';
import { ProviderDesk } from './provider-desk.ts';
import { savedFile } from './saved-file.ts';

const RACHEL = '21m00Tcm4TlvDq8ikWAM';
const ROGER = 'CwhRBWXzGAHq8TQ4Fs17';
const SAID = [
  'The first train of the morning leaves at a quarter past five from the platform behind the tower.',
  'Nobody who has seen the garden in June would ever choose to visit it in the rain of November.',
];
const PAST = [
  ...[ROGER, RACHEL].flatMap((voice) => SAID.map((text) => ({ voice, text }))),
  // Who spoke most often comes first.
  { voice: RACHEL, text: 'Good night.' },
];

/** Two servers speak, and a search waits for them: on a busy machine that takes long, in ms. */
test.setTimeout(300_000);

const running: Peer[] = [];
test.afterEach(async () => {
  for (const peer of running.splice(0)) await peer.stop();
});

/** A studio with an ElevenLabs account and a Chatterbox server. */
async function setUp(studio: StudioUnderTest, options: ElevenLabsOptions = { past: PAST }) {
  const elevenlabs = createElevenLabsPeer(options);
  const devnen = createDevnenPeer();
  running.push(elevenlabs, devnen);
  for (const peer of running) await peer.start();
  const providers = new ProviderDesk(studio);
  await providers.add('ElevenLabs', { address: elevenlabs.url, key: PEER_KEY });
  await providers.listed('elevenlabs');
  await providers.add('Chatterbox', { address: devnen.url });
  await providers.listed('chatterbox');
  const desk = new MapDesk(studio);
  await desk.go();
  return { desk, elevenlabs, devnen };
}

/** Nothing of what is seen is against the rules of accessibility in a serious way. */
async function expectAccessible(studio: StudioUnderTest): Promise<void> {
  expect(studio.complaints).toEqual([]);
  const { violations } = await new AxeBuilder({ page: studio.page }).setLegacyMode(true).analyze();
  // The checker itself sets inline styles, which the page's policy refuses.
  studio.complaints.length = 0;
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`)).toEqual([]);
}

test('voices in use are found their nearest ones for nothing but what was shown, and approved by ear', async ({
  studio,
}) => {
  const { desk, elevenlabs } = await setUp(studio);
  const { page } = studio;
  await desk.begin('ElevenLabs', 'Chatterbox');
  // Those that the account has spoken with are ticked.
  await expect(page.getByRole('checkbox', { name: '2 voices in use' })).toBeChecked();
  await page.getByRole('button', { name: 'Add 2 voices' }).click();
  await expect(desk.row('Rachel')).toContainText('nobody yet');
  const billed = elevenlabs.account.billed.length;

  await page.keyboard.press('Shift+F');
  const dialog = page.getByRole('dialog', { name: 'Find nearest voices' });
  await expect(dialog.getByText(/^For nothing:/)).toBeVisible();
  await dialog.getByRole('switch', { name: /May speak new lines/ }).click();
  await dialog.getByRole('textbox', { name: 'Lines', exact: true }).fill('1');
  await expect(dialog.getByText('free', { exact: true })).toBeVisible();
  await expectAccessible(studio);
  await dialog.getByRole('button', { name: 'Find', exact: true }).click();
  await desk.found();
  // The old voices were heard in what they had spoken before.
  expect(elevenlabs.account.billed.length).toBe(billed);
  await expect(desk.row('Rachel')).not.toContainText('nobody yet');

  await desk.choose('Rachel');
  await expect(desk.pane('Rachel').getByRole('row', { name: /Pitch/ })).toContainText('Hz');
  await page.keyboard.press('1');
  await expect(desk.side('old')).toHaveAttribute('data-sounding', 'true');
  await page.keyboard.press('x');
  await expect(desk.side('new')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Space');
  await expect(desk.side('new')).not.toHaveAttribute('data-sounding', 'true');

  // Who listens is asked once.
  await page.keyboard.press('a');
  await page.getByRole('textbox', { name: /Your name/ }).fill('Ada');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByText('1 of 2 approved')).toBeVisible();
  expect(verdictInForce(await desk.stored('Rachel'))).toMatchObject({ verdict: 'approved', by: 'Ada' });
  await page.keyboard.press('j');
  await expect(desk.pane('Roger')).toBeVisible();
  await page.keyboard.press('n');
  await expect(desk.verdict('Reject')).toHaveAttribute('aria-pressed', 'true');
  await desk.undo(/^Rejected/);
  await expect(desk.verdict('Reject')).toHaveAttribute('aria-pressed', 'false');
  expect((await desk.stored('Roger')).verdicts).toEqual([]);
  await page.keyboard.press('l');
  await expect(desk.verdict('Later')).toHaveAttribute('aria-pressed', 'true');
  await page.getByText(/^Open 1$/).click();
  await expect(desk.row('Rachel')).toBeHidden();
  await expect(desk.row('Roger')).toBeVisible();
  await page.getByText(/^All 2$/).click();
  await expectAccessible(studio);
});

test('another voice is chosen and adjusted, and what was approved is open again until it is approved anew', async ({
  studio,
}) => {
  const { desk } = await setUp(studio);
  const { page } = studio;
  await desk.begin('ElevenLabs', 'Chatterbox');
  await desk.add('Rachel');
  await desk.find();
  const first = (await desk.stored('Rachel')).choice;
  const second = page.getByRole('radiogroup', { name: 'Nearest voices' }).getByRole('radio').nth(1);
  await second.click();
  await expect(second).toBeChecked();
  await expect.poll(async () => (await desk.stored('Rachel')).choice?.voiceId).not.toBe(first?.voiceId);
  await desk.undo(/takes the place of Rachel/);
  await expect.poll(async () => (await desk.stored('Rachel')).choice).toEqual(first);
  expect((await desk.stored('Rachel')).byHand).toBe(false);

  await desk.verdict('Approve').click();
  await page.getByRole('textbox', { name: /Your name/ }).press('Enter');
  await expect(desk.verdict('Approve')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('v');
  const panel = page.getByRole('region', { name: 'Voice and controls of the successor of Rachel' });
  const entry = panel.getByRole('textbox', { name: 'Pitch, number' });
  await entry.fill('3');
  await entry.blur();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(desk.row('Rachel')).toContainText('+3.0 st');
  await expect(desk.row('Rachel')).toContainText('set by hand, not measured');
  await expect(desk.verdict('Approve')).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(async () => (await desk.stored('Rachel')).choice?.settings.pitch).toBe(3);
  // It is heard as it is set, without a new render.
  await page.keyboard.press('2');
  await expect(desk.side('new')).toHaveAttribute('data-sounding', 'true');

  await page.getByRole('button', { name: 'Open in Compare' }).click();
  await expect(page.locator('[data-slot="B"]')).toContainText('+3.0 st');
  await expect(page.locator('[data-slot="A"]')).toContainText('Rachel');
});

test('a mapping leaves as a file, and verdicts come back from it', async ({ studio }) => {
  const folder = mkdtempSync(join(tmpdir(), 'timbre-map-'));
  try {
    const { desk } = await setUp(studio);
    const { page } = studio;
    await desk.begin('ElevenLabs', 'Chatterbox');
    await desk.add('Rachel', 'Roger');
    await desk.find();
    await page.keyboard.press('Control+e');
    const dialog = page.getByRole('dialog', { name: 'Export mapping' });
    await expect(dialog.getByRole('region', { name: /^Preview of/ })).toContainText('timbre.mapping');
    await dialog.getByRole('radio', { name: /^\.env/ }).click();
    await expect(dialog.getByRole('alert')).toBeVisible();
    await dialog.getByRole('radio', { name: /^JSON/ }).click();
    const path = await savedFile(studio, folder, () => dialog.getByRole('button', { name: /^Save/ }).click());
    const file = MappingFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    expect(file.rows.map(({ old }) => old.voiceName).toSorted()).toEqual(['Rachel', 'Roger']);

    const rows = file.rows.map((row) => ({
      ...row,
      ...(row.old.voiceName === 'Rachel'
        ? { verdict: 'approved', by: 'Bo', at: new Date().toISOString(), note: 'Very near.' }
        : {}),
    }));
    const back = join(folder, 'back.timbre.json');
    writeFileSync(back, JSON.stringify({ ...file, rows }));
    await page.getByRole('button', { name: /^Mapping:/ }).click();
    await page.getByRole('menuitem', { name: 'Read a file back…' }).click();
    const reading = page.getByRole('dialog', { name: 'Read a file back' });
    await reading.locator('input[type="file"]').setInputFiles(back);
    await expect(reading).toContainText('1 row changed, 0 voices added, 1 as before');
    expect((await desk.stored('Rachel')).verdicts).toEqual([]);
    await reading.getByRole('button', { name: 'Take it over' }).click();
    await expect(page.getByText('1 of 2 approved')).toBeVisible();
    expect(verdictInForce(await desk.stored('Rachel'))).toMatchObject({ by: 'Bo', note: 'Very near.' });
    await desk.choose('Rachel');
    await expect(page.getByRole('region', { name: 'History' })).toContainText('by Bo');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a search that is stopped goes on, a mapping that is deleted comes back', async ({ studio }) => {
  const { desk } = await setUp(studio);
  const { page } = studio;
  await desk.begin('ElevenLabs', 'Chatterbox');
  await desk.add('Rachel', 'Roger');
  await page.locator('[data-find-nearest]').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Find', exact: true }).click();
  const line = page.getByRole('region', { name: 'Search' });
  await line.getByRole('button', { name: 'Stop' }).click();
  await expect(line).toContainText('The search was stopped', { timeout: 60_000 });
  await line.getByRole('button', { name: 'Continue' }).click();
  await desk.found();
  await expect(line).toContainText('2 of 2 voices found');
  await line.getByRole('button', { name: 'Put this away' }).click();
  await expect(line).toBeHidden();

  await page.getByRole('button', { name: /^Mapping:/ }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByRole('form', { name: 'New mapping' })).toBeVisible();
  await desk.undo(/deleted/);
  await expect(desk.row('Roger')).toBeVisible();
  await desk.row('Roger').click();
  await page.keyboard.press('Delete');
  await expect(desk.row('Roger')).toBeHidden();
  await desk.undo(/Roger taken out/);
  await expect(desk.row('Roger')).toBeVisible();
});
