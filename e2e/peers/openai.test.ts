import { afterEach, describe, expect, it } from 'vitest';
import { createOpenAiPeer, type OpenAiOptions } from './openai.ts';
import type { SpeakingPeer } from './speaking-peer.ts';

let peer: SpeakingPeer;

const start = async (options: OpenAiOptions) => {
  peer = await createOpenAiPeer(options).start();
};
const speak = (body: object, headers: Record<string, string> = {}) =>
  fetch(`${peer.url}/v1/audio/speech`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ model: 'chatterbox', input: 'Good morning.', ...body }),
  });
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());
const said = async (response: Response) => [response.status, await response.json()];
const get = async (path: string) => said(await fetch(peer.url + path));
const TWO = `This sentence is so long that it is a chunk of its own, whatever comes after it in the text that is spoken here. Second.`;

afterEach(() => peer.stop());

describe('TTS-WebUI', () => {
  it('labels WAV as what was asked for', async () => {
    await start({});
    const streamed = await speak({ response_format: 'mp3' });
    expect(streamed.headers.get('content-type')).toBe('audio/mpeg');
    const sound = await bytes(streamed);
    expect(sound.toString('latin1', 0, 4)).toBe('RIFF');
    expect([sound.readUInt32LE(4), sound.readUInt32LE(40)]).toEqual([0xffffffff, 0xffffffff - 36]);
    const whole = await bytes(await speak({ response_format: 'opus', stream: false }));
    expect([whole.toString('latin1', 0, 4), whole.readUInt16LE(20)]).toEqual(['RIFF', 3]);
  });

  it('lists voices in two shapes, and takes any', async () => {
    await start({});
    expect(await get('/v1/audio/voices')).toMatchObject([
      200,
      { voices: [{ id: 'random', name: 'random' }, {}, {}, {}] },
    ]);
    expect(await get('/v1/audio/voices/chatterbox')).toMatchObject([
      200,
      { voices: [{ label: 'random' }, {}, {}, {}] },
    ]);
    expect(await get('/v1/audio/models')).toMatchObject([200, { models: [{ id: 'chatterbox' }, {}] }]);
    expect((await speak({ voice: 'nobody' })).status).toBe(200);
    expect((await speak({ input: 'a'.repeat(4097) })).status).toBe(422);
  });

  it('says the same with the same seed, and heeds the language', async () => {
    await start({});
    const made = async (params: object) => (await bytes(await speak({ params }))).toString('base64');
    const once = await made({ seed: 3 });
    expect((await made({ seed: 3 })) === once).toBe(true);
    expect((await made({ seed: 4 })) === once).toBe(false);
    expect((await made({ seed: 3, language_id: 'fr' })) === once).toBe(false);
  });

  it('refuses a wrong key in plain text', async () => {
    await start({ apiKey: 'secret' });
    const refused = await speak({}, { authorization: 'Bearer wrong' });
    expect([refused.status, await refused.text()]).toEqual([401, 'Unauthorized: invalid API key']);
    expect((await speak({}, { authorization: 'Bearer secret' })).status).toBe(200);
  });

  it('puts a second file behind a stream that fails', async () => {
    await start({});
    const text = TWO.replace('Second', '__FAIL__');
    const sound = await bytes(await speak({ input: text }));
    expect(sound.lastIndexOf('RIFF')).toBeGreaterThan(10_000);
    expect(peer.engine.spoken).toHaveLength(1);
    expect((await said(await speak({ input: '__FAIL__' })))[1]).toMatchObject({ detail: /CUDA/u });
  });
});

describe('LocalAI', () => {
  it('takes settings as texts only', async () => {
    await start({ variant: 'localai' });
    const good = await speak({ params: { exaggeration: '0.7', seed: '3' } });
    const file = await bytes(good);
    expect(file.readUInt32LE(40)).toBe(file.length - 44);
    expect(await said(await speak({ params: { exaggeration: 0.7 } }))).toMatchObject([400, { error: { code: 400 } }]);
    expect(await get('/v1/audio/voices')).toMatchObject([404, {}]);
    expect(await said(await speak({ input: '__FAIL__' }))).toMatchObject([500, { error: { message: /CUDA/u } }]);
  });
});

describe('Kokoro-FastAPI', () => {
  it('has its own voices, formats and words', async () => {
    await start({ variant: 'kokoro-fastapi' });
    expect(await get('/health')).toEqual([200, { status: 'healthy' }]);
    expect(await get('/v1/audio/voices')).toMatchObject([
      200,
      { voices: [{ id: 'af_heart', name: 'af_heart' }, {}, {}, {}, {}] },
    ]);
    expect(await get('/v1/audio/voices?legacy=true')).toMatchObject([
      200,
      { voices: ['af_heart', 'af_bella', 'am_adam', 'bf_emma', 'bm_george'] },
    ]);
    const mp3 = await speak({ voice: 'af_heart' });
    expect(mp3.headers.get('content-type')).toBe('audio/mpeg');
    expect((await bytes(mp3)).toString('latin1', 0, 3)).toMatch(/ID3|\xff/u);
    expect((await bytes(await speak({ voice: 'af_heart', response_format: 'flac' }))).toString('latin1', 0, 4)).toBe(
      'fLaC',
    );
    const slow = (await bytes(await speak({ response_format: 'pcm' }))).length;
    expect((await bytes(await speak({ response_format: 'pcm', speed: 2 }))).length).toBeLessThan(slow * 0.6);
    expect(await said(await speak({ voice: 'alloy' }))).toMatchObject([400, { detail: { error: 'validation_error' } }]);
  });
});
