import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FaultBody } from '../../shared/errors.ts';
import { Project } from '../../shared/schemas/project.ts';
import { Status } from '../../shared/schemas/status.ts';
import { Take } from '../../shared/schemas/take.ts';
import { answer, espeakRequest, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

let folder: Awaited<ReturnType<typeof studioFolder>>;
let here: OpenStudio;
let projectId: string;

beforeEach(async () => {
  folder = await studioFolder();
  here = await openStudio(join(folder.folder, 'here'));
  projectId = await here.firstProject();
});
afterEach(async () => {
  await here.close();
  await folder.remove();
});

it('keeps a text, a note and a name that have a NUL in them, from their beginning to their end', async () => {
  const request = espeakRequest(projectId, 'Before.\0 After.');
  await (await here.send('/api/takes', request)).arrayBuffer();
  const take = await answer(await here.call(`/api/takes/${request.id}`), Take);
  expect(take.text).toBe('Before.\ufffd After.');
  const named = await here.send(`/api/takes/${take.id}`, { name: '\0one', note: 'a\0b' }, 'PATCH');
  expect(await answer(named, Take)).toMatchObject({ name: '\ufffdone', note: 'a\ufffdb' });
  const project = await answer(await here.send('/api/projects', { name: '\0' }), Project);
  expect(project.name).toBe('\ufffd');
  expect((await answer(await here.call('/api/status'), Status)).problems).toEqual([]);
});

it('leaves nothing open behind a call that asks for the head alone', async () => {
  const { listeners } = here.studio.parts.events;
  await here.call('/api/events', { method: 'HEAD' });
  expect(here.studio.parts.events.listeners).toBe(listeners);
  expect((await here.call(`/api/projects/${projectId}/file`, { method: 'HEAD' })).status).toBe(200);
  const target = join(folder.folder, 'moved');
  await vi.waitFor(async () => expect((await here.send('/api/library/move', { target })).status).toBe(200));
});

it('refuses settings with more parameters than any provider has', async () => {
  const request = espeakRequest(projectId, 'Hello.');
  const parameters = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`p${at}`, at]));
  const refused = await here.send('/api/takes', { ...request, settings: { ...request.settings, parameters } });
  expect(refused.status).toBe(400);
  expect(FaultBody.parse(await refused.json()).error.param).toBe('settings.parameters');
});

it('does not take a sender who leaves in the midst of a file for a mistake', async () => {
  const report = vi.spyOn(here.studio.parts.log, 'error');
  for (const path of ['/api/projects/merge', `/api/takes/import?projectId=${projectId}`]) {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(Buffer.from('PK')),
      pull: (controller) => controller.error(new Error('aborted')),
    });
    const init = { method: 'POST', body, duplex: 'half' };
    const response = await here.call(path, init);
    expect(FaultBody.parse(await response.json()).error.code).toBe('cancelled');
  }
  expect(report).not.toHaveBeenCalled();
});

it('ends a preview whose listener leaves before its first sound', async () => {
  const leaving = new AbortController();
  const provider = here.studio.parts.registry.provider('builtin');
  if (!provider) throw new Error('There is no built-in provider.');
  const stream = provider.stream.bind(provider);
  vi.spyOn(provider, 'stream').mockImplementation((request, signal) => {
    leaving.abort();
    return stream(request, signal);
  });
  const preview = await here.call('/api/voices/preview', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ voiceId: 'builtin:espeak/en-us' }),
    signal: leaving.signal,
  });
  expect(FaultBody.parse(await preview.json()).error.code).toBe('cancelled');
});
