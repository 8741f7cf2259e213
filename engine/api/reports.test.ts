import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FaultBody } from '../../shared/errors.ts';
import { ComparisonReport } from '../../shared/report/comparison-report.ts';
import { ListeningReport } from '../../shared/report/listening-report.ts';
import { Comparison } from '../../shared/schemas/comparison.ts';
import type { Take } from '../../shared/schemas/take.ts';
import { csvTable } from '../report/testing/csv-table.ts';
import { HOSTILE, reportedComparison, reportedTest } from '../report/testing/reported.ts';
import { answer, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;
let comparison: Comparison;
let takes: Take[][];

beforeAll(async () => {
  folder = await studioFolder();
  studio = await openStudio(join(folder.folder, 'here'));
  ({ comparison, takes } = await reportedComparison(studio));
});
afterAll(async () => {
  expect(studio.studio.parts.reports.open).toBe(0);
  await studio.close();
  await folder.remove();
});

const report = (query: string) => studio.call(`/api/comparisons/${comparison.id}/report?${query}`);
const refusal = async (response: Response) => ({
  status: response.status,
  ...FaultBody.parse(await response.json()).error,
});

it('a comparison is told whole as JSON: slots, takes, figures, gains, decisions', async () => {
  const response = await report('format=json');
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  expect(response.headers.get('content-disposition')).toMatch(/filename="[^"]*-report\.json"/);
  const found = await answer(response, ComparisonReport);
  expect(found).toMatchObject({ format: 'timbre.comparison-report', version: 1, comparison: { name: HOSTILE } });
  expect(found.slots).toEqual(comparison.slots);
  expect(found.decisions).toEqual(comparison.decisions);
  expect(found.texts.map(({ text }) => text)).toEqual(comparison.texts.map(({ text }) => text));
  for (const [index, text] of found.texts.entries()) {
    expect(text.takes.map((reported) => reported?.take.id)).toEqual(takes[index]?.map(({ id }) => id));
    expect(text.equal?.by).toBe('loudness');
    const heard = text.takes.map((reported) => (reported?.level?.loudness ?? 0) + (reported?.gain ?? 0));
    expect(Math.max(...heard) - Math.min(...heard)).toBeLessThan(0.1);
    const [first, second] = text.takes;
    expect(first).toMatchObject({ current: true, alignment: null });
    expect(second?.alignment).toMatchObject({ with: first?.take.id });
    expect(second?.figures.wordsPerMinute).toBeGreaterThan(50);
    expect(second?.figures.pitch).toBeGreaterThan(50);
  }
});

it('a comparison as CSV has a row for each take, and nothing in it is a formula', async () => {
  const response = await report('format=csv');
  expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
  const { header, rows } = csvTable(await response.text());
  expect(rows).toHaveLength(takes.flat().length);
  for (const row of rows) {
    expect(row).toHaveLength(header.length);
    for (const cell of row) if (/^[=+\-@]/.test(cell)) expect(cell).toMatch(/^-?\d+(\.\d+)?$/);
  }
  const column = (name: string) => rows.map((row) => row[header.indexOf(name)]);
  expect(column('take')).toEqual(takes.flat().map(({ id }) => id));
  expect(column('slot')).toEqual(['A', 'B', 'A', 'B']);
  expect(column('comparison')[0]).toBe(`'${HOSTILE}`);
  expect(column('note')[0]).toBe(takes[0]?.[0]?.note);
  expect(column('gain dB').every((gain) => Number(gain) <= 0)).toBe(true);
});

it('what was changed since is said, and what is gone is left out', async () => {
  const [slotId, textId] = [comparison.slots[1]?.id ?? '', comparison.texts[0]?.id ?? ''];
  const place = (takeId: string) =>
    studio.studio.parts.library().placeTake({ comparisonId: comparison.id, slotId, textId }, takeId);
  place(crypto.randomUUID());
  const changed = await answer(
    await studio.send(
      `/api/comparisons/${comparison.id}`,
      {
        slots: comparison.slots.map((slot, at) =>
          at === 0 ? { ...slot, settings: { ...slot.settings, pitch: 2 } } : slot,
        ),
        equalLoudness: false,
      },
      'PATCH',
    ),
    Comparison,
  );
  const found = await answer(await report('format=json'), ComparisonReport);
  expect(found.slots).toEqual(changed.slots);
  expect(found.texts[0]?.takes).toMatchObject([{ current: false, gain: null }, null]);
  expect(found.texts[0]?.equal).toBeNull();
  const { slots, equalLoudness } = comparison;
  await studio.send(`/api/comparisons/${comparison.id}`, { slots, equalLoudness }, 'PATCH');
  place(comparison.takes[slotId]?.[textId] ?? '');
});

it('what cannot be reported is refused', async () => {
  expect(await refusal(await report('format=pdf'))).toMatchObject({ status: 400, code: 'invalid', param: 'format' });
  const unknown = crypto.randomUUID();
  expect((await refusal(await studio.call(`/api/comparisons/${unknown}/report`))).code).toBe('not_found');
  expect((await refusal(await studio.call(`/api/listening/tests/${unknown}/report`))).code).toBe('not_found');
});

it('a listening test is reported after its reveal, and not before', async () => {
  const { test, client } = await reportedTest(studio, takes, 'preference');
  const path = `/api/listening/tests/${test.id}/report`;
  for (const format of ['html', 'json', 'csv']) {
    const early = await studio.call(`${path}?format=${format}`);
    expect(await refusal(early)).toMatchObject({ status: 409, code: 'conflict' });
    expect(early.headers.get('content-disposition')).toBeNull();
  }
  await client.reveal(test.id);
  const found = await answer(await studio.call(`${path}?format=json`), ListeningReport);
  expect(found).toMatchObject({
    format: 'timbre.listening-report',
    version: 1,
    design: { method: 'preference', trials: 4, rounds: 2, listeners: 2 },
  });
  expect(found.plan.power).toHaveLength(2);
  expect(found.results.answers).toHaveLength(8);
  expect(found.texts.map((text) => text.takes.map((take) => take?.take.id))).toEqual(
    takes.map((row) => row.map(({ id }) => id)),
  );
  const { header, rows } = csvTable(await (await studio.call(`${path}?format=csv`)).text());
  expect(rows).toHaveLength(8);
  const at = (row: string[], name: string) => row[header.indexOf(name)] ?? '';
  for (const row of rows) {
    expect(row).toHaveLength(header.length);
    expect([at(row, 'A is'), at(row, 'B is')].sort()).toEqual(['A', 'B']);
    const choice = at(row, 'choice');
    expect(at(row, 'chosen slot')).toBe(choice === 'none' ? '' : at(row, `${choice} is`));
    expect(Date.parse(at(row, 'answered'))).toBeGreaterThanOrEqual(Date.parse(at(row, 'shown')));
    expect(at(row, 'A plays')).toBe('1');
  }
  expect(new Set(rows.map((row) => at(row, 'listener')))).toEqual(
    new Set(found.results.listeners.map(({ listener }) => `'${listener}`)),
  );
});

it('ratings are in the CSV by the place they were given at', async () => {
  const { test, client } = await reportedTest(studio, takes, 'rating');
  await client.reveal(test.id);
  const { header, rows } = csvTable(
    await (await studio.call(`/api/listening/tests/${test.id}/report?format=csv`)).text(),
  );
  expect(rows).toHaveLength(4);
  for (const row of rows) {
    for (const place of ['1', '2']) {
      // The testing listener rates the first slot 80 and the second 40.
      const is = row[header.indexOf(`${place} is`)];
      expect(row[header.indexOf(`${place} rating`)]).toBe(is === 'A' ? '80' : '40');
    }
  }
});
