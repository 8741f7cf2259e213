import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRestPeer } from './rest.ts';

const peer = createRestPeer({ apiKey: 'secret' });

const tts = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${peer.url}/api/v1/tts`, {
    method: 'POST',
    headers: { authorization: 'Bearer secret', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());
const said = async (response: Response) => [response.status, await response.json()];
const TEXT = 'Good morning to you.';
/** Length of raw sound at 24 kHz, in seconds. */
const seconds = async (settings: object) =>
  (await bytes(await tts({ text: TEXT, settings }, { accept: 'audio/pcm' }))).length / 48_000;
/** Highest sample of raw sound. */
const peak = async (settings: object) => {
  const sound = await bytes(await tts({ text: TEXT, settings }, { accept: 'audio/pcm' }));
  let most = 0;
  for (let at = 0; at < sound.length; at += 2) most = Math.max(most, Math.abs(sound.readInt16LE(at)));
  return most;
};

beforeAll(() => peer.start());
afterEach(() => {
  peer.engine.spoken.length = 0;
});
afterAll(() => peer.stop());

describe('the REST peer', () => {
  it('says how it is without a key, and nothing else', async () => {
    expect(await said(await fetch(`${peer.url}/health`))).toMatchObject([200, { status: 'healthy' }]);
    for (const authorization of ['', 'Bearer wrong']) {
      const refused = await fetch(`${peer.url}/api/v1/voices`, { headers: { authorization } });
      expect(await said(refused)).toMatchObject([401, { error: { code: 'unauthorised' } }]);
      expect((await tts({ text: TEXT }, { authorization })).status).toBe(401);
    }
    const voices = await fetch(`${peer.url}/api/v1/voices`, { headers: { authorization: 'Bearer secret' } });
    expect(await said(voices)).toMatchObject([
      200,
      {
        voices: [
          { id: 'ava', name: 'Ava', language: 'en-US', gender: 'female', provider: 'chatterbox' },
          {},
          {},
          {},
          {},
        ],
      },
    ]);
  });

  it('speaks as it goes, at the rate that is asked for', async () => {
    const answer = await tts({ text: `${TEXT} And another.`, audio_format: { sample_rate: 16_000 } });
    expect(answer.headers.get('content-type')).toBe('audio/wav');
    expect(answer.headers.get('content-length')).toBeNull();
    const file = await bytes(answer);
    expect(file.readUInt32LE(24)).toBe(16_000);
    expect(file.readUInt32LE(4)).toBe(0xffffffff);
    expect(peer.engine.spoken).toHaveLength(2);
  });

  it('takes speed, pitch and volume as ratios', async () => {
    const plain = await seconds({});
    expect(plain).toBeGreaterThan(0.5);
    expect(await seconds({ speed: 2 })).toBeCloseTo(plain / 2, 2);
    expect(await seconds({ pitch: 1.5 })).toBeCloseTo(plain, 2);
    expect(await seconds({ emotion: 'sad' })).toBeGreaterThan(plain);
    expect((await peak({ volume: 0.5 })) / (await peak({}))).toBeCloseTo(0.5, 1);
  });

  it('refuses with a code, and with the field where there is one', async () => {
    const cases: [unknown, number, object][] = [
      ['{"text":', 400, { code: 'invalid' }],
      [{}, 400, { code: 'invalid', param: 'text' }],
      [{ text: '  ' }, 400, { code: 'invalid', param: 'text' }],
      [{ text: 'a'.repeat(10_001) }, 413, { code: 'text_too_long', param: 'text' }],
      [{ text: TEXT, voice_id: 'nobody' }, 404, { code: 'unknown_voice', param: 'voice_id' }],
      [{ text: TEXT, model_id: 'other' }, 404, { code: 'unknown_model', param: 'model_id' }],
      [{ text: TEXT, settings: { speed: 3 } }, 400, { code: 'invalid', param: 'settings.speed' }],
      [{ text: TEXT, audio_format: { codec: 'mp3' } }, 400, { code: 'invalid', param: 'audio_format.codec' }],
      [{ text: TEXT, audio_format: { bits: 8 } }, 400, { code: 'invalid', param: 'audio_format.bits' }],
      [{ text: '__FAIL__' }, 500, { code: 'internal' }],
    ];
    for (const [body, status, error] of cases) expect(await said(await tts(body))).toMatchObject([status, { error }]);
    peer.faults.add({ kind: 'status', status: 429, retryAfter: '1' });
    const limited = await tts({ text: TEXT });
    expect(limited.headers.get('retry-after')).toBe('1');
    expect(await said(limited)).toMatchObject([429, { error: { code: 'rate_limited' } }]);
  });

  it('breaks off a stream that fails', async () => {
    const broken = await tts({ text: `${TEXT} And __FAIL__ now.` });
    expect(broken.status).toBe(200);
    await expect(bytes(broken)).rejects.toThrow();
  });
});
