import { randomUUID } from 'node:crypto';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { afterAll, describe, expect, it } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { ExportRequest, ExportSidecar } from '../../shared/schemas/export.ts';
import type { Take } from '../../shared/schemas/take.ts';
import { renderOffline } from '../../shared/sound/chain-offline.ts';
import { bytesToS16, floatToS16, WAV_HEADER_BYTES } from '../../shared/sound/pcm.ts';
import { testSpeech } from '../../shared/sound/testing/speech.ts';
import type { TakeDraft, TakeEnd } from '../library/library.ts';
import { openLibrary } from '../library/open-library.ts';
import { draftOf, endOf, firstProject, temporaryFolder } from '../library/test-library.ts';
import { createEventHub } from '../observe/events.ts';
import { readAudio } from '../read-audio.ts';
import { createExporter } from './exporter.ts';

const speech = await testSpeech('Toast is ready.');
const { folder, remove } = await temporaryFolder();
const library = await openLibrary({ home: folder });
const events = createEventHub();
const exporter = createExporter({ library, events, readAudio: (id) => readAudio(library, id) });
const project = firstProject(library);
const PROJECT = 'Guide';
library.renameProject(project, PROJECT);

afterAll(async () => {
  await exporter.close();
  await library.close();
  await remove();
});

async function addSpeech(
  draft: Partial<TakeDraft> = {},
  end: Partial<TakeEnd> = {},
  samples = speech.samples,
): Promise<Take> {
  const { sampleRate } = speech;
  const writer = await library.beginTake(draftOf(project, { sampleRate, ...draft }), randomUUID());
  if (samples.length > 0) await writer.append(samples);
  return writer.finish(endOf({ sampleRate, ...end }));
}

function request(takes: Pick<Take, 'id'>[], more: Partial<ExportRequest> = {}): ExportRequest {
  return ExportRequest.parse({ takeIds: takes.map(({ id }) => id), ...more });
}

const run = (what: ExportRequest, signal = new AbortController().signal) => exporter.exportTakes(what, signal);

async function allOf(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(body).arrayBuffer());
}

/** Files of a zip by name, in order. */
async function unzipped(body: ReadableStream<Uint8Array>): Promise<Map<string, Uint8Array>> {
  const zip = new ZipReader(new Uint8ArrayReader(await allOf(body)), { useWebWorkers: false });
  const files = new Map<string, Uint8Array>();
  for (const entry of await zip.getEntries()) {
    if (!entry.directory) files.set(entry.filename, await entry.getData(new Uint8ArrayWriter()));
  }
  await zip.close();
  return files;
}

const json = (bytes: Uint8Array | undefined) => ExportSidecar.parse(JSON.parse(new TextDecoder().decode(bytes)));

describe('one take', () => {
  it('without a JSON is its file: the offline render of its own studio settings, bit for bit', async () => {
    const studio = { speed: 0.8, pitch: 3, volume: -2 };
    const take = await addSpeech({ studio });
    const { name, type, body } = await run(request([take], { sidecar: false }));
    expect(name).toBe(`Guide-Heart-${take.id.slice(0, 8)}.wav`);
    expect(type).toBe('audio/wav');
    const render = await renderOffline(speech.samples, speech.sampleRate, studio);
    expect(bytesToS16((await allOf(body)).subarray(WAV_HEADER_BYTES))).toEqual(floatToS16(render));
    expect(exporter.open).toBe(0);
  });

  it('with a JSON is a zip of both, and the JSON says how it was made', async () => {
    const settings = { ...NEUTRAL_SETTINGS, pitch: -1 };
    const take = await addSpeech({ settings, text: 'Toast is ready.' });
    const { name, type, body } = await run(request([take], { loudness: -23, format: 'flac' }));
    expect(type).toBe('application/zip');
    expect(name).toBe(`Guide-Heart-${take.id.slice(0, 8)}.zip`);
    const files = await unzipped(body);
    const stem = `Guide-Heart-${take.id.slice(0, 8)}`;
    expect([...files.keys()]).toEqual([`${stem}.flac`, `${stem}.json`]);
    const sidecar = json(files.get(`${stem}.json`));
    expect(sidecar).toMatchObject({
      format: 'timbre.take',
      file: `${stem}.flac`,
      text: 'Toast is ready.',
      voiceId: take.voiceId,
      settings,
      studio: take.studio,
      heard: 'rendered',
      loudnessTarget: -23,
      takeId: take.id,
      sampleRate: 48000,
      notes: [],
    });
    expect(Math.abs((sidecar.loudness ?? 0) - -23)).toBeLessThan(0.2);
    expect(sidecar.truePeak).toBeLessThanOrEqual(-1);
    expect(exporter.open).toBe(0);
  });

  it('heard as the sliders stand says that it is a preview, in name and JSON, with the settings behind it', async () => {
    const take = await addSpeech();
    const settings = { ...NEUTRAL_SETTINGS, speed: 1.5 };
    const studio = { speed: 1.5, pitch: 0, volume: 0 };
    const files = await unzipped((await run(request([take], { studio, settings }))).body);
    const stem = `Guide-Heart-${take.id.slice(0, 8)}-preview`;
    const sidecar = json(files.get(`${stem}.json`));
    expect(sidecar).toMatchObject({ heard: 'preview', settings, studio });
    expect(sidecar.notes.join()).toContain('preview');
  });

  it('whose sliders stand where they stood is no preview', async () => {
    const take = await addSpeech();
    const files = await unzipped((await run(request([take], { studio: take.studio, settings: take.settings }))).body);
    expect(json(files.get(`Guide-Heart-${take.id.slice(0, 8)}.json`)).heard).toBe('rendered');
  });

  it('that is incomplete says so', async () => {
    const take = await addSpeech({}, { state: 'incomplete', fault: { code: 'cut_short', message: 'It broke off.' } });
    const files = await unzipped((await run(request([take]))).body);
    const stem = `Guide-Heart-${take.id.slice(0, 8)}-incomplete`;
    expect([...files.keys()]).toEqual([`${stem}.wav`, `${stem}.json`]);
    expect(json(files.get(`${stem}.json`)).notes.join()).toContain('incomplete');
  });
});

describe('many takes', () => {
  it('are a zip of different names, in their order, with progress to its end', async () => {
    const told: { progress: number | null; done: boolean }[] = [];
    const unsubscribe = events.subscribe((event) => {
      if (event.type === 'progress') told.push({ progress: event.progress, done: event.done });
    });
    const takes = [await addSpeech(), await addSpeech(), await addSpeech({ voiceName: 'Äther' })];
    const { name, body } = await run(request(takes, { pattern: '{project} {voice}', sidecar: false, format: 'opus' }));
    const files = await unzipped(body);
    unsubscribe();
    expect(name).toBe('Guide_Heart-and-2-more.zip');
    expect([...files.keys()]).toEqual(['Guide_Heart.opus', 'Guide_Heart_2.opus', 'Guide_Äther.opus']);
    const steps = told.map(({ progress }) => progress ?? -1);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(told.filter(({ done }) => done)).toEqual([{ progress: 1, done: true }]);
    expect(told.at(-1)?.done).toBe(true);
    expect(exporter.open).toBe(0);
  });

  it('asked for twice are exported once', async () => {
    const take = await addSpeech();
    const { body } = await run(request([take, take, await addSpeech()], { sidecar: false }));
    expect((await unzipped(body)).size).toBe(2);
  });

  it('of which some have no sound: the others, and a list of what was left out', async () => {
    const silent = await addSpeech({}, { state: 'failed' }, new Int16Array(0));
    const { body } = await run(request([silent, await addSpeech()], { sidecar: false }));
    const files = await unzipped(body);
    expect(files.size).toBe(2);
    expect(new TextDecoder().decode(files.get('left-out.txt'))).toContain(silent.id);
  });
});

describe('what cannot be exported', () => {
  const refused = (what: ExportRequest, code: string) =>
    expect(run(what)).rejects.toMatchObject({ name: 'FaultError', fault: { code } });

  it('a take that is not there, has no sound, or is still being made', async () => {
    await refused(request([{ id: randomUUID() }]), 'not_found');
    await refused(request([await addSpeech({}, { state: 'failed' }, new Int16Array(0))]), 'not_found');
    const draft = draftOf(project, { sampleRate: speech.sampleRate });
    const writer = await library.beginTake(draft, randomUUID());
    await writer.append(speech.samples);
    await refused(request([draft]), 'conflict');
    await writer.finish(endOf());
    expect(exporter.open).toBe(0);
  });

  it('a take at a rate that nothing can play', async () => {
    await refused(request([await addSpeech({ sampleRate: 4000 }, { sampleRate: 4000 })]), 'unsupported');
    expect(exporter.open).toBe(0);
  });
});

describe('an export that is no longer wanted', () => {
  it('ends before it answers', async () => {
    const stop = new AbortController();
    const running = run(request([await addSpeech()]), stop.signal);
    const refused = expect(running).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    stop.abort();
    await refused;
    expect(exporter.open).toBe(0);
  });

  it('ends while it is read: the stream breaks off', async () => {
    const stop = new AbortController();
    const takes = [await addSpeech(), await addSpeech(), await addSpeech(), await addSpeech()];
    const { body } = await run(request(takes), stop.signal);
    const reader = body.getReader();
    await reader.read();
    stop.abort();
    const rest = (async () => {
      while (!(await reader.read()).done);
    })();
    await expect(rest).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    await exporter.close();
    expect(exporter.open).toBe(0);
  });

  it('ends when its body is let go', async () => {
    const takes = [await addSpeech(), await addSpeech(), await addSpeech(), await addSpeech()];
    const { body } = await run(request(takes));
    await body.cancel();
    await exporter.close();
    expect(exporter.open).toBe(0);
  });
});
