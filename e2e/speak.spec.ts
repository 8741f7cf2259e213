import { Desk } from './desk.ts';
import { expect, test } from './fixtures.ts';
import { heard, letPlay, listenAnew, tap } from './heard.ts';

const TEXT = 'The quick brown fox jumps over the lazy dog, and the dog does not mind at all.';

test('a line typed is heard by pressing space, as long and as high as it was made', async ({ studio }) => {
  await tap(studio.page);
  const desk = new Desk(studio);
  await desk.write(TEXT);
  await desk.text.blur();
  await studio.page.keyboard.press('Space');
  await expect.poll(async () => (await desk.takes())[0]?.measurements ?? null, { timeout: 90_000 }).not.toBeNull();
  await desk.played();
  const [take] = await desk.takes();
  expect(take).toMatchObject({ state: 'done', voiceId: 'builtin:kokoro/af_heart', text: TEXT });
  const duration = take?.measurements?.duration ?? 0;
  expect(duration).toBeGreaterThan(3);
  // A slow machine may have paused while the rest was made; nothing of the sound is missing for it.
  expect((await heard(studio.page)).seconds).toBeGreaterThan(duration - 1.5);
  const again = await desk.listen();
  expect(again.seconds).toBeGreaterThan(duration - 1.5);
  expect(again.seconds).toBeLessThan(duration + 0.2);
  expect(again.level).toBeGreaterThan(-40);
  expect(again.pitch / (take?.measurements?.pitch ?? 0)).toBeGreaterThan(0.97);
  expect(again.pitch / (take?.measurements?.pitch ?? 0)).toBeLessThan(1.03);
  await studio.shoot('tune-with-a-take');
  expect(studio.complaints).toEqual([]);
});

test('each slider is heard on a take as it plays', async ({ studio }) => {
  await tap(studio.page);
  const desk = new Desk(studio);
  await desk.write(TEXT);
  await desk.voice('English (America)');
  await desk.render();
  await desk.played();
  const neutral = await desk.listen();

  await desk.set('Volume', '-12');
  expect((await desk.listen()).level - neutral.level).toBeCloseTo(-12, 0);
  await desk.set('Volume', '0');

  await desk.set('Pitch', '7');
  expect((await desk.listen()).pitch / neutral.pitch).toBeCloseTo(2 ** (7 / 12), 1);
  await desk.set('Pitch', '0');

  await desk.set('Speed', '2');
  const fast = await desk.listen();
  expect(neutral.seconds / fast.seconds).toBeGreaterThan(1.9);
  expect(neutral.seconds / fast.seconds).toBeLessThan(2.1);
  expect(fast.pitch / neutral.pitch).toBeCloseTo(1, 1);
  // The studio previews what the voice would do itself; nothing new was asked for.
  expect(await desk.takes()).toHaveLength(1);
});

test('a take is looped, paused, and gone on with from another place', async ({ studio }) => {
  await tap(studio.page);
  const desk = new Desk(studio);
  await desk.write(TEXT);
  await desk.voice('English (America)');
  const take = await desk.render();
  await desk.played();
  const duration = take.measurements?.duration ?? 0;
  const { page } = studio;
  const position = page.getByRole('slider', { name: 'Position' });
  const at = async () => Number(await position.getAttribute('aria-valuenow'));

  await page.getByRole('button', { name: 'Loop', exact: true }).click();
  await listenAnew(page);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(async () => (await heard(page)).seconds, { timeout: 60_000 }).toBeGreaterThan(duration + 1);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  const paused = await at();
  await letPlay(page, 0.7);
  await listenAnew(page);
  await letPlay(page, 0.7);
  expect((await heard(page)).seconds).toBe(0);
  expect(await at()).toBe(paused);

  await page.getByRole('button', { name: 'Loop', exact: true, pressed: true }).click();
  await position.focus();
  await page.keyboard.press('Home');
  await expect.poll(at).toBe(0);
  const whole = await desk.listen();
  expect(whole.seconds).toBeGreaterThan(duration - 0.5);
  expect(whole.seconds).toBeLessThan(duration + 0.2);
});

test('moving a slider while it plays changes what is heard at once', async ({ studio }) => {
  await tap(studio.page);
  const desk = new Desk(studio);
  await desk.write(TEXT.repeat(3));
  await desk.voice('English (America)');
  await desk.render();
  await desk.played();

  async function halves(move: () => Promise<void>) {
    await listenAnew(studio.page);
    await studio.page.getByRole('button', { name: 'Play', exact: true }).click();
    await letPlay(studio.page, 2.4);
    const before = await heard(studio.page);
    await move();
    await letPlay(studio.page, 0.7);
    await listenAnew(studio.page);
    await letPlay(studio.page, 2.4);
    const after = await heard(studio.page);
    await studio.page.getByRole('button', { name: 'Stop', exact: true }).click();
    return { before, after };
  }

  const volume = await halves(async () => {
    await desk.slider('Volume').focus();
    for (let i = 0; i < 12; i += 1) await studio.page.keyboard.press('PageDown');
  });
  expect(volume.after.level - volume.before.level).toBeLessThan(-9);
  expect(volume.after.level - volume.before.level).toBeGreaterThan(-15);
  await desk.set('Volume', '0');

  const pitch = await halves(async () => {
    await desk.slider('Pitch').focus();
    for (let i = 0; i < 6; i += 1) await studio.page.keyboard.press('PageUp');
  });
  expect(pitch.after.pitch / pitch.before.pitch).toBeGreaterThan(1.25);
  expect(pitch.after.pitch / pitch.before.pitch).toBeLessThan(1.6);
});

test('an emotion is heard with the next render', async ({ studio }) => {
  const desk = new Desk(studio);
  await desk.write('I did not expect to see you here today.');
  await desk.voice('English (America)');
  const neutral = await desk.render();
  await studio.page.getByRole('combobox', { name: 'Emotion', exact: true }).click();
  await studio.page.getByRole('option', { name: 'excited' }).click();
  const excited = await desk.render();
  expect(excited.settings.emotion.name).toBe('excited');
  expect(excited.id).not.toBe(neutral.id);
  expect(excited.samples).toBeLessThan(neutral.samples);
  expect(excited.measurements?.pitch).toBeGreaterThan((neutral.measurements?.pitch ?? 999) * 1.02);
});

test('cancel ends the making and keeps what had come', async ({ studio }) => {
  const desk = new Desk(studio);
  await desk.write('This is a long story about a river that never reaches the sea. '.repeat(60));
  await studio.page.keyboard.press('Control+Enter');
  await expect.poll(async () => (await desk.takes())[0]?.state, { timeout: 90_000 }).toBe('rendering');
  await expect(studio.page.getByText(/[1-9]\.\d of sound so far, about \d+:\d\d in all/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(studio.page.getByRole('progressbar', { name: 'Rendering' })).toHaveAttribute('aria-valuenow', /^\d+$/);
  await studio.shoot('tune-growing');
  await studio.page.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(async () => (await desk.takes())[0]?.state, { timeout: 60_000 }).toBe('incomplete');
  expect((await desk.takes())[0]).toMatchObject({ fault: { code: 'cancelled' } });
  expect((await desk.takes())[0]?.samples).toBeGreaterThan(0);
  await expect(studio.page.getByRole('button', { name: 'Render', exact: false }).first()).toBeVisible();
  await studio.shoot('tune-cancelled');
});

test('bad input is told in plain words', async ({ studio }) => {
  const desk = new Desk(studio);
  await desk.write('');
  await desk.text.press('Control+Enter');
  await expect(studio.page.getByText('There is no text yet')).toBeVisible();
  await desk.write('a'.repeat(10_001));
  await expect(studio.page.getByText('1 too many')).toBeVisible();
  await expect(studio.page.getByRole('button', { name: /^Render/ })).toBeDisabled();
  await studio.shoot('tune-too-long');
  await desk.write('\u0000\u0007');
  await expect(studio.page.getByText('Will be left out: control characters')).toBeVisible();
  await desk.text.press('Control+Enter');
  await expect(studio.page.getByText('There is nothing to speak in this text.')).toBeVisible();
  expect(await desk.takes()).toEqual([]);
});

test('a text in a language the voice does not speak is said so before it is made', async ({ studio }) => {
  const desk = new Desk(studio);
  await desk.write('Der schnelle braune Fuchs springt über den faulen Hund, und der Hund schläft einfach weiter.');
  await expect(studio.page.getByText(/German/).first()).toBeVisible();
  await expect(studio.page.getByText(/does not speak|speaks/).first()).toBeVisible();
  await studio.shoot('tune-other-language');
  await studio.page.getByRole('button', { name: 'German voices' }).click();
  const voices = studio.page.getByRole('list', { name: 'Voices' }).getByRole('listitem');
  await expect(voices).toHaveCount(1);
  await voices.getByRole('button').first().click();
  await expect(studio.page.getByRole('region', { name: 'Voice and controls' })).toContainText('German');
  await expect(studio.page.getByText(/does not speak|speaks/)).toBeHidden();
  expect(await desk.takes()).toEqual([]);
});

test('the key that opens the voices leads to their search, and what is typed there does nothing else', async ({
  studio,
}) => {
  const desk = new Desk(studio);
  await desk.write('R renders again where nothing has the focus.');
  await desk.text.blur();
  await expect(studio.page.locator('[data-browser=loaded]')).toBeVisible();
  await studio.page.keyboard.press('v');
  await expect(studio.page.getByRole('textbox', { name: 'Search voices' })).toBeFocused();
  await studio.page.keyboard.type('Fenrir');
  await expect(studio.page.getByRole('textbox', { name: 'Search voices' })).toHaveValue('Fenrir');
  await studio.page.keyboard.press('Enter');
  await expect(studio.page.getByRole('region', { name: 'Voice and controls' })).toContainText('Fenrir');
  expect(await desk.takes()).toEqual([]);
});
