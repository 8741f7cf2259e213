import { randomUUID } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NEUTRAL_SETTINGS, NEUTRAL_STUDIO, type StudioSettings } from '../../shared/controls/controls.ts';
import { fault } from '../../shared/errors.ts';
import { anchor } from '../../shared/listening/anchor.ts';
import { leadOf } from '../../shared/listening/place-track.ts';
import { flipTo, readStimulus, type StimulusSound } from '../../shared/listening/stimulus-body.ts';
import type { ListeningTestInput } from '../../shared/schemas/listening.ts';
import type { StoredTest, StoredTrial } from '../../shared/schemas/listening-key.ts';
import { CHAIN_RATE } from '../../shared/sound/chain-format.ts';
import { measureLoudness } from '../../shared/sound/loudness.ts';
import { s16ToFloat } from '../../shared/sound/pcm.ts';
import { testSpeech } from '../../shared/sound/testing/speech.ts';
import { createAligner } from '../alignment/aligner.ts';
import { createLevels } from '../levels/levels.ts';
import { filesUnder } from '../library/files.ts';
import type { Library } from '../library/library.ts';
import { openLibrary } from '../library/open-library.ts';
import { firstProject, temporaryFolder } from '../library/test-library.ts';
import type { SoundParts } from './make-task.ts';
import { newSession } from './new-session.ts';
import { createStimuli, type ReadyTrial, type Stimuli } from './stimuli.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let library: Library;
let opened: { close(): Promise<void> }[];

beforeEach(async () => {
  folder = await temporaryFolder();
  library = await openLibrary({ home: `${folder.folder}/library` });
  opened = [];
});
afterEach(async () => {
  for (const one of opened) await one.close();
  await library.close();
  await folder.remove();
});

type Spoken = Awaited<ReturnType<typeof testSpeech>>;

const bring = ({ samples, sampleRate }: Spoken) =>
  library.importTake({ projectId: firstProject(library), name: '', text: 'x', language: 'en', samples, sampleRate });

/** A test of two takes. */
async function madeTest(
  a: Spoken,
  b: Spoken,
  more: Partial<ListeningTestInput> = {},
  studio: StudioSettings[] = [],
): Promise<StoredTest> {
  const takes = [await bring(a), await bring(b)];
  const slot = () => ({
    id: randomUUID(),
    name: '',
    voiceId: 'x',
    voiceName: '',
    modelId: null,
    settings: NEUTRAL_SETTINGS,
  });
  const input: ListeningTestInput = {
    projectId: firstProject(library),
    comparisonId: null,
    name: 'Two readings',
    method: 'preference',
    slots: [slot(), slot()],
    texts: [{ text: 'x', takes: takes.map(({ id }) => id), reference: null }],
    trials: 16,
    rounds: 1,
    listeners: 1,
    showText: true,
    equalLoudness: true,
    ...more,
  };
  const byTake = takes.map(({ id }, at) => [id, studio[at] ?? NEUTRAL_STUDIO] as const);
  return library.listening.create(input, Object.fromEntries(byTake));
}

/** All trials of a new session. */
function trialsOf(test: StoredTest): StoredTrial[] {
  const { session, trials } = newSession(test, 'Anna', false);
  library.listening.sessions.add(session, trials);
  return library.listening.sessions.trials(session.id);
}

function stimuliWith(parts: Partial<SoundParts> = {}, mostBytes?: number): Stimuli {
  const aligner = createAligner(() => library);
  const levels = createLevels(() => library);
  const stimuli = createStimuli({ aligner, levels, ...parts, library: () => library }, mostBytes);
  opened.push(stimuli, aligner, levels);
  return stimuli;
}

async function soundAt({ places }: StoredTrial, { prepared, read }: ReadyTrial, what: number): Promise<StimulusSound> {
  const pieces: Uint8Array[] = [];
  for await (const piece of read(places.find((place) => place.what === what)?.stimulus ?? '')) pieces.push(piece);
  const sound = readStimulus(Buffer.concat(pieces), prepared.samples);
  if (!sound) throw new Error('The file is not a stimulus.');
  return sound;
}

/** When the sound sets in: index of the first sample over the dither. */
const onset = ({ samples }: StimulusSound) => samples.findIndex((value) => Math.abs(value) > 8);
const first = (trials: StoredTrial[]): StoredTrial => {
  const [trial] = trials;
  if (!trial) throw new Error('There is a trial.');
  return trial;
};

/** Loudness of what is heard of a stimulus, without the silence before it: that shifts the blocks that are measured. */
async function loudnessOf(trial: StoredTrial, ready: ReadyTrial, what: number): Promise<number> {
  const { samples } = await soundAt(trial, ready, what);
  const lead = leadOf(trial.places.find((place) => place.what === what)?.noise ?? 0);
  return measureLoudness(s16ToFloat(samples.subarray(lead)), CHAIN_RATE) ?? 0;
}

it('a flip between two readings lands on the same word', async () => {
  const readings = [await testSpeech(undefined, { rate: 150 }), await testSpeech(undefined, { rate: 200 })] as const;
  const test = await madeTest(...readings);
  const trial = first(trialsOf(test));
  const ready = await stimuliWith().ready(test, trial);
  expect(ready.prepared.switching).toBe('word');
  const sounds = [await soundAt(trial, ready, 0), await soundAt(trial, ready, 1)] as const;
  const own = readings.map(({ samples }) => samples.findIndex((value) => Math.abs(value) > 8) / readings[0].sampleRate);
  const heardAt = (which: 0 | 1, time: number) => onset(sounds[which]) / CHAIN_RATE + time - (own[which] ?? 0);
  const off = readings[0].words.map(({ time }, word) => {
    const there = flipTo(sounds[0], heardAt(0, time) * CHAIN_RATE, sounds[1]) / CHAIN_RATE;
    return Math.abs(there - heardAt(1, readings[1].words[word]?.time ?? 0));
  });
  const sorted = off.toSorted((x, y) => x - y);
  expect(sorted).toHaveLength(14);
  expect(sorted[7]).toBeLessThan(0.01);
  expect(sorted.at(-1)).toBeLessThan(0.06);
});

it('what is not to be trusted, or cannot be aligned, starts anew', async () => {
  const test = await madeTest(await testSpeech(), await testSpeech(undefined, { rate: 220 }));
  const doubted = {
    align: async (a: string, b: string) => ({
      a,
      b,
      map: { from: [0], to: [0] },
      by: 'sound' as const,
      trusted: false,
      doubts: [],
    }),
  };
  const failing = { align: () => Promise.reject(fault('internal', 'It broke.')) };
  for (const aligner of [doubted, failing]) {
    const trial = first(trialsOf(test));
    const ready = await stimuliWith({ aligner }).ready(test, trial);
    expect(ready.prepared.switching).toBe('restart');
    const { places, samples } = await soundAt(trial, ready, 0);
    // Places are plain time.
    places.forEach((place, frame) => {
      expect(Math.abs(place - frame / 100)).toBeLessThan(0.0021);
    });
    expect(places).toHaveLength(samples.length / 480);
  }
});

it('the louder one is attenuated, as its own volume and speed have it heard', async () => {
  const spoken = await testSpeech();
  const louder = { ...NEUTRAL_STUDIO, volume: -3, speed: 1.25 };
  const quiet = { ...NEUTRAL_STUDIO, volume: -15 };
  const test = await madeTest(spoken, spoken, {}, [louder, quiet]);
  const trial = first(trialsOf(test));
  const ready = await stimuliWith().ready(test, trial);
  const between = (await loudnessOf(trial, ready, 0)) - (await loudnessOf(trial, ready, 1));
  expect(Math.abs(between)).toBeLessThan(0.1);
  const gainOf = (what: number) => ready.prepared.gains[trial.places.findIndex((place) => place.what === what)];
  expect(gainOf(1)).toBeCloseTo(0, 6);
  expect(gainOf(0)).toBeCloseTo(-12, 0);

  const levels = { gains: () => Promise.reject(new Error('Nobody asked for it.')) };
  const asIs = await madeTest(spoken, spoken, { equalLoudness: false }, [louder, quiet]);
  const plain = first(trialsOf(asIs));
  const left = await stimuliWith({ levels }).ready(asIs, plain);
  expect(left.prepared).toMatchObject({ gains: [0, 0], by: null });
  const apart = (await loudnessOf(plain, left, 0)) - (await loudnessOf(plain, left, 1));
  expect(apart).toBeGreaterThan(11);
});

it('the anchor has nothing over 4 kHz, and stands beside two references that are not alike', async () => {
  const [spoken, other] = [await testSpeech(), await testSpeech(undefined, { pitch: 80 })];
  const plain = await madeTest(spoken, other);
  const reference = plain.texts[0]?.takes[0] ?? null;
  const test: StoredTest = { ...plain, method: 'mushra', texts: plain.texts.map((text) => ({ ...text, reference })) };
  const trial = first(trialsOf(test));
  const ready = await stimuliWith().ready(test, trial);
  const open = trial.places.filter(({ what }) => what === 2);
  expect(open.map(({ place, rated }) => [place === 'R', rated])).toEqual([
    [true, false],
    [false, true],
  ]);
  const above = async (what: number) => {
    const frames = s16ToFloat((await soundAt(trial, ready, what)).samples);
    const low = anchor(frames);
    return frames.reduce((sum, value, at) => sum + (value - (low[at] ?? 0)) ** 2, 0);
  };
  expect(await above(3)).toBeLessThan((await above(2)) / 100);
});

const stimulusFolder = () => join(library.home, 'incoming');

/** Paths of all files of stimuli. */
async function stimulusFiles(): Promise<string[]> {
  const files: string[] = [];
  for await (const { path } of filesUnder(stimulusFolder())) files.push(path);
  return files;
}

it('files are of a few trials only, and gone at the end', async () => {
  const spoken = await testSpeech('Hello.');
  const test = await madeTest(spoken, spoken, { method: 'abx', trials: 12 });
  const stimuli = stimuliWith();
  const trials = trialsOf(test);
  for (const trial of trials) await stimuli.ready(test, trial);
  await vi.waitUntil(async () => (await stimulusFiles()).length === 18, 5000);
  // What was forgotten is made anew, and is the same.
  const trial = first(trials);
  const [one, other] = [await stimuli.ready(test, trial), await stimuli.ready(test, trial)];
  expect(one.prepared).toEqual(other.prepared);
  expect(await soundAt(trial, one, 0)).toEqual(await soundAt(trial, other, 0));
  await stimuli.close();
  expect(await readdir(stimulusFolder())).toEqual([]);
  await expect(stimuli.ready(test, trial)).rejects.toMatchObject({ fault: { code: 'cancelled' } });
});

it('large ones are kept as far as there is room, and always those of two trials', async () => {
  const spoken = await testSpeech('Hello.');
  const test = await madeTest(spoken, spoken, { method: 'abx', trials: 8 });
  const [trial, ...others] = trialsOf(test);
  if (!trial) throw new Error('There is a trial.');
  const { bytes } = await stimuliWith().ready(test, trial);
  await opened.shift()?.close();
  for (const [room, left] of [
    [4 * 3 * bytes, 4],
    [bytes, 2],
  ] as const) {
    const stimuli = stimuliWith({}, room);
    for (const one of [trial, ...others]) await stimuli.ready(test, one);
    await vi.waitUntil(async () => (await stimulusFiles()).length === 3 * left, 5000);
    await stimuli.close();
  }
});

it('files that were removed from outside are made anew, and later ones too', async () => {
  const spoken = await testSpeech('Hello.');
  const test = await madeTest(spoken, spoken, { method: 'abx', trials: 2 });
  const stimuli = stimuliWith();
  const [one, two] = trialsOf(test);
  if (!one || !two) throw new Error('There are two trials.');
  const before = await soundAt(one, await stimuli.ready(test, one), 0);
  await rm(stimulusFolder(), { recursive: true });
  expect(await soundAt(one, await stimuli.ready(test, one), 0)).toEqual(before);
  await rm(stimulusFolder(), { recursive: true });
  expect((await soundAt(two, await stimuli.ready(test, two), 0)).samples.length).toBeGreaterThan(0);
});

it('a folder that cannot be made is said without a name, and tried again the next time', async () => {
  const spoken = await testSpeech('Hello.');
  const test = await madeTest(spoken, spoken, { method: 'abx', trials: 2 });
  const trial = first(trialsOf(test));
  const stimuli = stimuliWith();
  await rm(stimulusFolder(), { recursive: true, force: true });
  await writeFile(stimulusFolder(), 'no folder');
  const refused = await stimuli.ready(test, trial).catch((thrown: unknown) => thrown);
  expect(refused).toMatchObject({
    fault: { code: 'internal', message: 'The sounds of this trial could not be made.' },
  });
  expect(JSON.stringify(refused)).not.toContain(library.home);
  await rm(stimulusFolder());
  expect((await stimuli.ready(test, trial)).bytes).toBeGreaterThan(0);
  await expect(stimuli.close()).resolves.toBeUndefined();
});
