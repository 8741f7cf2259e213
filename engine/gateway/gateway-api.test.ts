import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { FaultBody } from '../../shared/errors.ts';
import { GatewayHealth, GatewayVoices } from '../../shared/schemas/gateway.ts';
import type { Library } from '../library/library.ts';
import { openLibrary } from '../library/open-library.ts';
import { firstProject, temporaryFolder } from '../library/test-library.ts';
import { createLog } from '../observe/log.ts';
import { createBuiltinProvider } from '../providers/builtin/builtin-provider.ts';
import { createRegistry, type Registry } from '../providers/registry.ts';
import { createGatewayApi } from './gateway-api.ts';
import { heardOf } from './testing/heard-of.ts';

const VOICE = 'builtin:espeak/en-us';
const TEXT = 'The quick brown fox jumps over the lazy dog.';

let library: Library;
let registry: Registry;
let remove: () => Promise<void>;

beforeAll(async () => {
  const folder = await temporaryFolder();
  remove = folder.remove;
  library = await openLibrary({ home: folder.folder });
  const silent = () => undefined;
  const builtin = createBuiltinProvider({
    modelFolder: folder.folder,
    blends: () => library.blends(),
    addBlend: silent,
    removeBlend: silent,
    onHealth: silent,
    onProgress: silent,
  });
  registry = createRegistry([builtin]);
});
afterAll(async () => {
  await registry.close();
  await library.close();
  await remove();
});

function gateway(apiKey: string | null = null) {
  const log = createLog('test', 'silent');
  return createGatewayApi({ registry, library, version: '1.2.3', apiKey, provider: 'builtin', log });
}

function speak(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text };
  return Promise.resolve(gateway().request('/api/v1/tts', init));
}

/** What is heard of an answer. */
const heard = async (body: unknown) => heardOf(await speak(body));

async function refused(response: Response) {
  return { status: response.status, ...FaultBody.parse(await response.json()).error };
}

describe('the gateway', () => {
  it('says how it is and which voices it has', async () => {
    const health = GatewayHealth.parse(await (await gateway().request('/health')).json());
    expect(health).toMatchObject({ status: 'healthy', version: '1.2.3', providers: [{ id: 'builtin' }] });
    const { voices } = GatewayVoices.parse(await (await gateway().request('/api/v1/voices')).json());
    expect(voices.find(({ id }) => id === VOICE)).toMatchObject({ provider: 'builtin' });
    expect(voices.filter(({ id }) => id.startsWith('builtin:kokoro/'))).toHaveLength(54);
  });

  it('speaks with the settings asked for, as ratios', async () => {
    const plain = await heard({ text: TEXT, voice_id: VOICE });
    expect(plain.seconds).toBeGreaterThan(1.5);
    const fast = await heard({ text: TEXT, voice_id: 'espeak/en-us', settings: { speed: 2 } });
    expect(plain.seconds / fast.seconds).toBeGreaterThan(1.8);
    expect(plain.seconds / fast.seconds).toBeLessThan(2.2);
    const high = await heard({ text: TEXT, voice_id: VOICE, settings: { pitch: 1.5 } });
    expect(high.pitch / plain.pitch).toBeGreaterThan(1.4);
    expect(high.pitch / plain.pitch).toBeLessThan(1.6);
  });

  it('speaks at the rate asked for, with the same length and pitch', async () => {
    const plain = await heard({ text: TEXT, voice_id: VOICE });
    for (const rate of [8000, 48_000]) {
      const other = await heard({ text: TEXT, voice_id: VOICE, audio_format: { sample_rate: rate } });
      expect(other.rate).toBe(rate);
      expect(other.seconds / plain.seconds).toBeCloseTo(1, 2);
      expect(other.pitch / plain.pitch).toBeCloseTo(1, 1);
    }
  });

  it('gives raw samples where they are asked for', async () => {
    const response = await speak({ text: TEXT, voice_id: VOICE }, { accept: 'audio/pcm' });
    expect(response.headers.get('content-type')).toMatch(/^audio\/pcm;rate=\d+;encoding=s16le;channels=1$/);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(new TextDecoder('latin1').decode(bytes.subarray(0, 4))).not.toBe('RIFF');
    expect(bytes.length % 2).toBe(0);
  });

  it.each([
    ['AUDIO/PCM', true],
    ['audio/wav;q=0.5, audio/l16', true],
    ['audio/wav, audio/pcm;q=0.1', false],
    ['audio/pcm;q=0', false],
    ['*/*', false],
  ])('gives raw samples for Accept: %s: %s', async (accept, raw) => {
    const response = await speak({ text: 'Hi.', voice_id: VOICE }, { accept });
    expect(response.headers.get('content-type')).toMatch(raw ? /^audio\/pcm;/ : /^audio\/wav$/);
    await response.arrayBuffer();
  });

  it('finds a preset by its name, and refuses a name that two have', async () => {
    const preset = {
      projectId: firstProject(library),
      name: 'Agent',
      voiceId: VOICE,
      voiceName: 'English',
      settings: { ...NEUTRAL_SETTINGS, speed: 2 },
    };
    library.createPreset(preset);
    const plain = await heard({ text: TEXT, voice_id: VOICE });
    const agent = await heard({ text: TEXT, voice_id: 'Agent' });
    expect(plain.seconds / agent.seconds).toBeGreaterThan(1.8);
    library.createPreset(preset);
    expect(await refused(await speak({ text: TEXT, voice_id: 'Agent' }))).toMatchObject({
      status: 400,
      param: 'voice_id',
    });
  });

  it.each([
    ['an unknown voice', { text: TEXT, voice_id: 'builtin:kokoro/nobody' }, 404, 'voice_id'],
    ['a model that does not speak the voice', { text: TEXT, voice_id: VOICE, model_id: 'other' }, 404, 'model_id'],
    ['blank text', { text: ' \n ', voice_id: VOICE }, 400, 'text'],
    ['a format there is not', { text: TEXT, audio_format: { type: 'mp3' } }, 400, 'audio_format.type'],
    ['a rate there is not', { text: TEXT, audio_format: { sample_rate: 12_345 } }, 400, 'audio_format.sample_rate'],
    ['a speed out of range', { text: TEXT, settings: { speed: 9 } }, 400, 'settings.speed'],
    ['too long a text', { text: 'a '.repeat(6000), voice_id: VOICE }, 413, 'text'],
    ['broken JSON', '{"text":', 400, undefined],
  ])('refuses %s with a status and words', async (_what, body, status, param) => {
    const answer = await refused(await speak(body));
    expect(answer.status).toBe(status);
    expect(answer.param).toBe(param);
    expect(answer.message).not.toBe('');
  });

  it('asks for its key where one is set', async () => {
    const asked = async (headers: Record<string, string>) =>
      (await gateway('secret').request('/api/v1/voices', { headers })).status;
    expect(await asked({})).toBe(401);
    expect(await asked({ authorization: 'Bearer wrong' })).toBe(401);
    expect(await asked({ authorization: 'Bearer secret' })).toBe(200);
    // Whoever watches over a server asks how it is without its key.
    expect((await gateway('secret').request('/health')).status).toBe(200);
  });
});
