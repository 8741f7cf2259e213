import { afterAll, beforeAll, expect, it } from 'vitest';
import { FaultBody } from '../../shared/errors.ts';
import { TakeWords } from '../../shared/schemas/alignment.ts';
import { CharacterTimings, Take } from '../../shared/schemas/take.ts';
import { s16ToBytes, wavHeader } from '../../shared/sound/pcm.ts';
import { testSpeech } from '../../shared/sound/testing/speech.ts';
import { answer, espeakRequest, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

const TEXT = 'Well, “nobody” minds [laugh] the long way home.';

let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;
let projectId = '';

beforeAll(async () => {
  folder = await studioFolder();
  studio = await openStudio(folder.folder);
  projectId = await studio.firstProject();
});
afterAll(async () => {
  await studio.close();
  await folder.remove();
});

async function bring(text: string): Promise<Take> {
  const { samples, sampleRate } = await testSpeech(TEXT.replace('[laugh] ', ''), {
    voice: 'en-us',
    rate: 160,
    pitch: 65,
  });
  const file = new Blob([wavHeader(samples.length, sampleRate), s16ToBytes(samples)]);
  const query = new URLSearchParams({ projectId, name: 'speech.wav', text });
  return answer(await studio.sendBytes(`/api/takes/import?${query}`, file), Take);
}

const wordsOf = async (id: string) => answer(await studio.call(`/api/takes/${id}/words`), TakeWords);

it('tells the words of a take in a built-in voice, which is timed', async () => {
  const request = espeakRequest(projectId, TEXT);
  await (await studio.send('/api/takes', request)).arrayBuffer();
  const take = await answer(await studio.call(`/api/takes/${request.id}`), Take);
  expect(take.timed).toBe(true);
  const timings = await answer(await studio.call(`/api/takes/${request.id}/timings`), CharacterTimings);
  expect(timings.characters.join('').trim()).toBe('Well, “nobody” minds the long way home.');
  const { words, source } = await wordsOf(request.id);
  expect(source).toBe('told');
  expect(words.map(({ word, at, end }) => [word, TEXT.slice(at, end)])).toEqual(
    'Well nobody minds the long way home'.split(' ').map((word) => [word, word]),
  );
  expect(words.at(-1)?.to).toBeLessThanOrEqual(take.samples / take.sampleRate);
});

it('finds the words of a file that was brought in with its text', async () => {
  const { id } = await bring(TEXT);
  const { words, source } = await wordsOf(id);
  expect(source).toBe('aligned');
  expect(words.map(({ word }) => word)).toEqual('Well nobody minds the long way home'.split(' '));
  expect(words.every(({ from, to }, i) => from <= to && from >= (words[i - 1]?.from ?? 0))).toBe(true);
});

it('says that a file without a text has none, and that there is no such take', async () => {
  const { id } = await bring('');
  for (const unknown of [id, crypto.randomUUID()]) {
    const response = await studio.call(`/api/takes/${unknown}/words`);
    expect(response.status).toBe(404);
    expect(FaultBody.parse(await response.json()).error.code).toBe('not_found');
  }
});
