import { mapTime } from '../shared/alignment/time-map.ts';
import { Alignment } from '../shared/schemas/alignment.ts';
import { GainsAnswer } from '../shared/schemas/compare.ts';
import type { Take } from '../shared/schemas/take.ts';
import { CHAIN_RATE } from '../shared/sound/chain-format.ts';
import { renderOffline } from '../shared/sound/chain-offline.ts';
import { bytesToS16, dbToGain, WAV_HEADER_BYTES } from '../shared/sound/pcm.ts';
import { Bench } from './compare-desk.ts';
import { expect, type StudioUnderTest, test } from './fixtures.ts';
import { heard, letPlay, listenAnew, tap } from './heard.ts';

const TEXT = 'The ship sails at noon, and nobody knows who will be on board. It may be the very last one this year.';
/** Frames of the cross-fade of 5 ms. */
const FADE = 240;
/** Frames by which a place in a sound is found: 50 ms. */
const PIECE = 2400;
const audible = (sample: number) => Math.abs(sample) > 0.01;
/** What 16 bits round away, and the recording once more. */
const ROUNDING = 3 / 32_768;

/** A slot as it should be heard, at the rate of the chain. */
async function expectedSound(studio: StudioUnderTest, take: Take, gain: number): Promise<Float32Array> {
  const base64 = await studio.page.evaluate(async (id) => {
    const token = sessionStorage.getItem('timbre.token');
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    const bytes = new Uint8Array(await (await fetch(`/api/takes/${id}/wav`, { headers })).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }, take.id);
  const samples = bytesToS16(new Uint8Array(Buffer.from(base64, 'base64')).subarray(WAV_HEADER_BYTES));
  const frames = await renderOffline(samples, take.sampleRate, take.studio);
  return frames.map((frame) => frame * dbToGain(gain));
}

/** Where a piece of a recording lies in a sound: the frame from which they differ least. */
function findPiece(piece: Float32Array, sound: Float32Array): { at: number; off: number } {
  let best = { at: 0, off: Number.POSITIVE_INFINITY };
  for (let at = 0; at + piece.length <= sound.length; at += 1) {
    let off = 0;
    for (let i = 0; i < piece.length && off < best.off; i += 1) {
      off = Math.max(off, Math.abs((piece[i] ?? 0) - (sound[at + i] ?? 0)));
    }
    if (off < best.off) best = { at, off };
  }
  return best;
}

/** Whether a recording is a sound, from these frames of each on, for so many frames. */
function isSame(recording: Float32Array, from: number, sound: Float32Array, at: number, frames: number): boolean {
  for (let i = 0; i < frames; i += 1) {
    if (Math.abs((recording[from + i] ?? 0) - (sound[at + i] ?? 0)) > ROUNDING) return false;
  }
  return true;
}

function steepest(sound: Float32Array): number {
  return sound.reduce((most, sample, i) => (i === 0 ? 0 : Math.max(most, Math.abs(sample - (sound[i - 1] ?? 0)))), 0);
}

test('a flip lands on the same word, at the same loudness, without a step or a hole', async ({ studio }) => {
  await tap(studio.page);
  const bench = new Bench(studio);
  await bench.begin('English (America)', TEXT);
  await bench.setVoice('B', 'Great Britain');
  await bench.setControl('B', 'Volume', '-6');
  await bench.render();
  await bench.matched();
  const [a, b] = [await bench.take('A'), await bench.take('B')];

  await listenAnew(studio.page);
  await studio.page.keyboard.press('Space');
  await letPlay(studio.page, 1.4);
  await studio.page.keyboard.press('2');
  await letPlay(studio.page, 1);
  await studio.page.keyboard.press('Space');
  await letPlay(studio.page, 0.3);
  const recording = (await heard(studio.page)).samples;

  const takes = [a, b].map(({ id, studio: own }) => ({ takeId: id, studio: own }));
  const answered = await studio.call('/api/compare/gains', { method: 'POST', body: JSON.stringify({ takes }) });
  const { gains, levels } = GainsAnswer.parse(answered.body);
  const loudness = levels.map(({ loudness: own }, index) => (own ?? 0) + (gains[index] ?? 0));
  expect(loudness[0]).toBeCloseTo(loudness[1] ?? 0, 2);
  const alignment = Alignment.parse((await studio.call(`/api/compare/alignment?a=${a.id}&b=${b.id}`)).body);
  expect(alignment.trusted).toBe(true);
  const sounds = [
    await expectedSound(studio, a, gains[0] ?? 0),
    await expectedSound(studio, b, gains[1] ?? 0),
  ] as const;

  // What was heard first is A, sample for sample.
  const first = recording.findIndex(audible);
  const begin = findPiece(recording.slice(first, first + PIECE), sounds[0]);
  expect(begin.off).toBeLessThan(ROUNDING);
  const inA = (frame: number) => frame - first + begin.at;
  let left = first + PIECE;
  while (isSame(recording, left, sounds[0], inA(left), 48)) left += 48;
  expect(left - first).toBeGreaterThan(CHAIN_RATE);

  // After the cross-fade of 5 ms it is B.
  const after = left + 2 * FADE;
  const sounding = after + recording.subarray(after).findIndex(audible);
  const landed = findPiece(recording.slice(sounding, sounding + PIECE), sounds[1]);
  expect(landed.off).toBeLessThan(ROUNDING);
  const inB = (frame: number) => frame - sounding + landed.at;
  let entered = after;
  while (isSame(recording, entered - 48, sounds[1], inB(entered - 48), 48)) entered -= 48;

  // It is B from the same place of the text on. Where both are silent, the flip may have been at any of these frames.
  const flips = Array.from({ length: Math.floor((left - entered) / 48) + 11 }, (_, step) => left - 48 * step);
  const offs = flips.map((flip) => Math.abs(inB(flip) / CHAIN_RATE - mapTime(alignment.map, inA(flip) / CHAIN_RATE)));
  expect(Math.min(...offs)).toBeLessThan(0.006);

  // In between nothing steps more than the sounds themselves and the fade between them.
  const crossing = recording.slice(Math.min(entered, left) - 2 * FADE, after);
  const fade = Math.PI / 2 / FADE;
  expect(steepest(crossing)).toBeLessThan(Math.max(steepest(sounds[0]), steepest(sounds[1])) + 2 * fade);
  expect(studio.complaints).toEqual([]);
});
