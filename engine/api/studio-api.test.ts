import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { FaultBody } from '../../shared/errors.ts';
import { StudioEvent } from '../../shared/schemas/events.ts';
import { Preset } from '../../shared/schemas/preset.ts';
import { Project } from '../../shared/schemas/project.ts';
import { Status } from '../../shared/schemas/status.ts';
import { Take, TakePage, type TakeRequest, TakeView } from '../../shared/schemas/take.ts';
import { Model, Voice } from '../../shared/schemas/voice.ts';
import { createStudio, type Studio } from '../studio.ts';

const ORIGIN = 'http://127.0.0.1';
const VoiceList = z.object({ voices: z.array(Voice), models: z.array(Model), favourites: z.array(z.string()) });

let home: string;
let studio: Studio;
let projectId: string;

const call = (path: string, init?: RequestInit) => studio.fetch(new Request(ORIGIN + path, init));

function send(path: string, body: unknown, method = 'POST'): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return call(path, { method, headers: { 'content-type': 'application/json' }, body: text });
}

async function read<Schema extends z.ZodType>(response: Response, schema: Schema): Promise<z.infer<Schema>> {
  expect(response.status, await response.clone().text()).toBe(200);
  return schema.parse(await response.json());
}

function takeRequest(more: Partial<TakeRequest> = {}): TakeRequest {
  return {
    id: randomUUID(),
    projectId,
    text: 'The quick brown fox jumps over the lazy dog.',
    voiceId: 'builtin:espeak/en-us',
    settings: NEUTRAL_SETTINGS,
    fresh: false,
    ...more,
  };
}

/** Reads events until one passes the test. */
async function eventually(path: string, test: (event: StudioEvent) => boolean, during: () => Promise<unknown>) {
  const response = await call(path);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('no stream');
  const doing = during();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error('the events ended');
    text += value;
    const lines = text.split('\n\n');
    text = lines.pop() ?? '';
    const hit = lines
      .filter((line) => line.startsWith('data: '))
      .map((line) => StudioEvent.parse(JSON.parse(line.slice(6))))
      .find(test);
    if (hit) {
      await reader.cancel();
      await doing;
      return hit;
    }
  }
}

/** Makes a take and waits until it is measured. */
async function make(request: TakeRequest): Promise<{ take: Take; bytes: number; cached: boolean }> {
  let bytes = 0;
  let cached = false;
  let id = request.id;
  const measured = (event: StudioEvent) =>
    event.type === 'take' && event.take.id === request.id && event.take.measurements !== null;
  const doing = async () => {
    const response = await send('/api/takes', request);
    expect(response.status, response.status === 200 ? '' : await response.clone().text()).toBe(200);
    cached = response.headers.get('x-timbre-cached') === '1';
    id = response.headers.get('x-timbre-take') ?? '';
    bytes = (await response.arrayBuffer()).byteLength;
  };
  if (request.fresh) await eventually('/api/events', measured, doing);
  else await doing();
  return { take: await read(await call(`/api/takes/${id}`), Take), bytes, cached };
}

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'timbre-api-'));
  studio = await createStudio({ shell: 'web', home, pageFolder: join(home, 'page') });
  const { projects } = await read(await call('/api/projects'), z.object({ projects: z.array(Project) }));
  projectId = projects[0]?.id ?? '';
}, 60_000);

afterAll(async () => {
  await studio.close();
  expect(studio.parts.events.listeners).toBe(0);
  expect(studio.parts.synthesis.active).toBe(0);
  await rm(home, { recursive: true, force: true });
});

describe('a take', () => {
  it('streams, is stored as it was heard, is measured, and is found again', async () => {
    const request = takeRequest({ fresh: true });
    const { take, bytes } = await make(request);
    expect(take).toMatchObject({ id: request.id, state: 'done', text: request.text, cached: false, fault: null });
    expect(bytes).toBe(take.samples * 2);
    expect(take.measurements?.duration).toBeCloseTo(take.samples / take.sampleRate, 6);
    expect(take.measurements?.duration).toBeGreaterThan(1.5);
    expect(take.measurements?.loudness).toBeGreaterThan(-40);
    expect(take.measurements?.pitch).toBeGreaterThan(50);
    expect(take.firstByteAt).toBeGreaterThanOrEqual(take.sentAt);
    expect(take.request).not.toEqual({});

    const again = await call(`/api/takes/${take.id}/audio`);
    expect((await again.arrayBuffer()).byteLength).toBe(bytes);
    const wav = new DataView(await (await call(`/api/takes/${take.id}/wav`)).arrayBuffer());
    expect(wav.getUint32(40, true)).toBe(bytes);
    const view = await read(await call(`/api/takes/${take.id}/view`), TakeView);
    expect(Math.max(...view.peaks)).toBeGreaterThan(0.05);
    expect(view.pitch.some((hz) => hz > 50)).toBe(true);
    const page = await read(await call(`/api/takes?search=${encodeURIComponent('brown fox')}`), TakePage);
    expect(page.takes.map((found) => found.id)).toContain(take.id);
  });

  it('is answered from the library when the same is asked again, and made anew when asked to', async () => {
    const first = await make(takeRequest({ text: 'Say it twice.' }));
    const second = await make(takeRequest({ text: 'Say it twice.' }));
    expect(second).toMatchObject({ cached: true, bytes: first.bytes });
    expect(second.take.id).toBe(first.take.id);
    const fresh = await make(takeRequest({ text: 'Say it twice.', fresh: true }));
    expect(fresh.cached).toBe(false);
    expect(fresh.take.id).not.toBe(first.take.id);
  });

  it('shares its sound with one that differs only in what the studio does', async () => {
    const first = await make(takeRequest({ text: 'Louder, please.', fresh: true }));
    const louder = await make(takeRequest({ text: 'Louder, please.', settings: { ...NEUTRAL_SETTINGS, volume: 6 } }));
    expect(louder.cached).toBe(true);
    expect(louder.take.id).not.toBe(first.take.id);
    expect(louder.take).toMatchObject({ cached: true, studio: { volume: 6 }, samples: first.take.samples });
  });

  it('keeps what had come when it is cancelled', async () => {
    const request = takeRequest({ text: 'A long sentence that goes on and on. '.repeat(200) });
    const response = await send('/api/takes', request);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    expect(first?.value?.byteLength).toBeGreaterThan(0);
    await send(`/api/takes/${request.id}/cancel`, {});
    await expect(
      (async () => {
        for (;;) if ((await reader?.read())?.done) return;
      })(),
    ).rejects.toThrow();
    const take = await read(await call(`/api/takes/${request.id}`), Take);
    expect(take.state).toBe('incomplete');
    expect(take.fault?.code).toBe('cancelled');
    expect(take.samples).toBeGreaterThan(0);
  });

  it('is refused under the id of another one, before anybody is asked to speak', async () => {
    const { take } = await make(takeRequest({ text: 'The first of this id.', fresh: true }));
    const response = await send('/api/takes', takeRequest({ id: take.id, text: 'The second.', fresh: true }));
    expect(response.status).toBe(409);
    expect(FaultBody.parse(await response.json()).error.code).toBe('conflict');
  });

  it('does not begin when its cancel came first', async () => {
    const request = takeRequest({ text: 'Never mind.' });
    await send(`/api/takes/${request.id}/cancel`, {});
    const response = await send('/api/takes', request);
    expect(FaultBody.parse(await response.json()).error.code).toBe('cancelled');
  });

  it('can be named, noted, rated, removed and brought back', async () => {
    const { take } = await make(takeRequest({ text: 'Rate me.' }));
    const rated = await read(
      await send(`/api/takes/${take.id}`, { rating: 4, note: 'crisp', name: 'One' }, 'PATCH'),
      Take,
    );
    expect(rated).toMatchObject({ rating: 4, note: 'crisp', name: 'One' });
    await send('/api/takes/remove', { ids: [take.id] });
    const without = await read(await call('/api/takes?search=crisp'), TakePage);
    expect(without.total).toBe(0);
    await send('/api/takes/restore', { ids: [take.id] });
    const withIt = await read(await call('/api/takes?search=crisp'), TakePage);
    expect(withIt.total).toBe(1);
  });
});

describe('bad input is told in plain words', () => {
  it.each([
    ['empty text', { text: '' }, 400, 'invalid'],
    ['blank text', { text: ' \n\t ' }, 400, 'invalid'],
    ['only control characters', { text: '\u0000\u0007' }, 400, 'invalid'],
    ['too long a text', { text: 'a'.repeat(10_001) }, 413, 'text_too_long'],
    ['an unknown voice', { voiceId: 'builtin:espeak/klingon-zz' }, 404, 'unknown_voice'],
    ['an unknown provider', { voiceId: 'nobody:voice' }, 404, 'unknown_voice'],
    ['a number out of range', { settings: { ...NEUTRAL_SETTINGS, speed: 3 } }, 400, 'invalid'],
    ['an id that is none', { id: '../../etc/passwd' }, 400, 'invalid'],
    ['a project that is not there', { projectId: randomUUID() }, 404, 'not_found'],
  ])('%s', async (_, wrong, status, code) => {
    const response = await send('/api/takes', takeRequest({ fresh: true, ...wrong }));
    const { error } = FaultBody.parse(await response.json());
    expect(error.code).toBe(code);
    expect(response.status).toBe(status);
    expect(error.message.length).toBeGreaterThan(10);
  });

  it('broken JSON', async () => {
    const response = await send('/api/takes', '{"text": ');
    expect(response.status).toBe(400);
    expect(FaultBody.parse(await response.json()).error.code).toBe('invalid');
  });

  it('JSON of thousands of levels', async () => {
    const response = await send('/api/preferences/deep', `{"value":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'PUT');
    expect(response.status).toBe(400);
    expect(FaultBody.parse(await response.json()).error.code).toBe('invalid');
  });

  it('a call that does not exist', async () => {
    const response = await call('/api/nothing');
    expect(response.status).toBe(404);
    expect(FaultBody.parse(await response.json()).error.code).toBe('not_found');
  });
});

describe('voices, presets, preferences', () => {
  it('lists the built-in voices with their models and keeps favourites', async () => {
    const list = await read(await call('/api/voices'), VoiceList);
    expect(list.voices.filter((voice) => voice.model === 'kokoro')).toHaveLength(54);
    for (const voice of list.voices) expect(list.models.map((model) => model.id)).toContain(voice.model);
    await send(`/api/voices/${encodeURIComponent('builtin:kokoro/af_heart')}/favourite`, { favourite: true }, 'PUT');
    const after = await read(await call('/api/voices'), VoiceList);
    expect(after.favourites).toEqual(['builtin:kokoro/af_heart']);
  });

  it('gets a voice’s model ready when asked, and refuses unknown ones', async () => {
    expect((await send('/api/voices/warm', { voiceId: 'builtin:espeak/en-us' })).status).toBe(200);
    expect((await send('/api/voices/warm', { voiceId: 'builtin:nobody' })).status).toBe(404);
  });

  it('keeps presets, hands them on and takes them in', async () => {
    const settings = { ...NEUTRAL_SETTINGS, speed: 1.2 };
    const input = { projectId, name: 'Narrator', voiceId: 'builtin:kokoro/bm_george', voiceName: 'George', settings };
    const preset = await read(await send('/api/presets', input), Preset);
    expect(preset.settings.speed).toBe(1.2);
    const file = await (await call(`/api/presets/file?projectId=${projectId}`)).json();
    const other = await read(await send('/api/projects', { name: 'Other' }), Project);
    const { presets } = await read(
      await send(`/api/presets/import?projectId=${other.id}`, file),
      z.object({ presets: z.array(Preset) }),
    );
    expect(presets.map((each) => each.name)).toEqual(['Narrator']);
    await call(`/api/presets/${preset.id}`, { method: 'DELETE' });
    const left = await read(await call(`/api/presets?projectId=${projectId}`), z.object({ presets: z.array(Preset) }));
    expect(left.presets).toEqual([]);
  });

  it('keeps preferences and refuses odd names', async () => {
    await send('/api/preferences/tune', { value: { text: 'hello' } }, 'PUT');
    await send('/api/preferences/layout', { value: null }, 'PUT');
    const { preferences } = await read(await call('/api/preferences'), z.object({ preferences: z.json() }));
    expect(preferences).toMatchObject({ tune: { text: 'hello' }, layout: null });
    expect((await send('/api/preferences/..%2Fx', { value: 1 }, 'PUT')).status).toBe(400);
  });

  it('says what it is', async () => {
    const status = await read(await call('/api/status'), Status);
    expect(status).toMatchObject({ shell: 'web', libraryFault: null, environment: ['TIMBRE_MODELS'] });
  });
});

it('refuses the desktop’s calls in the browser shell', async () => {
  expect((await send('/api/desktop/reveal', { path: '/etc' })).status).toBe(415);
});
