import { afterEach, beforeEach, expect, it } from 'vitest';
import { heardWords } from '../../shared/alignment/heard-words.ts';
import type { CharacterTimings } from '../../shared/schemas/take.ts';
import type { Library } from '../library/library.ts';
import { openLibrary } from '../library/open-library.ts';
import { draftOf, endOf, firstProject, ramp, temporaryFolder } from '../library/test-library.ts';
import { hear, WithPeer } from '../providers/elevenlabs/testing/with-peer.ts';
import { createWordFinder } from './word-finder.ts';

const peers = new WithPeer();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let library: Library;

beforeEach(async () => {
  folder = await temporaryFolder();
  library = await openLibrary({ home: folder.folder });
});
afterEach(async () => {
  await library.close();
  await folder.remove();
  await peers.close();
});

async function take(text: string, timings: CharacterTimings | null) {
  const writer = await library.beginTake(draftOf(firstProject(library), { text }), null);
  await writer.append(ramp(0, 4800));
  return await writer.finish({ ...endOf(), timings });
}

it('tells the words as the provider timed them, in the text as it was asked for', async () => {
  const text = 'It’s  [laughs] <b>fine</b>.';
  const characters = [..."It's fine."];
  const timings = { characters, starts: characters.map((_, i) => i), ends: characters.map((_, i) => i + 1) };
  const { id } = await take(text, timings);
  expect(await createWordFinder(() => library).words(id)).toEqual({
    source: 'told',
    words: [
      { word: 'It’s', at: 0, end: 4, from: 0, to: 4 },
      { word: 'fine', at: text.indexOf('fine'), end: text.indexOf('fine') + 4, from: 5, to: 9 },
    ],
  });
});

it('says that there is no such take, or that it has no text', async () => {
  const words = createWordFinder(() => library);
  await expect(words.words(crypto.randomUUID())).rejects.toMatchObject({ fault: { code: 'not_found' } });
  const { id } = await take('', null);
  await expect(words.words(id)).rejects.toMatchObject({
    fault: { code: 'not_found', message: expect.stringContaining('no text') },
  });
});

it('finds all words of a text in what ElevenLabs tells of it, in order and within the sound', async () => {
  const { provider } = peers.provider(await peers.peer());
  const text = 'Well, [pause 1s] it’s the first part. And [laughs] 42 more!';
  const { stream, seconds } = await hear(provider, { text, parameters: { timings: true } });
  const words = heardWords(text, stream?.timings?.() ?? { characters: [], starts: [], ends: [] });
  expect(words.map(({ word }) => word)).toEqual('Well it’s the first part And 42 more'.split(' '));
  for (const [i, { from, to }] of words.entries()) {
    expect(from).toBeGreaterThanOrEqual(words[i - 1]?.to ?? 0);
    expect(to).toBeLessThanOrEqual(seconds + 0.001);
  }
  expect((words[1]?.from ?? 0) - (words[0]?.to ?? 0)).toBeGreaterThan(1);
});
