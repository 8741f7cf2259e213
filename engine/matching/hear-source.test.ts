import { afterEach, describe, expect, it } from 'vitest';
import { fault, toFault } from '../../shared/errors.ts';
import type { MappingSide, SourceVoice } from '../../shared/schemas/mapping.ts';
import { addTake, draftOf, firstProject, ramp, TEST_RATE } from '../library/test-library.ts';
import { sourceVoice } from '../library/test-mapping.ts';
import { hearSource } from './hear-source.ts';
import { Purse } from './purse.ts';
import { createTakesFor } from './takes-for.ts';
import { type Bench, openBench } from './testing/bench.ts';
import { type Script, type ScriptedProvider, scriptedProvider, scriptedSound } from './testing/scripted-provider.ts';

const FROM: MappingSide = { kind: 'provider', provider: 'test', modelId: null };
const RECORDED: MappingSide = { kind: 'recordings' };
const LINES = ['A first new line.', 'A second new line.'];

let bench: Bench;
let provider: ScriptedProvider;
afterEach(() => bench.close());

async function opened(script: Script): Promise<void> {
  provider = scriptedProvider(script);
  bench = await openBench(provider);
}

async function heard(source: SourceVoice, from = FROM, lines: string[] = LINES) {
  const { signal } = new AbortController();
  const parts = { library: () => bench.library, registry: bench.registry, signal };
  const takes = createTakesFor({ ...parts, synthesis: bench.synthesis, purse: new Purse([], 100) });
  return hearSource({ source }, from, lines, { ...parts, takes });
}
const refused = async (...asked: Parameters<typeof heard>) => heard(...asked).then(() => null, toFault);

const recording = async (seconds: number) =>
  (await addTake(bench.library, draftOf(firstProject(bench.library)), ramp(0, seconds * TEST_RATE))).id;
const past = (...texts: string[]) => texts.map((text, at) => ({ id: `p${at}`, text }));

describe('an old voice is heard', () => {
  it('in its recordings alone where they are enough, or all there is', async () => {
    await opened({ past: past('Before.'), preview: scriptedSound() });
    const recordings = [await recording(10), await recording(6), 'gone'];
    expect((await heard(sourceVoice('test:v0', { recordings }))).map(({ id }) => id)).toEqual(recordings.slice(0, 2));
    const short = [await recording(1)];
    expect(await heard(sourceVoice(null, { recordings: short }), RECORDED)).toHaveLength(1);
    expect(provider.fetched).toEqual([]);
    expect(provider.requests).toEqual([]);
  });

  it('in what it spoke before, as much as is enough, and fetched once', async () => {
    await opened({ past: past('One.', 'Two.', 'Three.', 'Four.', 'Five.', 'Six.'), preview: scriptedSound() });
    const takes = await heard(sourceVoice('test:v0'));
    expect(takes.map(({ text }) => text)).toEqual(['One.', 'Two.', 'Three.', 'Four.']);
    expect(takes.every(({ projectId }) => projectId === bench.library.shelf())).toBe(true);
    expect((await heard(sourceVoice('test:v0'))).map(({ id }) => id)).toEqual(takes.map(({ id }) => id));
    expect(provider.fetched).toEqual(['p0', 'p1', 'p2', 'p3']);
    expect(provider.requests).toEqual([]);
  });

  it('in short things before long ones', async () => {
    await opened({ past: past('x'.repeat(5000), 'y'.repeat(2000), 'Short.') });
    expect((await heard(sourceVoice('test:v0'))).map(({ text }) => text.length)).toEqual([6, 2000, 5000]);
  });

  it('in its preview, whose words nobody knows, and in new lines where that is too little', async () => {
    await opened({ past: past(), preview: scriptedSound(2) });
    const takes = await heard(sourceVoice('test:v0'));
    expect(takes.map(({ text }) => text)).toEqual(['', ...LINES]);
    expect(provider.requests.map(({ text }) => text)).toEqual(LINES);
    // Not where it may not.
    expect((await heard(sourceVoice('test:v0'), FROM, [])).map(({ text }) => text)).toEqual(['']);
  });

  it('without a line that it cannot speak', async () => {
    await opened({ maxCharacters: 17 });
    expect((await heard(sourceVoice('test:v0'))).map(({ text }) => text)).toEqual(['A first new line.']);
  });

  it('at no price because the server is away for a moment', async () => {
    await opened({ past: past('One.'), pastFault: fault('busy', 'Not now.') });
    expect(await refused(sourceVoice('test:v0'))).toMatchObject({ code: 'busy' });
    expect(provider.requests).toEqual([]);
  });

  it('in new lines where the key may not read what it spoke', async () => {
    await opened({ past: past('One.'), pastFault: fault('unauthorised', 'The key may not read it.') });
    expect(await heard(sourceVoice('test:v0'))).toHaveLength(2);
    const why = await refused(sourceVoice('test:v0'), FROM, []);
    expect(why).toMatchObject({ code: 'not_found', message: expect.stringContaining('The key may not read it.') });
  });

  it('not at all where there is nothing, and it is said why', async () => {
    await opened({});
    expect(await refused(sourceVoice('test:v0'), FROM, [])).toMatchObject({
      code: 'not_found',
      todo: expect.stringContaining('new lines'),
    });
    expect(await refused(sourceVoice(null), RECORDED)).toMatchObject({ todo: 'Add recordings of it.' });
    expect(await refused(sourceVoice('gone:x'), FROM, [])).toMatchObject({
      message: expect.stringContaining('“gone” is not set up'),
    });
    expect(await refused(sourceVoice('test:nobody'))).toMatchObject({ message: expect.stringContaining('no voice') });
  });
});
