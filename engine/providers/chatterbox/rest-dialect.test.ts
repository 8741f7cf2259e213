import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toFault } from '../../../shared/errors.ts';
import { pitchStatistics, trackPitch } from '../../../shared/sound/pitch-track.ts';
import { createGatewayApi } from '../../gateway/gateway-api.ts';
import { decodeAudioFile } from '../../import/importer.ts';
import { createLog } from '../../observe/log.ts';
import { type Listening, listen } from '../../shells/serve.ts';
import { createBuiltinProvider } from '../builtin/builtin-provider.ts';
import type { Provider, SpeechRequest } from '../provider.ts';
import { createRegistry, type Registry } from '../registry.ts';
import { createChatterboxProvider } from './chatterbox-provider.ts';

const KEY = 'a-key-of-the-gateway';
const REQUEST: SpeechRequest = {
  text: 'The quick brown fox jumps over the lazy dog.',
  voice: 'builtin:espeak/en-us',
  model: 'unknown',
  language: 'en',
  speed: 1,
  pitch: 0,
  volume: 0,
  emotion: { name: 'neutral', intensity: 0 },
  seed: null,
  parameters: {},
};

let registry: Registry;
let server: Listening;
const open: Provider[] = [];
const never = () => new AbortController().signal;

/** Timbre's own gateway is the server: the dialect is what it speaks. */
beforeAll(async () => {
  const silent = () => undefined;
  const builtin = createBuiltinProvider({
    modelFolder: '/nonexistent',
    blends: () => [],
    addBlend: silent,
    removeBlend: silent,
    onHealth: silent,
    onProgress: silent,
  });
  registry = createRegistry([builtin]);
  const log = createLog('test', 'silent');
  const api = createGatewayApi({ registry, library: null, version: '1', apiKey: KEY, provider: 'builtin', log });
  server = await listen(async (request) => api.fetch(request), '127.0.0.1', 0);
});

afterAll(async () => {
  await Promise.all(open.map((provider) => provider.close()));
  await server.close();
  await registry.close();
});

function provider(more: { key?: string | null; addresses?: string[] } = {}): Provider {
  const made = createChatterboxProvider({
    id: 'chatterbox',
    name: 'Chatterbox',
    addresses: [`http://127.0.0.1:${server.port}/`],
    key: KEY,
    dialect: null,
    decode: decodeAudioFile,
    onHealth: () => undefined,
    ...more,
  });
  open.push(made);
  return made;
}

async function heard(request: Partial<SpeechRequest> = {}) {
  const stream = await provider().stream({ ...REQUEST, ...request }, never());
  const samples: number[] = [];
  for await (const chunk of stream.chunks) for (const sample of chunk) samples.push(sample / 32_768);
  const pitch = pitchStatistics(trackPitch(Float32Array.from(samples), stream.sampleRate).pitch)?.median ?? 0;
  return { seconds: samples.length / stream.sampleRate, pitch, request: stream.request };
}

describe('Chatterbox in the REST dialect', () => {
  it('is found out, and has the voices the server has', async () => {
    const chatterbox = provider();
    expect(await chatterbox.probe(never())).toMatchObject({ status: 'ready', note: expect.stringContaining('REST') });
    const voices = await chatterbox.voices(never());
    expect(voices.find(({ id }) => id === `chatterbox:${REQUEST.voice}`)).toMatchObject({ languages: ['en-US'] });
    const [model] = await chatterbox.models(never());
    expect(model?.capabilities).toMatchObject({
      speed: { min: 0.5, max: 2 },
      pitch: { min: -12, max: 12 },
      parameters: [],
    });
  });

  it('speaks, with speed, pitch and volume as the server takes them', async () => {
    const plain = await heard();
    expect(plain.seconds).toBeGreaterThan(1.5);
    const changed = await heard({ speed: 1.5, pitch: 5, volume: -24 });
    expect(changed.seconds).toBeCloseTo(plain.seconds / 1.5, 0);
    expect(12 * Math.log2(changed.pitch / plain.pitch)).toBeCloseTo(5, 0);
    expect(JSON.stringify(changed.request)).not.toContain(KEY);
  });

  it('keeps pauses', async () => {
    const plain = await heard({ text: 'One. Two.' });
    const paused = await heard({ text: 'One.[pause 2s]Two.' });
    expect(paused.seconds - plain.seconds).toBeGreaterThan(1.5);
  });

  it('says what is wrong: no such voice, a wrong key, nobody there', async () => {
    const faultOf = (chatterbox: Provider, request: Partial<SpeechRequest> = {}) =>
      chatterbox.stream({ ...REQUEST, ...request }, never()).then(() => null, toFault);
    expect(await faultOf(provider(), { voice: 'builtin:espeak/nobody' })).toMatchObject({ code: 'unknown_voice' });
    const wrong = provider({ key: 'another' });
    expect(await faultOf(wrong)).toMatchObject({ code: 'unauthorised' });
    expect(wrong.health().status).toBe('failed');
    const nobody = provider({ addresses: ['http://127.0.0.1:9'] });
    expect(await faultOf(nobody)).toMatchObject({ code: 'unreachable' });
    expect(await nobody.probe(never())).toMatchObject({ status: 'failed' });
  });

  it('goes to another address where one cannot be reached', async () => {
    const chatterbox = provider({ addresses: ['http://127.0.0.1:9', `http://127.0.0.1:${server.port}`] });
    const stream = await chatterbox.stream(REQUEST, never());
    for await (const _ of stream.chunks);
    expect(stream.request.address).toBe(`http://127.0.0.1:${server.port}`);
  });
});
