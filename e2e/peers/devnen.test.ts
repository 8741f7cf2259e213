import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bytesToS16 } from '../../shared/sound/pcm.ts';
import { createDevnenPeer } from './devnen.ts';
import { gate } from './gate.ts';
import { pcmHeader } from './sound-framing.ts';

const peer = createDevnenPeer({ model: 'turbo' });

const post = (path: string, body: unknown, at = peer) =>
  fetch(at.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const tts = (body: object, at = peer) => post('/tts', { text: 'Hi', predefined_voice_id: 'Emily.wav', ...body }, at);
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());
/** What stands for some bytes. */
const hash = async (response: Response) =>
  createHash('sha256')
    .update(await bytes(response))
    .digest('hex');
const said = async (response: Response) => [response.status, await response.json()];

/** A WAV file of silence. @param seconds how long it is */
const silence = (seconds: number) => {
  const data = 48_000 * seconds;
  return new Uint8Array(Buffer.concat([pcmHeader(24_000, { riff: 36 + data, data }), Buffer.alloc(data)]));
};
const upload = async (name: string, file: Uint8Array<ArrayBuffer>) => {
  const form = new FormData();
  form.append('files', new File([file], name));
  return said(await fetch(`${peer.url}/upload_reference`, { method: 'POST', body: form }));
};

beforeAll(() => peer.start());
afterEach(() => {
  peer.engine.spoken.length = 0;
});
afterAll(() => peer.stop());

describe('devnen says what it is', () => {
  it('by model-info, voices and what it lacks', async () => {
    const get = async (path: string) => said(await fetch(peer.url + path));
    expect(await get('/api/model-info')).toEqual([
      200,
      JSON.parse(
        '{"loaded":true,"type":"turbo","class_name":"ChatterboxTurboTTS","device":"cpu","sample_rate":24000,"supports_paralinguistic_tags":true,"available_paralinguistic_tags":["laugh","chuckle","sigh","gasp","cough","clear throat","sniff","groan","shush"],"turbo_available_in_package":true,"multilingual_available_in_package":true,"supports_multilingual":false,"supported_languages":{"en":"English"}}',
      ),
    ]);
    const voices = JSON.stringify((await get('/get_predefined_voices'))[1]);
    expect(voices).toHaveLength(1383);
    expect(voices).toMatch(/^\[\{"display_name":"Abigail","filename":"Abigail.wav"\},/u);
    const names = JSON.stringify((await get('/v1/audio/voices'))[1]);
    expect(names).toHaveLength(381);
    expect(names).toMatch(/^\{"status":"ok","voices":\["Abigail.wav",.*"Thomas.wav"\]\}$/u);
    expect(await get('/get_reference_files')).toEqual([200, ['Gianna.wav', 'Robert.wav']]);
    for (const path of ['/health', '/v1/models']) expect(await get(path)).toEqual([404, { detail: 'Not Found' }]);
    const wrongMethod = await fetch(`${peer.url}/tts`);
    expect(wrongMethod.headers.get('allow')).toBe('POST');
    expect(await said(wrongMethod)).toEqual([405, { detail: 'Method Not Allowed' }]);
    expect((await fetch(peer.url)).headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it('refuses in its own words', async () => {
    const wrong = (type: string, field: string | number, msg: string, input: unknown, ctx?: object) => ({
      detail: [{ type, loc: ['body', field], msg, input, ...(ctx ? { ctx } : {}) }],
    });
    const speech = (body: object) => post('/v1/audio/speech', { model: 'tts-1', voice: 'Emily.wav', ...body });
    const without = { predefined_voice_id: 'Emily.wav' };
    const formats = "'wav', 'opus' or 'mp3'";
    const tooShort = 'String should have at least 1 character';
    const tooSmall = 'Input should be greater than or equal to 50';
    const notOne = `Input should be ${formats}`;
    const failed = 'TTS engine failed to synthesize audio for chunk 1.';
    const cases: [Response, number, unknown][] = [
      [await tts({ text: '' }), 422, wrong('string_too_short', 'text', tooShort, '', { min_length: 1 })],
      [await post('/tts', without), 422, wrong('missing', 'text', 'Field required', without)],
      [await tts({ chunk_size: 10 }), 422, wrong('greater_than_equal', 'chunk_size', tooSmall, 10, { ge: 50 })],
      [
        await tts({ output_format: 'flac' }),
        422,
        wrong('literal_error', 'output_format', notOne, 'flac', { expected: formats }),
      ],
      [
        await speech({ input: 'Hi', response_format: 'pcm' }),
        422,
        wrong('literal_error', 'response_format', notOne, 'pcm', { expected: formats }),
      ],
      [
        await post('/tts', '{"text":'),
        422,
        wrong('json_invalid', 8, 'JSON decode error', {}, { error: 'Expecting value' }),
      ],
      [
        await tts({ predefined_voice_id: 'Nobody.wav' }),
        404,
        { detail: "Predefined voice file 'Nobody.wav' not found." },
      ],
      [
        await post('/tts', { text: 'Hi' }),
        400,
        { detail: "Missing 'predefined_voice_id' for 'predefined' voice mode." },
      ],
      [
        await tts({ voice_mode: 'clone' }),
        400,
        { detail: "Missing 'reference_audio_filename' for 'clone' voice mode." },
      ],
      [await tts({ text: '__FAIL__' }), 500, { detail: failed }],
      [await tts({ temperature: -3 }), 500, { detail: failed }],
      [await tts({ seed: -1 }), 500, { detail: failed }],
      [await speech({ input: 'Hi', voice: 'Emily' }), 404, { detail: "Voice file 'Emily' not found." }],
      [await speech({ input: '' }), 500, { detail: '400: Text processing resulted in no usable chunks.' }],
      [await speech({ input: '__FAIL__' }), 500, { detail: `500: ${failed}` }],
    ];
    for (const [response, status, body] of cases) {
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await said(response)).toEqual([status, body]);
    }
  });
});

describe('devnen speaks', () => {
  it('whole, in three formats, without a length, in odd reads', async () => {
    const wav = await tts({ text: 'Hello from the tuning desk.', exaggeration: 0.5, seed: 42 });
    expect(wav.headers.get('content-type')).toBe('audio/wav');
    expect(wav.headers.get('content-length')).toBeNull();
    expect(wav.headers.get('content-disposition')).toMatch(
      /^attachment; filename="tts_output_T08_E05_W05_\d{8}_\d{6}\.wav"$/u,
    );
    const first = (await wav.clone().body?.getReader().read())?.value;
    expect((first?.length ?? 0) % 2).toBe(1);
    const file = await bytes(wav);
    expect(file.subarray(0, 40).toString('hex')).toBe(
      `52494646${file.subarray(4, 8).toString('hex')}57415645666d74201000000001000100c05d000080bb00000200100064617461`,
    );
    expect(file.readUInt32LE(40)).toBe(file.length - 44);
    expect(file.readUInt32LE(4)).toBe(file.length - 8);
    expect(Math.max(...bytesToS16(file.subarray(44)))).toBeGreaterThan(1000);
    for (const [format, magic] of [
      ['mp3', 'ID3'],
      ['opus', 'OggS'],
    ] as const) {
      const answer = await tts({ output_format: format });
      expect(answer.headers.get('content-type')).toBe(`audio/${format}`);
      expect((await bytes(answer)).toString('latin1', 0, magic.length)).toBe(magic);
    }
  });

  it('the same with the same seed, each voice in its own way, and blank text and a path with dots too', async () => {
    const once = await hash(await tts({ seed: 7 }));
    expect(await hash(await tts({ seed: 7 }))).toBe(once);
    expect(await hash(await tts({ seed: 8 }))).not.toBe(once);
    expect(await hash(await tts({ seed: 7, predefined_voice_id: 'Ryan.wav' }))).not.toBe(once);
    expect((await tts({ text: '   ' })).status).toBe(200);
    expect((await tts({ predefined_voice_id: '../reference_audio/Gianna.wav' })).status).toBe(200);
  });

  const long =
    'First sentence of the stream, it is fairly long. Second sentence that follows. Third and final sentence.';

  it('as a stream of unknown length, shorter than the whole by its pauses', async () => {
    const chunks = { text: long, chunk_size: 50, seed: 3 };
    const streamed = await tts({ ...chunks, stream: true, output_format: 'mp3' });
    expect(streamed.headers.get('content-type')).toBe('audio/wav');
    const sound = await bytes(streamed);
    expect(sound.toString('hex', 0, 8)).toBe('52494646ffffffff');
    expect(sound.toString('hex', 36, 44)).toBe('64617461ffffffff');
    expect(peer.engine.spoken).toHaveLength(3);
    const whole = await bytes(await tts(chunks));
    expect((whole.length - sound.length) / 2).toBe(2 * 24_000 * (0.2 + 0.02));
  });

  it('a stream that fails ends as if all were well', async () => {
    const nothing = await tts({ text: '__FAIL__', stream: true });
    expect([nothing.status, (await bytes(nothing)).length]).toEqual([200, 0]);
    const failing = long.replace('Second', '__FAIL__');
    const cut = await tts({ text: failing, chunk_size: 50, stream: true });
    expect(cut.status).toBe(200);
    expect((await bytes(cut)).length).toBeGreaterThan(44);
    expect(peer.engine.spoken).toHaveLength(1);
  });

  it('to its end, though the client has left', async () => {
    const controller = new AbortController();
    const answer = await fetch(`${peer.url}/tts`, {
      method: 'POST',
      body: JSON.stringify({ text: long, predefined_voice_id: 'Emily.wav', chunk_size: 50, stream: true }),
      signal: controller.signal,
    });
    await answer.body?.getReader().read();
    controller.abort();
    await peer.engine.idle();
    expect(peer.engine.spoken).toHaveLength(3);
  });
});

it('devnen answers nobody while it speaks a whole text, and two only when both are done', async () => {
  const done: string[] = [];
  const spoken = tts({ text: 'One text to speak.' }).then(() => done.push('one'));
  while (peer.engine.atOnce === 0) await new Promise((resolve) => setImmediate(resolve));
  const other = tts({ text: 'Another text.' }).then(() => done.push('two'));
  const info = fetch(`${peer.url}/api/model-info`).then(() => done.push(`info after ${peer.engine.spoken.length}`));
  await Promise.all([spoken, other, info]);
  expect(done.find((what) => what.startsWith('info'))).toMatch(/after [12]$/u);
  expect(peer.engine.spoken.map(({ text }) => text)).toEqual(['One text to speak.', 'Another text.']);
  expect(peer.engine.mostAtOnce).toBe(2);
});

it('an older devnen takes no notice of stream', async () => {
  const old = await createDevnenPeer({ stream: false }).start();
  try {
    const file = await bytes(await tts({ stream: true }, old));
    expect(file.readUInt32LE(40)).toBe(file.length - 44);
  } finally {
    await old.stop();
  }
});

describe('devnen takes recordings', () => {
  it('and skips a name it has without a word', async () => {
    const all = ['Alice.wav', 'Gianna.wav', 'Robert.wav'];
    const kept = {
      message: 'Processed 1 file(s).',
      uploaded_files: ['Alice.wav'],
      all_reference_files: all,
      errors: [],
    };
    expect(await upload('Alice.wav', silence(6))).toEqual([200, kept]);
    const cloned = () => tts({ voice_mode: 'clone', reference_audio_filename: 'Alice.wav', seed: 1 }).then(hash);
    const first = await cloned();
    expect(await upload('Alice.wav', silence(8))).toEqual([200, kept]);
    expect(await cloned()).toBe(first);
    const wrong = { filename: 'x.txt', error: 'Invalid file type. Only .wav and .mp3 are allowed.' };
    expect(await upload('x.txt', silence(1))).toEqual([400, { ...kept, uploaded_files: [], errors: [wrong] }]);
    expect((await upload('My Voice (1).wav', silence(3)))[1]).toMatchObject({ uploaded_files: ['My_Voice_1_.wav'] });
    expect((await upload('long.wav', silence(31)))[0]).toBe(400);
  });

  it('that are too short for turbo only when they are spoken with', async () => {
    await upload('short.wav', silence(4));
    const answer = await tts({ voice_mode: 'clone', reference_audio_filename: 'short.wav' });
    expect(await said(answer)).toEqual([500, { detail: 'TTS engine failed to synthesize audio for chunk 1.' }]);
  });
});

it('devnen changes its model when it is told to, and speaks other languages then', async () => {
  await post('/save_settings', { model: { repo_id: 'chatterbox-multilingual' } });
  expect(await (await fetch(`${peer.url}/api/model-info`)).json()).toMatchObject({ type: 'turbo' });
  expect(await said(await post('/restart_server', {}))).toMatchObject([200, { restart_needed: false }]);
  expect(await (await fetch(`${peer.url}/api/model-info`)).json()).toMatchObject({ type: 'multilingual' });
  const [french, english] = [await tts({ language: 'fr', seed: 5 }), await tts({ language: 'en', seed: 5 })];
  expect(await hash(french)).not.toBe(await hash(english));
  expect((await tts({ language: 'xx' })).status).toBe(500);
  expect(await said(await post('/api/unload', {}))).toEqual([200, { status: 'unloaded' }]);
  expect(await said(await tts({}))).toEqual([
    503,
    { detail: 'TTS engine model is not currently loaded or available.' },
  ]);
});

it('devnen can be told to do wrong, and can be killed while it speaks', async () => {
  await post('/restart_server', {});
  peer.faults.add({ kind: 'status', status: 503 });
  expect(await said(await tts({}))).toEqual([503, { detail: 'Service Unavailable' }]);
  const slow = await createDevnenPeer({ paceMs: 60_000 }).start();
  const begun = gate();
  const answer = tts({}, slow).catch(() => begun.open());
  while (slow.engine.atOnce === 0) await new Promise((resolve) => setImmediate(resolve));
  await slow.stop();
  await Promise.all([answer, begun.opened]);
  expect(slow.engine.atOnce).toBe(0);
});
