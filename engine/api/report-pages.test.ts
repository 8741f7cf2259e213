import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ComparisonReport } from '../../shared/report/comparison-report.ts';
import { escaped } from '../../shared/report/page/html.ts';
import type { Comparison } from '../../shared/schemas/comparison.ts';
import type { Take } from '../../shared/schemas/take.ts';
import { renderOffline } from '../../shared/sound/chain-offline.ts';
import { floatToS16 } from '../../shared/sound/pcm.ts';
import { loadSamples } from '../analysis/load-samples.ts';
import { encodeFlac } from '../export/encode-mediabunny.ts';
import { decodeAudioFile } from '../import/importer.ts';
import { reportedComparison, reportedTest } from '../report/testing/reported.ts';
import { expectSealed, sounds } from '../report/testing/sealed-page.ts';
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

async function page(path: string): Promise<string> {
  const response = await studio.call(path);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-disposition')).toMatch(/filename="[^"]*-report\.html"/);
  return response.text();
}

const comparisonPage = (sound: string) => page(`/api/comparisons/${comparison.id}/report?sound=${sound}`);
/** Samples of a block as the encoder makes them. */
const FLAC_BLOCK = 4096;

/** Samples that a FLAC file says it has: the low 32 bits of them in its STREAMINFO (RFC 9639, 8.2). */
const flacSamples = (bytes: Uint8Array) => Buffer.from(bytes).readUInt32BE(22);

it('a comparison is a page with every take as it is heard, sample by sample', async () => {
  const html = await comparisonPage('flac');
  expectSealed(html, true);
  const report = await answer(
    await studio.call(`/api/comparisons/${comparison.id}/report?format=json`),
    ComparisonReport,
  );
  const found = sounds(html);
  const reported = report.texts.flatMap((text) => text.takes);
  expect(found).toHaveLength(takes.flat().length);
  for (const [index, { type, bytes }] of found.entries()) {
    expect(type).toBe('audio/flac');
    const { take, gain = null } = reported[index] ?? {};
    const audio = studio.studio.parts.library().audio(take?.id ?? '');
    if (!take || !audio) throw new Error('The take is gone.');
    const studioSettings = { ...take.studio, volume: take.studio.volume + (gain ?? 0) };
    const heard = floatToS16(await renderOffline(await loadSamples(audio), audio.sampleRate, studioSettings));
    const decoded = await decodeAudioFile(bytes, 'a.flac');
    // Gains are no more than 0: one of them is, and where the studio does nothing else that take is its own samples.
    const untouched = gain === 0 && take.studio.speed === 1 && take.studio.pitch === 0 && take.studio.volume === 0;
    const expected = untouched ? await loadSamples(audio) : heard;
    expect(decoded.sampleRate).toBe(untouched ? audio.sampleRate : 48_000);
    expect(flacSamples(bytes)).toBe(expected.length);
    expect(decoded.samples.findIndex((sample, at) => sample !== expected[at])).toBe(-1);
    // The decoder of imports may leave out a short last block.
    expect(decoded.samples.length).toBeGreaterThan(expected.length - FLAC_BLOCK);
    expect(Buffer.compare(bytes, await encodeFlac(expected, decoded.sampleRate, ''))).toBe(0);
  }
});

it('sound is also kept smaller, or left out', async () => {
  const [small, none] = [await comparisonPage('mp3'), await comparisonPage('none')];
  expectSealed(none, false);
  expect(none.includes('<audio')).toBe(false);
  expectSealed(small, true);
  const found = sounds(small);
  expect(found.map(({ type }) => type)).toEqual(takes.flat().map(() => 'audio/mpeg'));
  for (const [index, { bytes }] of found.entries()) {
    const take = takes.flat()[index];
    const { samples, sampleRate } = await decodeAudioFile(bytes, 'a.mp3');
    const seconds = (take?.samples ?? 0) / (take?.sampleRate ?? 1) / (take?.studio.speed ?? 1);
    expect(Math.abs(samples.length / sampleRate - seconds)).toBeLessThan(0.01);
  }
});

it('a take whose sound is gone is said to be without it, and all else is there', async () => {
  const { parts } = studio.studio;
  const lost = parts.library().audio(takes[0]?.[1]?.id ?? '')?.path ?? '';
  await rename(lost, `${lost}-away`);
  try {
    const html = await comparisonPage('flac');
    expect(html.match(/Its sound is not in this page: [^<]*<bdi>[^<]+/g)).toHaveLength(1);
    expect(sounds(html)).toHaveLength(takes.flat().length - 1);
  } finally {
    await rename(`${lost}-away`, lost);
  }
});

it('a report that nobody wants any more ends, and is told to have', async () => {
  const listening = studio.listen();
  const response = await studio.call(`/api/comparisons/${comparison.id}/report`);
  const reader = response.body?.getReader();
  expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
  expect(studio.studio.parts.reports.open).toBe(1);
  await reader?.cancel();
  expect(studio.studio.parts.reports.open).toBe(0);
  const told = listening.all().filter((event) => event.type === 'progress');
  expect(told.at(-1)).toMatchObject({ label: 'Making a report', done: true });
});

it.each(['abx', 'preference', 'rating', 'mushra'] as const)(
  'a listening test (%s) is a page with its sounds and answers',
  async (method) => {
    const { test, client } = await reportedTest(studio, takes, method);
    await client.reveal(test.id);
    const html = await page(`/api/listening/tests/${test.id}/report`);
    expectSealed(html, true);
    // Two texts of two slots, and the approved recordings.
    expect(sounds(html)).toHaveLength(method === 'mushra' ? 6 : 4);
    expect(html.match(/<svg class="chart"/g)).toHaveLength(1);
    const { words } = await studio.studio.parts.listening.results(test.id);
    expect(words.filter((sentence) => !html.includes(escaped(sentence)))).toEqual([]);
    const trials = { abx: 10, preference: 8, rating: 4, mushra: 4 }[method];
    expect(html.match(/Every answer \((\d+)\)/)?.[1]).toBe(String(trials));
  },
);
