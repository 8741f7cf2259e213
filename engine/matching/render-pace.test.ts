import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Library } from '../library/library.ts';
import { openLibrary } from '../library/open-library.ts';
import { draftOf, endOf, ramp, TEST_RATE, temporaryFolder } from '../library/test-library.ts';
import { secondsPerCharacter } from './render-pace.ts';

const SIDE = { kind: 'provider', provider: 'chatterbox', modelId: null } as const;
const TEXT = 'A line of a few words that somebody has spoken before this one.';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let library: Library;

beforeEach(async () => {
  folder = await temporaryFolder();
  library = await openLibrary({ home: folder.folder, modelFolder: folder.folder, onProblem: () => undefined });
});
afterEach(async () => {
  await library.close();
  await folder.remove();
});

/** A take on the shelf whose last sound came so many ms after its turn. */
async function spoken(milliseconds: number, provider = 'chatterbox'): Promise<void> {
  const draft = draftOf(library.shelf(), { provider, text: TEXT, characters: TEXT.length, sentAt: 1000 });
  const writer = await library.beginTake(draft, draft.id);
  await writer.append(ramp(0, TEST_RATE));
  await writer.finish(endOf({ lastByteAt: 1000 + milliseconds }));
}

it('is that of what a provider made last, and a usual one where it made nothing', async () => {
  const usual = secondsPerCharacter(library, SIDE);
  expect(usual * 75).toBeCloseTo(3, 6);
  await spoken(100, 'elevenlabs');
  expect(secondsPerCharacter(library, SIDE)).toBe(usual);
  for (const milliseconds of [60_000, 6300, 6300, 6300]) await spoken(milliseconds);
  expect(secondsPerCharacter(library, SIDE) * TEXT.length).toBeCloseTo(6.3, 6);
  expect(secondsPerCharacter(library, { kind: 'recordings' })).toBe(usual);
});
