import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PROFILE_FIGURES } from '../../shared/profile/profile-figures.ts';
import { escaped } from '../../shared/report/page/html.ts';
import type { Take } from '../../shared/schemas/take.ts';
import { renderOffline } from '../../shared/sound/chain-offline.ts';
import { floatToS16 } from '../../shared/sound/pcm.ts';
import { loadSamples } from '../analysis/load-samples.ts';
import { encodeFlac } from '../export/encode-mediabunny.ts';
import { HOSTILE } from '../report/testing/reported.ts';
import { AS_SET, type ReportedMapping, reportedMapping } from '../report/testing/reported-mapping.ts';
import { expectSealed, sounds } from '../report/testing/sealed-page.ts';
import { type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;
let reported: ReportedMapping;

beforeAll(async () => {
  folder = await studioFolder();
  studio = await openStudio(join(folder.folder, 'here'));
  reported = await reportedMapping(studio);
});
afterAll(async () => {
  expect(studio.studio.parts.reports.open).toBe(0);
  await studio.close();
  await folder.remove();
});

const ask = (query: string) => studio.call(`/api/mappings/${reported.mapping.id}/report?${query}`);

async function page(sound: string): Promise<string> {
  const response = await ask(`sound=${sound}`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-disposition')).toMatch(/filename="[^"]*-report\.html"/);
  return response.text();
}

/** The section of a row, by its number in the table. */
const section = (html: string, number: number) =>
  html.split('<section ').find((one) => one.includes(`aria-labelledby="text-${number}"`)) ?? '';

/** The words of a piece of a page, without its tags. */
const words = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

/** A take as it is to be heard. */
async function heardAs(take: Take, studioSettings: Take['studio']): Promise<Uint8Array> {
  const audio = studio.studio.parts.library().audio(take.id);
  if (!audio) throw new Error('The take is gone.');
  const samples = floatToS16(await renderOffline(await loadSamples(audio), audio.sampleRate, studioSettings));
  return encodeFlac(samples, 48_000, '');
}

it('says how far it is, what was looked for, and of every voice what takes its place, sealed against what it says', async () => {
  const html = await page('none');
  expectSealed(html, false);
  expect(html.includes('<audio')).toBe(false);
  const said = words(html);
  expect(said).toContain('1 of 4 approved · 0 for later · 0 rejected · 3 open');
  expect(said).toContain('From elevenlabs to ');
  for (const name of ['old', 'new', 'lost', 'Ada', 'warm']) expect(html).toContain(escaped(`${name} ${HOSTILE}`));
  const [, searches = '', voices = ''] = html.split('<h2>');
  expect(words(searches)).toMatch(/ done \d of 1 0 of 0 free lost .*No voice there is labelled like lost/);
  const lines = voices.split('<tr>').slice(2).map(words);
  expect(lines).toHaveLength(4);
  expect(lines[0]).toMatch(
    /1 old .* elevenlabs:a .*1\.20× \+2\.0 st −3\.0 dB old: 1\.10× 0\.00 not measured approved Ada/,
  );
  expect(lines[1]).toMatch(/recordings .*Plain .* neutral .* open – – –/);
  expect(lines[2]).toMatch(/Waiting .*none chosen .*not looked for yet open/);
  expect(lines[3]).toMatch(/none chosen .*No voice there is labelled like lost/);
  // Only what there is more to tell of is shown as a pair.
  expect([...voices.matchAll(/href="#text-(\d)"/g)].map(([, number]) => number)).toEqual(['1', '2']);
  expect(html.match(/<section class="text"/g)).toHaveLength(2);
});

it('draws both profiles on the same scales, and tells all that was said of a pair', async () => {
  const pair = section(await page('none'), 1);
  expect(pair.match(/<figure class="multiple"/g)).toHaveLength(PROFILE_FIGURES.length);
  expect(pair).toContain('aria-label="Pitch: old 200 Hz, new 200 Hz"');
  const marks = [...pair.matchAll(/<circle class="at" cx="([\d.]+)" cy="(\d+)"/g)].map(([, x, y]) => ({ x, y }));
  expect(marks).toHaveLength(2 * PROFILE_FIGURES.length);
  // The same figure lies at the same place for both, one over the other.
  for (const [index, { x, y }] of marks.entries()) {
    if (index % 2 === 0) expect(marks[index + 1]).toMatchObject({ x, y: '21' });
    else expect(y).toBe('21');
  }
  expect(words(pair)).toMatch(/approved new .* by Ada .*rejected new .*: flat/);
});

it('has both voices on the same text, the new one as it is set, at equal loudness', async () => {
  const html = await page('flac');
  expectSealed(html, true);
  const pair = section(html, 1);
  expect(pair).toContain('data-switching="word"');
  expect(pair).toContain(escaped(reported.same.old.text));
  const gains = await studio.studio.parts.levels.gains([
    { takeId: reported.same.old.id, studio: reported.same.old.studio },
    { takeId: reported.same.new.id, studio: { speed: AS_SET.speed, pitch: AS_SET.pitch, volume: AS_SET.volume } },
  ]);
  const [old, own] = sounds(pair);
  const [oldGain = 0, newGain = 0] = gains.gains;
  expect(Math.min(oldGain, newGain)).toBeLessThan(-0.5);
  const { volume } = reported.same.old.studio;
  const expected = [
    await heardAs(reported.same.old, { ...reported.same.old.studio, volume: volume + oldGain }),
    await heardAs(reported.same.new, { speed: AS_SET.speed, pitch: AS_SET.pitch, volume: AS_SET.volume + newGain }),
  ];
  expect(Buffer.compare(old?.bytes ?? new Uint8Array(), expected[0] ?? new Uint8Array())).toBe(0);
  expect(Buffer.compare(own?.bytes ?? new Uint8Array(), expected[1] ?? new Uint8Array())).toBe(0);
  // Both have a track, so that a flip goes on at the same word.
  expect(pair.match(/data-track="\[\[/g)).toHaveLength(2);
});

it('lets voices that say different things be heard one after the other, without doubting them', async () => {
  const pair = section(await page('mp3'), 2);
  expect(pair).toContain('data-switching="restart"');
  expect(sounds(pair).map(({ type }) => type)).toEqual(['audio/mpeg', 'audio/mpeg']);
  expect(words(pair)).toContain(`Old: ${escaped(reported.other.old.text)} New: ${escaped(reported.other.new.text)}`);
  expect(pair).not.toContain('does not seem to say the same words');
});

it('says of a voice whose sound is gone that it is silent, and has all else', async () => {
  const { parts } = studio.studio;
  const lost = parts.library().audio(reported.other.old.id)?.path ?? '';
  await rename(lost, `${lost}-away`);
  try {
    const html = await page('flac');
    expect(html.match(/Its sound is not in this page: [^<]*<bdi>[^<]+/g)).toHaveLength(1);
    expect(sounds(html)).toHaveLength(3);
  } finally {
    await rename(`${lost}-away`, lost);
  }
});

it('is a page and nothing else, of a mapping that is there', async () => {
  expect((await ask('format=csv')).status).toBe(400);
  expect((await studio.call(`/api/mappings/${crypto.randomUUID()}/report`)).status).toBe(404);
});
