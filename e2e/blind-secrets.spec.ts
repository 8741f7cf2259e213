import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { BlindDesk } from './blind-desk.ts';
import { Bench } from './compare-desk.ts';
import { expect, test } from './fixtures.ts';

const TEXT = 'Somebody left the window of the kitchen open.';
const PLACES = ['A', 'B', 'X'];
const TRIALS = 4;

/** What somebody who looks for a way to tell can see of the page: its document, what it stores, how it fetched. */
async function seen(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const fields = [...document.querySelectorAll('input, textarea')].map((field) =>
      field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : '',
    );
    return [
      document.documentElement.outerHTML,
      document.title,
      location.href,
      ...fields,
      ...[localStorage, sessionStorage].map((storage) => JSON.stringify({ ...storage })),
      JSON.stringify(history.state),
      JSON.stringify(performance.getEntriesByType('resource').filter(({ name }) => name.includes('/listening/'))),
    ].join('\n');
  });
}

/** A stimulus as it came over the wire. */
interface Wire {
  id: string;
  headers: string;
  bytes: number;
  digest: string;
  body: Buffer;
}

/** Asks for stimuli of the trial that is open as the page itself does: what anybody with its tools could look at. */
async function wiresOf(page: Page, ids: readonly string[]): Promise<Wire[]> {
  const came = await page.evaluate(
    (wanted) =>
      Promise.all(
        wanted.map(async (id) => {
          const token = sessionStorage.getItem('timbre.token');
          const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
          const response = await fetch(`/api/listening/stimuli/${id}`, { headers });
          const reader = new FileReader();
          const body = new Promise<string>((resolve, reject) => {
            reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
            reader.onerror = () => reject(reader.error);
          });
          reader.readAsDataURL(await response.blob());
          return { id, headers: [...response.headers].filter(([name]) => name !== 'date'), body: await body };
        }),
      ),
    ids,
  );
  return came.map(({ id, headers, body: base64 }) => {
    const body = Buffer.from(base64, 'base64');
    const digest = createHash('sha256').update(body).digest('hex');
    return { id, headers: JSON.stringify(headers), bytes: body.length, digest, body };
  });
}

test('nothing in the page, its requests or their answers tells who is who before the reveal', async ({ studio }) => {
  const { page } = studio;
  const bench = new Bench(studio);
  const blind = new BlindDesk(studio);
  await bench.begin('English (America)', TEXT);
  await bench.setVoice('B', 'Great Britain');
  await bench.setControl('B', 'Speed', '0.7');
  await bench.setControl('B', 'Volume', '-9');
  await bench.render();
  for (const letter of ['A', 'B']) {
    await expect.poll(async () => (await bench.take(letter)).measurements).not.toBeNull();
  }
  const takes = [await bench.take('A'), await bench.take('B')];
  const lengths = takes.map(({ measurements }) => measurements?.duration ?? 0);
  // There is much to tell them apart by.
  expect(Math.abs((lengths[0] ?? 0) - (lengths[1] ?? 0))).toBeGreaterThan(0.5);

  await blind.setUp('ABX');
  await page.getByRole('textbox', { name: 'Trials of each listener' }).fill(String(TRIALS));
  await blind.name(1, 'Ann');
  const fetched: string[] = [];
  const wires: Wire[] = [];
  const answers: Promise<string>[] = [];
  const asked: string[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/listening/stimuli/')) fetched.push(response.url().split('/').at(-1) ?? '');
    else if (!response.url().endsWith('/api/events')) answers.push(response.text().catch(() => ''));
  });
  page.on('request', (request) => asked.push(`${request.url()} ${request.postData() ?? ''}`));
  await page.evaluate(() => performance.clearResourceTimings());
  const setUp = asked.length;
  await blind.begin();
  await blind.trial(1, TRIALS, PLACES);
  // The request that makes the test names its takes: what comes after it must not.
  const made = asked.findIndex((request, index) => index >= setUp && /listening\/tests /.test(request));
  expect(made).toBeGreaterThanOrEqual(0);

  const secrets = [
    ...takes.flatMap(({ id, voiceId, voiceName, text }) => [id, voiceId, voiceName, ...(text === TEXT ? [] : [text])]),
    ...lengths.map((seconds) => seconds.toFixed(2)),
    'Great Britain',
    'espeak',
  ];
  const saysNothing = async () => {
    const page1 = await seen(page);
    for (const secret of secrets) expect(page1).not.toContain(secret);
    expect(await page.title()).toBe('Timbre');
    // The only figures that are shown: which trial it is, and the keys.
    const text = await page.locator('body').innerText();
    const figures = text.replace(/Trial \d of \d/, '').replace(/\b[123]\b/g, '');
    expect(figures).not.toMatch(/\d/);
    await expect(page.getByRole('navigation', { name: 'Rooms' })).toHaveCount(0);
    await expect(page.getByRole('meter')).toHaveCount(0);
  };

  /** The page with one letter pressed, with that letter and the ids taken out. */
  const shapeWhile = async (place: string) => {
    const html = await page.evaluate((name) => {
      const room = document.querySelector('[data-blind-room]')?.cloneNode(true) as HTMLElement;
      for (const line of room.querySelectorAll('[data-place-line]')) line.remove();
      const letters = [...room.querySelectorAll('[aria-label^="Hear "]')];
      const own = letters.find((letter) => letter.getAttribute('aria-label') === `Hear ${name}`);
      const others = letters.filter((letter) => letter !== own);
      return [...[own, ...others].map((letter) => letter?.outerHTML), room.querySelectorAll('*').length].join('\n');
    }, place);
    return html
      .replaceAll(/Hear [ABX]/g, 'Hear ?')
      .replaceAll(/>[ABX]</g, '>?<')
      .replaceAll(/(keyshortcuts|key)="\d"/g, '');
  };

  for (let number = 1; number <= TRIALS; number += 1) {
    await blind.trial(number, TRIALS, PLACES);
    await saysNothing();
    expect(fetched).toHaveLength(3);
    wires.push(...(await wiresOf(page, fetched)));
    await blind.hearAll(PLACES);
    const shapes: string[] = [];
    for (const place of PLACES) {
      await blind.letter(place).click();
      await expect(blind.letter(place)).toHaveAttribute('data-sounding', 'true');
      shapes.push(await shapeWhile(place));
    }
    expect([...new Set(shapes)]).toEqual([shapes[0]]);
    await saysNothing();
    if (number === 1) {
      // Keys that show something elsewhere show nothing here.
      for (const key of ['Control+k', 'Control+f', '/', 'j', 'k', 'Control+e', '?', 'v', 'p', 't', 'Control+,']) {
        await page.keyboard.press(key);
      }
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await saysNothing();
    }
    fetched.length = 0;
    await page.keyboard.press('a');
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('heading', { name: 'Thank you, Ann' })).toBeVisible();

  expect(new Set(wires.map(({ id }) => id)).size).toBe(TRIALS * 3);
  expect(new Set(wires.map(({ digest }) => digest)).size).toBe(TRIALS * 3);
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const own = wires.slice(trial * 3, trial * 3 + 3);
    expect(new Set(own.map(({ headers }) => headers)).size).toBe(1);
    expect(new Set(own.map(({ bytes }) => bytes)).size).toBe(1);
    // No piece of one is found in another one: not even X is made of the same samples as A or B.
    const [a, b, x] = own;
    const piece = x?.body.subarray(Math.floor(x.body.length / 3), Math.floor(x.body.length / 3) + 512);
    expect(piece && (a?.body.includes(piece) || b?.body.includes(piece))).toBe(false);
  }
  const told = (await Promise.all(answers)).filter((body) => /"trial"|"sessions"/.test(body));
  expect(told.length).toBeGreaterThan(TRIALS);
  for (const body of told) {
    for (const secret of [...takes.map(({ id }) => id), 'espeak', '"what"', '"gain', '"seeds"', '"noise"']) {
      expect(body).not.toContain(secret);
    }
  }
  for (const request of asked.slice(made + 1).filter((one) => one.includes('/listening/'))) {
    for (const { id } of takes) expect(request).not.toContain(id);
  }
  const { id } = await blind.test();
  expect((await studio.call(`/api/listening/tests/${id}/results`)).status).toBe(409);
  expect((await studio.call(`/api/listening/tests/${id}/report?format=json`)).status).toBe(409);
  // The sounds of a trial that was answered cannot be had any more.
  expect((await studio.call(`/api/listening/stimuli/${wires[0]?.id}`)).status).toBe(404);

  // The reveal does tell: both were heard, in every trial.
  await page.getByRole('button', { name: 'To the page of the test' }).click();
  await blind.reveal();
  const results = await blind.results();
  for (const { record } of results.answers) {
    expect(
      record.places
        .slice(0, 2)
        .map(({ what }) => what)
        .toSorted(),
    ).toEqual([0, 1]);
  }
  await expect(page.getByRole('region', { name: 'Who is who' })).toContainText('Great Britain');
  expect(studio.complaints).toEqual([]);
});
