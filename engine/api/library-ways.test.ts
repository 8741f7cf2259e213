import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { FaultBody } from '../../shared/errors.ts';
import { Preset } from '../../shared/schemas/preset.ts';
import { LibrarySpace, MergeReport, Project } from '../../shared/schemas/project.ts';
import { Status } from '../../shared/schemas/status.ts';
import { Take, TakePage, TakeView } from '../../shared/schemas/take.ts';
import { Voice } from '../../shared/schemas/voice.ts';
import { LibraryDatabase } from '../library/database.ts';
import { resolveHome } from '../library/home.ts';
import { wavOf } from '../testing/wav-of.ts';
import { answer, espeakRequest, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

const Freed = z.object({ freedBytes: z.number(), takes: z.number() });
const RATE = 24_000;

let folder: Awaited<ReturnType<typeof studioFolder>>;
let here: OpenStudio;
let projectId: string;

beforeEach(async () => {
  folder = await studioFolder();
  here = await openStudio(join(folder.folder, 'here'));
  projectId = await here.firstProject();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await here.close();
  expect(here.studio.parts.events.listeners).toBe(0);
  await folder.remove();
});

/** Makes a take and hears all of it. */
async function speak(studio: OpenStudio, project: string, text: string): Promise<{ take: Take; bytes: Buffer }> {
  const request = espeakRequest(project, text);
  const response = await studio.send('/api/takes', request);
  expect(response.status).toBe(200);
  const bytes = Buffer.from(await response.arrayBuffer());
  return { take: await answer(await studio.call(`/api/takes/${request.id}`), Take), bytes };
}

const audioOf = async (studio: OpenStudio, id: string) =>
  Buffer.from(await (await studio.call(`/api/takes/${id}/audio`)).arrayBuffer());
const space = async () => answer(await here.call('/api/library/space'), LibrarySpace);
const status = async (studio: OpenStudio) => answer(await studio.call('/api/status'), Status);

/** One second of a tone of 220 Hz at −12 dB as a WAV file, and its samples. */
function tone() {
  const wave = Array.from({ length: RATE }, (_, at) => 0.25 * Math.sin((2 * Math.PI * 220 * at) / RATE));
  const file = wavOf([wave], { rate: RATE });
  return { file, pcm: Buffer.from(file.subarray(44)) };
}

const bringTone = (studio: OpenStudio) =>
  studio.sendBytes(`/api/takes/import?projectId=${projectId}&name=tone.wav&text=A+tone`, tone().file);

it('a preset that is renamed keeps its voice, the name of it and its settings', async () => {
  const project = await answer(await here.send('/api/projects', { name: 'Renamed' }), Project);
  const made = await answer(
    await here.send('/api/presets', {
      projectId: project.id,
      name: 'Night',
      voiceId: 'builtin:espeak/en-us',
      voiceName: 'English',
      settings: { ...NEUTRAL_SETTINGS, speed: 0.8 },
    }),
    Preset,
  );
  const renamed = await answer(await here.send(`/api/presets/${made.id}`, { name: 'Late night' }, 'PATCH'), Preset);
  expect(renamed).toEqual({ ...made, name: 'Late night', updatedAt: renamed.updatedAt });
});

describe('a project file', () => {
  it('carries a project with its sound into another library, and merging it twice changes nothing', async () => {
    const project = await answer(await here.send('/api/projects', { name: 'Film' }), Project);
    const first = await speak(here, project.id, 'The first scene.');
    const second = await speak(here, project.id, 'The second scene.');
    await here.send(`/api/takes/${second.take.id}`, { rating: 5, note: 'this one' }, 'PATCH');
    const preset = await answer(
      await here.send('/api/presets', {
        projectId: project.id,
        name: 'Narrator',
        voiceId: 'builtin:espeak/en-us',
        voiceName: 'English',
        settings: { ...NEUTRAL_SETTINGS, speed: 1.2 },
      }),
      Preset,
    );
    const response = await here.call(`/api/projects/${project.id}/file`);
    expect(response.headers.get('content-disposition')).toContain('Film.timbre');
    const file = await response.arrayBuffer();

    const there = await openStudio(join(folder.folder, 'there'));
    try {
      const events = there.listen();
      const report = await answer(await there.sendBytes('/api/projects/merge', file), MergeReport);
      expect(report).toMatchObject({ projectId: project.id, takesAdded: 2, presetsAdded: 1, problems: [] });
      expect(events.all()).toContainEqual({ type: 'changed', what: 'takes' });
      for (const made of [first, second]) expect(await audioOf(there, made.take.id)).toEqual(made.bytes);
      const found = await answer(await there.call(`/api/takes?projectId=${project.id}&search=second`), TakePage);
      expect(found.takes).toMatchObject([
        { id: second.take.id, rating: 5, note: 'this one', text: 'The second scene.' },
      ]);
      const presets = await answer(
        await there.call(`/api/presets?projectId=${project.id}`),
        z.object({ presets: z.array(Preset) }),
      );
      expect(presets.presets).toEqual([preset]);
      const again = await answer(await there.sendBytes('/api/projects/merge', file), MergeReport);
      expect(again).toMatchObject({ takesAdded: 0, takesKept: 2, presetsAdded: 0, presetsKept: 1 });
    } finally {
      await there.close();
    }
  });

  it('that is none is refused in words', async () => {
    const response = await here.sendBytes('/api/projects/merge', 'not a zip');
    expect(response.status).toBe(415);
    expect(FaultBody.parse(await response.json()).error.code).toBe('unsupported');
  });
});

describe('audio that is brought in', () => {
  it('becomes a take that sounds as the file does, is measured, and has a picture', async () => {
    const events = here.listen();
    const take = await answer(await bringTone(here), Take);
    expect(take).toMatchObject({ state: 'done', source: 'imported', name: 'tone.wav', text: 'A tone', samples: RATE });
    expect(take.measurements?.duration).toBe(1);
    expect(take.measurements?.pitch).toBeCloseTo(220, 0);
    expect(events.all()).toContainEqual({ type: 'take', take });
    expect(await audioOf(here, take.id)).toEqual(tone().pcm);
    const view = await answer(await here.call(`/api/takes/${take.id}/view`), TakeView);
    expect(Math.max(...view.peaks)).toBeCloseTo(0.25, 2);
  });

  it('is kept and told where it cannot be measured', async () => {
    await here.studio.parts.analyser.close();
    const events = here.listen();
    const take = await answer(await bringTone(here), Take);
    expect(take).toMatchObject({ state: 'done', samples: RATE, measurements: null });
    expect(events.all()).toContainEqual({ type: 'take', take });
    expect(await audioOf(here, take.id)).toEqual(tone().pcm);
  });

  it.each(['no sound at all', 'fLaC and no sound'])('that is %s is refused, and leaves no take', async (content) => {
    const response = await here.sendBytes(`/api/takes/import?projectId=${projectId}&name=x.wav`, content);
    expect(response.status).toBe(415);
    expect(FaultBody.parse(await response.json()).error.code).toBe('unsupported');
    expect((await answer(await here.call('/api/takes'), TakePage)).total).toBe(0);
  });
});

it('a clean-up frees what it said it would, and leaves the rest as it was', async () => {
  const kept = await speak(here, projectId, 'Keep me.');
  const gone = await answer(await bringTone(here), Take);
  expect((await space()).freeableTakes).toBe(0);
  await here.send('/api/takes/remove', { ids: [gone.id] });
  const before = await space();
  expect(before).toMatchObject({ freeableTakes: 1, freeableBytes: 2 * RATE });
  const events = here.listen();
  expect(await answer(await here.send('/api/library/clean-up', {}), Freed)).toEqual({ takes: 1, freedBytes: 2 * RATE });
  expect(events.all()).toContainEqual({ type: 'changed', what: 'library' });
  expect(await space()).toMatchObject({ freeableTakes: 0, audioBytes: before.audioBytes - 2 * RATE });
  expect(
    await answer(await here.send('/api/takes/restore', { ids: [gone.id] }), z.object({ count: z.number() })),
  ).toEqual({ count: 0 });
  expect(await audioOf(here, kept.take.id)).toEqual(kept.bytes);
});

describe('a library', () => {
  it('of a newer version is left alone, told of, and takes can be made all the same', async () => {
    const home = here.studio.home;
    await here.close();
    const path = join(home, 'library.sqlite');
    const database = new LibraryDatabase(path);
    database.exec('PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    const before = await readFile(path);
    here = await openStudio(home);
    const temporary = here.studio.home;
    try {
      const { libraryFault } = await status(here);
      expect(libraryFault).toMatchObject({ code: 'library_newer', kept: expect.stringContaining(temporary) });
      expect(dirname(temporary)).toBe(tmpdir());
      const { take, bytes } = await speak(here, await here.firstProject(), 'All the same.');
      expect(take.state).toBe('done');
      expect(await audioOf(here, take.id)).toEqual(bytes);
      expect((await readFile(path)).equals(before)).toBe(true);
    } finally {
      await here.close();
      await rm(temporary, { recursive: true, force: true });
    }
  });

  it('names in the status what of it cannot be read, and tells the page that it does', async () => {
    const bad = await answer(await bringTone(here), Take);
    const good = await answer(await bringTone(here), Take);
    const database = new LibraryDatabase(join(here.studio.home, 'library.sqlite'));
    database.run('UPDATE takes SET settings = ? WHERE id = ?', 'broken', bad.id);
    database.close();
    expect((await status(here)).problems).toEqual([]);
    const told = new Promise((resolve) => {
      const stop = here.studio.parts.events.subscribe((event) => {
        if (event.type !== 'changed' || event.what !== 'problems') return;
        stop();
        resolve(event);
      });
    });
    const page = await answer(await here.call('/api/takes'), TakePage);
    expect(page.takes.map((take) => take.id)).toEqual([good.id]);
    await told;
    expect((await status(here)).problems).toEqual([expect.stringContaining(bad.id)]);
  });

  it('that is moved takes its sound along, and leaves the model where it is still used', async () => {
    const { home } = here.studio;
    await here.close();
    vi.stubEnv('TIMBRE_MODELS', undefined);
    vi.stubEnv('TIMBRE_HOME', home);
    await mkdir(join(home, 'models'));
    await writeFile(join(home, 'models', 'part'), Buffer.alloc(1234));
    here = await openStudio(home);
    const { take, bytes } = await speak(here, projectId, 'We are moving.');
    expect((await space()).modelBytes).toBe(1234);
    const target = join(folder.folder, 'elsewhere');
    await mkdir(target);
    expect((await here.send('/api/library/move', { target })).status).toBe(200);
    await here.close();
    here = await openStudio(resolveHome(process.env));
    expect(await space()).toMatchObject({ home: target, modelBytes: 1234 });
    expect(existsSync(join(target, 'models'))).toBe(false);
    expect(await audioOf(here, take.id)).toEqual(bytes);
  });
});

it('a blend that presets use is kept, and they are named', async () => {
  const { voice } = await answer(
    await here.send('/api/voices/blends', {
      name: 'Both',
      parts: [
        { voice: 'builtin:kokoro/af_heart', weight: 0.5 },
        { voice: 'builtin:kokoro/bm_george', weight: 0.5 },
      ],
    }),
    z.object({ voice: Voice }),
  );
  const input = { projectId, name: 'Narrator', voiceId: voice.id, voiceName: 'Both', settings: NEUTRAL_SETTINGS };
  const preset = await answer(await here.send('/api/presets', input), Preset);
  const remove = () => here.call(`/api/voices/blends/${encodeURIComponent(voice.id)}`, { method: 'DELETE' });
  const voices = async () =>
    (await answer(await here.call('/api/voices'), z.object({ voices: z.array(Voice) }))).voices.map(({ id }) => id);
  const refused = await remove();
  expect(refused.status).toBe(409);
  expect(FaultBody.parse(await refused.json()).error).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('“Narrator”'),
  });
  expect(await voices()).toContain(voice.id);
  await here.call(`/api/presets/${preset.id}`, { method: 'DELETE' });
  expect((await remove()).status).toBe(200);
  expect(await voices()).not.toContain(voice.id);
});
