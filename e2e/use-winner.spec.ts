import { WholeMapping } from '../shared/schemas/mapping.ts';
import { BlindDesk } from './blind-desk.ts';
import { Bench } from './compare-desk.ts';
import { Desk } from './desk.ts';
import { expect, type StudioUnderTest, test } from './fixtures.ts';
import { MapDesk } from './map-desk.ts';

const TEXT = 'The night train stops at every second station.';
const NEUTRAL = {
  speed: 1,
  pitch: 0,
  volume: 0,
  emotion: { name: 'neutral', intensity: 0 },
  seed: null,
  parameters: {},
};

/** A mapping of a voice that is in no comparison and of the one in slot A. */
async function begin(studio: StudioUnderTest): Promise<void> {
  const projectId = (await new Desk(studio).projects())[0]?.id;
  const post = async (path: string, body: object) => {
    const answered = await studio.call(`/api/mappings${path}`, { method: 'POST', body: JSON.stringify(body) });
    expect(answered.status).toBe(200);
    return answered.body;
  };
  const side = { kind: 'provider', provider: 'builtin', modelId: null };
  const made = await post('', { projectId, name: 'Leaving', from: side, to: side, lines: [TEXT] });
  const { id } = WholeMapping.parse(made);
  const labels = { modelId: null, settings: NEUTRAL, language: 'en', gender: 'unknown', accent: '' };
  const sources = [
    { ...labels, voiceId: 'builtin:espeak/de', voiceName: 'German' },
    { ...labels, voiceId: 'builtin:espeak/en-us', voiceName: 'English (America)' },
  ];
  await post(`/${id}/rows`, { sources });
}

test('the winner of a comparison takes an old voice’s place in a mapping, and gives it back', async ({ studio }) => {
  const { page } = studio;
  const bench = new Bench(studio);
  const map = new MapDesk(studio);
  await bench.begin('English (America)', TEXT);
  await bench.setVoice('B', 'Great Britain');
  await bench.setControl('B', 'Speed', '1.2');
  await page.getByRole('button', { name: 'B is best' }).click();
  const open = page.getByRole('button', { name: 'Use in a mapping…' });
  const dialog = page.getByRole('dialog', { name: /^Whose place does English \(Great Britain\).* take\?$/ });

  // Without a mapping it leads to where one is begun.
  await open.click();
  await expect(dialog).toContainText('This project has no mapping yet.');
  await dialog.getByRole('button', { name: 'Go to Map' }).click();
  await expect(page.getByRole('form', { name: 'New mapping' })).toBeVisible();

  await begin(studio);
  await bench.go();
  await studio.shoot('use-winner-bar');
  await open.click();
  const rows = dialog.getByRole('list', { name: 'Old voices of Leaving' }).getByRole('button');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('English (America)');
  await expect(rows.first()).toContainText('in this comparison');
  await studio.shoot('use-winner');
  await rows.first().click();
  await expect(dialog).toBeHidden();
  const toast = page.getByText(/takes the place of English \(America\) in “Leaving”/);
  await expect(toast).toBeVisible();
  expect(await map.stored('English (America)')).toMatchObject({
    choice: { voiceId: 'builtin:espeak/en-gb', settings: { speed: 1.2 } },
    byHand: true,
  });

  // It is there already, and nobody can choose it twice.
  await open.click();
  await expect(rows.first()).toBeDisabled();
  await expect(rows.first()).toContainText('has taken its place already');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.getByRole('alert').filter({ has: toast }).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => map.stored('English (America)')).toMatchObject({ choice: null, byHand: false });
  await map.go();
  await expect(map.row('English (America)')).toContainText('nobody yet');
  expect(studio.complaints).toEqual([]);
});

test('so does what a blind test has shown to be best', async ({ studio }) => {
  const { page } = studio;
  const bench = new Bench(studio);
  const blind = new BlindDesk(studio);
  await bench.begin('English (America)', TEXT);
  await bench.setVoice('B', 'Great Britain');
  await bench.render();
  await begin(studio);
  await blind.setUp('Rating');
  await blind.name(1, 'Ann');
  await blind.begin();
  const places = ['1', '2'];
  await blind.trial(1, 1, places);
  await blind.hearAll(places);
  for (const place of places) {
    await page.keyboard.press(place);
    await expect(blind.fader(place)).toBeFocused();
    await page.keyboard.press('End');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'To the page of the test' }).click();
  await blind.reveal();
  const outcome = page.getByRole('region', { name: 'Outcome' });
  await outcome.getByRole('button', { name: 'B is best' }).click();
  await outcome.getByRole('button', { name: 'Use in a mapping…' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^English \(America\)/ })
    .click();
  await expect(page.getByText(/takes the place of English \(America\) in “Leaving”/)).toBeVisible();
  const stored = await new MapDesk(studio).stored('English (America)');
  expect(stored.choice).toMatchObject({ voiceId: 'builtin:espeak/en-gb' });
});
