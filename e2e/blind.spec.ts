import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlindDesk } from './blind-desk.ts';
import { Bench } from './compare-desk.ts';
import { expect, StudioUnderTest, test } from './fixtures.ts';
import { savedFile } from './saved-file.ts';

const TEXT = 'The night train stops at every second station.';

/** Who answers how, trial by trial. */
const ANSWERS = ['A', 'B', 'A', 'A'] as const;

test('an ABX is taken by keys, broken off, gone on with and revealed', async ({ studio }) => {
  const { page } = studio;
  const bench = new Bench(studio);
  const blind = new BlindDesk(studio);
  await bench.begin('English (America)', TEXT);
  await bench.setControl('B', 'Speed', '1.2');

  // Takes that are missing are named, and rendered from here.
  await blind.setUp('ABX');
  await expect(page.getByText('2 takes are missing, of A and B, in 1 text.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Begin', exact: true })).toBeDisabled();
  await page.getByRole('button', { name: 'Render 2' }).click();
  await expect(page.getByText(/takes are missing/)).toHaveCount(0, { timeout: 60_000 });

  // What the plan can show is told before it begins.
  await expect(page.getByText('From 12 right answers of 16 on')).toBeVisible();
  const trials = page.getByRole('textbox', { name: 'Trials of each listener' });
  await trials.fill('4');
  await expect(page.getByRole('alert')).toContainText('no result could be significant');
  await blind.name(1, 'Ann');
  await blind.begin();

  const places = ['A', 'B', 'X'];
  await blind.trial(1, 4, places);
  await expect(page.getByRole('button', { name: 'X is A' })).toBeDisabled();
  await expect(page.getByText('Listen to A, B and X first')).toBeVisible();
  await page.keyboard.press('a');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Trial 1 of 4' })).toBeVisible();
  await blind.hearAll(places);
  await expect(page.getByRole('status').filter({ hasText: 'X plays' })).toHaveCount(1);
  // X was heard last, and B before it.
  await page.keyboard.press('x');
  await expect(blind.letter('B')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('l');
  await expect(page.getByRole('button', { name: 'Loop' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByRole('button', { name: 'X is A' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Enter');

  // Half of the second trial is done when the page is loaded anew.
  await blind.trial(2, 4, places);
  await blind.hearAll(places);
  await page.keyboard.press('b');
  await expect(page.getByRole('button', { name: 'X is B' })).toHaveAttribute('aria-pressed', 'true');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Ann, your listening test was interrupted' })).toBeVisible();
  await expect(page.getByText('1 of 4 trials are answered')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).press('Enter');
  await blind.trial(2, 4, places);
  await expect(page.getByRole('button', { name: 'X is B' })).toHaveAttribute('aria-pressed', 'true');
  for (const place of places) await expect(blind.letter(place)).toHaveAttribute('data-heard', 'true');
  await page.keyboard.press('Enter');

  // And once more with the whole studio.
  await blind.trial(3, 4, places);
  await studio.restart();
  const { page: again } = studio;
  await again.getByRole('button', { name: 'Go on' }).click();
  for (const number of [3, 4]) {
    await blind.trial(number, 4, places);
    await blind.hearAll(places);
    await again.keyboard.press(ANSWERS[number - 1]?.toLowerCase() ?? '');
    await again.keyboard.press('Enter');
  }
  await expect(again.getByRole('heading', { name: 'Thank you, Ann' })).toBeVisible();
  await again.getByRole('button', { name: 'To the page of the test' }).click();
  await expect(again.getByRole('row', { name: /Ann done 4 of 4/ })).toBeVisible();
  await blind.reveal();

  const results = await blind.results();
  const answered = results.answers.map(({ answer }) => answer.choice);
  expect(answered).toEqual([...ANSWERS]);
  const hits = results.answers.filter(({ answer, record }) => {
    const whatAt = (name: string | undefined) => record.places.find(({ place }) => place === name)?.what;
    return whatAt(answer.choice) === whatAt('X');
  }).length;
  for (const { answer } of results.answers) {
    for (const heard of Object.values(answer.heard)) expect(heard.seconds).toBeGreaterThanOrEqual(1);
  }
  expect(results.result).toMatchObject({ listeners: [{ hits, trials: 4 }] });
  await expect(again.getByRole('region', { name: 'Answers' })).toContainText(`${hits} of 4`);
  await expect(again.getByRole('region', { name: 'What came out' })).toContainText('No difference was shown for Ann');
  expect(studio.complaints).toEqual([]);
});

test('a rating is taken by two listeners one after the other, and its decision is filed', async ({ studio }) => {
  const { page } = studio;
  const bench = new Bench(studio);
  const blind = new BlindDesk(studio);
  await bench.begin('English (America)', TEXT);
  await bench.setControl('B', 'Speed', '1.2');
  await bench.render();
  await blind.setUp('Rating');
  await blind.name(1, 'Ann');
  await page.getByRole('button', { name: 'Another listener' }).click();
  await blind.name(2, 'Bob');
  await blind.begin();

  const places = ['1', '2'];
  const rate = async (first: number, second: number) => {
    await blind.trial(1, 1, places);
    await expect(blind.fader('1')).toHaveAttribute('aria-disabled', 'true');
    await blind.hearAll(places);
    // The key of a number hears its sound, and the arrows then move its fader.
    await expect(blind.fader('2')).toBeFocused();
    for (const [place, value] of [['2', second] as const, ['1', first] as const]) {
      await page.keyboard.press(place);
      await expect(blind.fader(place)).toBeFocused();
      await page.keyboard.press('End');
      for (let points = 100; points > value; points -= 10) await page.keyboard.press('PageDown');
      await expect(blind.fader(place)).toHaveAttribute('aria-valuenow', String(value));
    }
    await page.keyboard.press('Enter');
  };
  await rate(80, 40);
  await expect(page.getByRole('heading', { name: 'Thank you, Ann' })).toBeVisible();
  await page.getByRole('button', { name: 'Next: Bob' }).click();
  await rate(70, 30);
  await page.getByRole('button', { name: 'To the page of the test' }).click();
  await blind.reveal();

  const results = await blind.results();
  const rated = results.answers.map(({ answer, record }) =>
    record.places.map(({ stimulus, what }) => [what, answer.ratings?.[stimulus]]),
  );
  const meanOf = (slot: number) => {
    const own = rated.flat().flatMap(([what, value]) => (what === slot ? [value ?? Number.NaN] : []));
    expect(own).toHaveLength(2);
    return (own[0] ?? 0) / 2 + (own[1] ?? 0) / 2;
  };
  const ratings = page.getByRole('region', { name: 'Ratings' });
  for (const [slot, letter] of ['A', 'B'].entries()) {
    await expect(
      ratings.getByRole('row', { name: new RegExp(`^${letter} ${meanOf(slot).toFixed(1)} `) }),
    ).toBeVisible();
  }
  const folder = mkdtempSync(join(tmpdir(), 'timbre-report-'));
  try {
    await page.getByRole('button', { name: 'Report', exact: true }).click();
    const item = page.getByRole('menuitem', { name: 'HTML with sound', exact: true });
    const report = await savedFile(studio, folder, () => item.click());
    const html = readFileSync(report, 'utf8');
    expect(html).toContain('Ann');
    for (const sentence of results.words) expect(html).toContain(sentence.split(' (')[0] ?? '');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  await page.getByRole('button', { name: 'B is best' }).click();
  await page.getByRole('textbox', { name: 'Note on the decision' }).fill('It is livelier.');
  await page.getByRole('button', { name: 'File in the comparison' }).click();
  await expect(page.getByRole('button', { name: 'Filed' })).toBeDisabled();
  await page.getByRole('button', { name: 'Keep B as a preset…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Lively');
  await page.getByRole('dialog').getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByRole('button', { name: 'Close', exact: true }).first().click();
  await expect(page.getByRole('region', { name: 'Decision' }).getByRole('textbox')).toHaveValue('It is livelier.');
  await expect(
    page.getByRole('region', { name: 'Decision' }).getByRole('button', { name: 'B is best' }),
  ).toHaveAttribute('aria-pressed', 'true');
  expect(studio.complaints).toEqual([]);
});

test('a listener elsewhere takes the test from a file, and the answers are merged back', async ({
  studio,
  chromium,
}) => {
  const folders = ['given', 'answered', 'home'].map((name) => mkdtempSync(join(tmpdir(), `timbre-${name}-`)));
  const [given, answered, home] = folders as [string, string, string];
  const other = new StudioUnderTest(studio.shell, home, chromium);
  try {
    const blind = new BlindDesk(studio);
    const bench = new Bench(studio);
    await bench.begin('English (America)', TEXT);
    await bench.setControl('B', 'Speed', '1.2');
    await bench.render();
    await blind.setUp('Preference');
    await studio.page.getByRole('textbox', { name: 'Rounds' }).fill('2');
    await blind.name(1, 'Eve');
    await studio.page.getByText('Elsewhere, by a file', { exact: true }).click();
    await studio.page.getByRole('button', { name: 'Make the test' }).click();
    await expect(studio.page.getByRole('row', { name: /Eve elsewhere, by a file 0 of 2/ })).toBeVisible();
    const file = await savedFile(studio, given, () =>
      studio.page.getByRole('button', { name: 'Save the file…' }).click(),
    );
    await studio.stop();

    await other.start();
    const away = new BlindDesk(other);
    await new Bench(other).go();
    await expect(other.page.getByRole('button', { name: 'Take a listening test from a file…' })).toBeVisible();
    await other.page.getByLabel('Listening-test file').setInputFiles(file);
    await expect(other.page.getByRole('heading', { name: 'A listening test for Eve' })).toBeVisible();
    await other.page.getByRole('button', { name: 'Begin' }).click();
    for (const [index, key] of ['n', 'b'].entries()) {
      await away.trial(index + 1, 2, ['A', 'B']);
      await away.hearAll(['A', 'B']);
      await other.page.keyboard.press(key);
      await other.page.keyboard.press('Enter');
    }
    const answers = await savedFile(other, answered, () =>
      other.page.getByRole('button', { name: 'Save the answers…' }).click(),
    );
    // Opened once more it is where it was, and it can be removed.
    await other.page.getByRole('button', { name: 'Close' }).click();
    await other.page.getByRole('button', { name: /Eve, 2 of 2/ }).click();
    await expect(other.page.getByRole('heading', { name: 'Thank you, Eve' })).toBeVisible();
    await other.page.getByRole('button', { name: 'Remove this test from here' }).click();
    await other.page.getByRole('button', { name: 'Remove it with all 2 answers, for good' }).click();
    await expect(other.page.getByRole('button', { name: 'Take a listening test from a file…' })).toBeVisible();
    await expect(other.page.getByRole('button', { name: /Eve, 2 of 2/ })).toHaveCount(0);
    expect(other.complaints).toEqual([]);
    await other.stop();

    await studio.start();
    await bench.go();
    await studio.page.getByLabel('File of answers').first().setInputFiles(answers);
    await expect(studio.page.getByRole('row', { name: /Eve done 2 of 2/ })).toBeVisible();
    await blind.reveal();
    const results = await blind.results();
    expect(results.answers.map(({ answer }) => answer.choice)).toEqual(['none', 'B']);
    expect(results.result).toMatchObject({ method: 'preference', counts: { none: 1 } });
    expect(studio.complaints).toEqual([]);
  } finally {
    await other.stop().catch(() => undefined);
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
});
