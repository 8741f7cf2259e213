import type { Locator } from '@playwright/test';
import { Desk } from './desk.ts';
import { expect, test } from './fixtures.ts';

/**
 * In how many places along the time axis the picture changes, in parts of all columns of pixels, 0 to 1. What does not
 * follow the sound (one colour, lines from the left to the right) counts for nothing.
 */
async function drawn(canvases: Locator): Promise<number> {
  return await canvases.evaluateAll((elements) => {
    let columns = 0;
    let changes = 0;
    for (const canvas of elements) {
      if (!(canvas instanceof HTMLCanvasElement) || canvas.width === 0 || canvas.height === 0) continue;
      const { width, height } = canvas;
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data;
      if (pixels === undefined) continue;
      const colours = new Uint32Array(pixels.buffer);
      columns += width;
      for (let x = 1; x < width; x += 1) {
        for (let y = 0; y < height; y += 1) {
          if (colours[y * width + x] === colours[y * width + x - 1]) continue;
          changes += 1;
          break;
        }
      }
    }
    return columns === 0 ? 0 : changes / columns;
  });
}

test('waveform, spectrogram and pitch of the chosen take are drawn, and are gone when switched off', async ({
  studio,
}) => {
  const { page } = studio;
  const desk = new Desk(studio);
  await desk.write('The pictures of a take are drawn from the sound that was made.');
  await desk.voice('English (America)');
  await desk.render();
  const view = page.getByRole('region', { name: 'Chosen take' });
  const lanes = {
    Waveform: view.locator('[part="canvases"] canvas'),
    Spectrogram: view.locator('[part="wrapper"] > div:not([part]) canvas'),
    Pitch: view.locator('[part="pitch"] canvas'),
  };
  const set = async (lane: keyof typeof lanes, on: boolean) => {
    const button = view.getByRole('button', { name: lane, exact: true });
    if ((await button.getAttribute('aria-pressed')) !== String(on)) await button.click();
    await expect(button).toHaveAttribute('aria-pressed', String(on));
  };

  // Labels alone would make less than a tenth of it.
  const expected = { Waveform: 0.5, Spectrogram: 0.5, Pitch: 0.25 };
  for (const lane of ['Waveform', 'Spectrogram', 'Pitch'] as const) {
    await set(lane, true);
    await expect.poll(() => drawn(lanes[lane]), { message: lane }).toBeGreaterThan(expected[lane]);
  }
  await studio.shoot('pictures');
  const height = async () => (await view.boundingBox())?.height ?? 0;
  for (const lane of ['Waveform', 'Spectrogram', 'Pitch'] as const) {
    const before = await height();
    await set(lane, false);
    await expect.poll(() => drawn(lanes[lane]), { message: lane }).toBe(0);
    expect(await height()).not.toBe(before);
    await set(lane, true);
    await expect.poll(() => drawn(lanes[lane]), { message: lane }).toBeGreaterThan(expected[lane]);
  }
  expect(studio.complaints).toEqual([]);
});
