import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createDevnenPeer } from '../../e2e/peers/devnen.ts';
import { createRestPeer } from '../../e2e/peers/rest.ts';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { FaultBody } from '../../shared/errors.ts';
import { Take, type TakeRequest } from '../../shared/schemas/take.ts';
import { Voice } from '../../shared/schemas/voice.ts';
import { answer, type OpenStudio, openStudio, studioFolder } from './testing/open-studio.ts';

const TEXT = 'Good morning, and welcome to the show.';
const ESPEAK = { voiceId: 'builtin:espeak/en-us', voiceName: 'English (America)', modelId: null };

let peer: Awaited<ReturnType<ReturnType<typeof createDevnenPeer>['start']>>;
let other: Awaited<ReturnType<ReturnType<typeof createRestPeer>['start']>>;
let folder: Awaited<ReturnType<typeof studioFolder>>;
let studio: OpenStudio;
let voice: Voice;

beforeAll(async () => {
  peer = await createDevnenPeer({ model: 'original' }).start();
  other = await createRestPeer().start();
});
afterAll(async () => {
  await peer.stop();
  await other.stop();
});
beforeEach(async () => {
  folder = await studioFolder();
  studio = await openStudio(folder.folder);
  await studio.send('/api/connections', { kind: 'chatterbox', addresses: [peer.url] });
  const body = await answer(await studio.send('/api/voices/refresh', {}), z.object({ voices: z.array(Voice) }));
  const first = body.voices.find(({ provider }) => provider === 'chatterbox');
  if (!first) throw new Error('The peer has voices.');
  voice = first;
});
afterEach(async () => {
  peer.faults.clear();
  await studio.close();
  await folder.remove();
});

const rule = (fallback: unknown) => studio.send('/api/connections/chatterbox', { fallback }, 'PATCH');

async function speak(more: Partial<TakeRequest> = {}): Promise<Response> {
  const response = await studio.send('/api/takes', {
    id: crypto.randomUUID(),
    projectId: await studio.firstProject(),
    text: TEXT,
    voiceId: voice.id,
    settings: NEUTRAL_SETTINGS,
    fresh: false,
    ...more,
  });
  if (response.ok) await response.clone().arrayBuffer();
  return response;
}

async function stored(response: Response): Promise<Take> {
  const id = response.headers.get('x-timbre-take');
  const read = async () => answer(await studio.call(`/api/takes/${id}`), Take);
  await expect.poll(async () => (await read()).measurements, { timeout: 20_000 }).not.toBeNull();
  return read();
}

const code = async (response: Response) => FaultBody.parse(await response.json()).error.code;

describe('where a voice cannot speak', () => {
  it('nobody speaks instead, unless a person said so', async () => {
    peer.faults.add({ kind: 'status', status: 500 });
    expect(await code(await speak())).toBe('provider_fault');
  });

  it('the voice named for it does, and the take says who spoke, and why', async () => {
    await rule({ all: ESPEAK });
    peer.faults.add({ kind: 'status', status: 500 });
    const listening = studio.listen();
    const take = await stored(await speak());
    expect(take).toMatchObject({
      state: 'done',
      provider: 'chatterbox',
      voiceId: voice.id,
      voiceName: voice.name,
      answeredBy: { provider: 'builtin', voiceId: ESPEAK.voiceId, model: 'espeak', why: { code: 'provider_fault' } },
    });
    expect(listening.all()).toContainEqual({
      type: 'fallback',
      takeId: take.id,
      voiceName: voice.name,
      answeredBy: take.answeredBy,
    });
  });

  it('the same request gets its own voice as soon as that one can speak again', async () => {
    await rule({ all: ESPEAK });
    peer.faults.add({ kind: 'status', status: 500 });
    expect((await stored(await speak())).answeredBy).not.toBeNull();
    const again = await stored(await speak());
    expect(again.answeredBy).toBeNull();
    expect(again.cached).toBe(false);
  });

  it('a comparison is never spoken by another one', async () => {
    await rule({ all: ESPEAK });
    peer.faults.add({ kind: 'status', status: 500 });
    expect(await code(await speak({ fallback: false }))).toBe('provider_fault');
  });

  it('a rule for one voice goes before that for all, and may say nobody', async () => {
    await rule({ all: ESPEAK, voices: { [voice.id]: null } });
    peer.faults.add({ kind: 'status', status: 500 });
    expect(await code(await speak())).toBe('provider_fault');
  });

  it('what is wrong with the request itself is told, whatever the rule', async () => {
    await rule({ all: ESPEAK });
    peer.faults.add({ kind: 'status', status: 422 });
    expect(await code(await speak())).toBe('bad_request');
  });

  it('both are told where the other one cannot speak either', async () => {
    const second = await studio.send('/api/connections', { kind: 'chatterbox', addresses: [other.url] });
    expect(second.status).toBe(200);
    const body = await answer(await studio.send('/api/voices/refresh', {}), z.object({ voices: z.array(Voice) }));
    const third = body.voices.find(({ provider }) => provider === 'chatterbox-2');
    await rule({ all: { voiceId: third?.id, voiceName: third?.name } });
    peer.faults.add({ kind: 'status', status: 500 });
    other.faults.add({ kind: 'status', status: 500 });
    const { error } = FaultBody.parse(await (await speak()).json());
    expect(error.code).toBe('provider_fault');
    expect(error.said).toContain(`“${third?.name}”, which was to speak instead, could not either`);
  });

  it('a server that was never reached is stood in for as well', async () => {
    await studio.send('/api/connections', { kind: 'chatterbox', addresses: ['http://127.0.0.1:1'] });
    await studio.send('/api/connections/chatterbox-2', { fallback: { all: ESPEAK } }, 'PATCH');
    const take = await stored(await speak({ voiceId: 'chatterbox-2:anna.wav' }));
    expect(take).toMatchObject({
      voiceId: 'chatterbox-2:anna.wav',
      voiceName: 'anna.wav',
      answeredBy: { provider: 'builtin', why: { code: 'unreachable' } },
    });
  });
});
