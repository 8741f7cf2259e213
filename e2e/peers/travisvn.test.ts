import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTravisvnPeer } from './travisvn.ts';

const peer = createTravisvnPeer();

const post = (path: string, body: unknown, at = peer) =>
  fetch(at.url + path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
const speak = (body: object) => post('/v1/audio/speech', { input: 'Hi', ...body });
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());
const said = async (response: Response) => [response.status, await response.json()];
const get = async (path: string) => said(await fetch(peer.url + path));
const form = (path: string, fields: Record<string, string | File>, method = 'POST') => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return fetch(peer.url + path, { method, body });
};
const recording = (name: string) => new File([new TextEncoder().encode(`RIFF of ${name}`)], name);
const keep = (voice_name: string, more: Record<string, string | File> = {}) =>
  form('/voices', { voice_name, voice_file: recording('Emily.wav'), ...more });

const TWO = {
  input: 'First sentence of the stream here, it is long enough to be alone, I think so. And then the second.',
  streaming_chunk_size: 80,
};
const BROKEN = { ...TWO, input: TWO.input.replace('the second', '__FAIL__') };

const Usage = z.object({ input_tokens: z.number(), output_tokens: z.number(), total_tokens: z.number() });

/** The events of a stream. */
const eventsOf = (text: string) =>
  text
    .trim()
    .split('\n\n')
    .map((event) => z.looseObject({ type: z.string() }).parse(JSON.parse(event.replace(/^data: /u, ''))));

/** What came of an answer that was cut. */
async function cut(response: Response): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  await expect(async () => {
    for await (const piece of response.body ?? []) pieces.push(piece);
  }).rejects.toThrow();
  return Buffer.concat(pieces);
}

beforeAll(() => peer.start());
afterEach(() => {
  peer.engine.spoken.length = 0;
});
afterAll(() => peer.stop());

it('travisvn says what it is', async () => {
  expect(await get('/ping')).toEqual([200, { status: 'ok', message: 'Server is running' }]);
  const health = JSON.parse(
    '{"status":"healthy","model_loaded":true,"device":"cpu","config":{"max_chunk_length":280,"max_total_length":3000,"voice_sample_path":"./voice-sample.mp3","default_exaggeration":0.5,"default_cfg_weight":0.5,"default_temperature":0.8},"memory_info":{"cpu_memory_mb":87.54296875,"cpu_memory_percent":0.36316501118777045},"initialization_state":"ready","initialization_progress":"Model ready","initialization_error":null}',
  );
  expect(await get('/health')).toEqual([200, health]);
  expect(await get('/status')).toEqual([200, health]);
  expect(await get('/v1/status')).toEqual([
    200,
    JSON.parse(
      '{"status":"idle","is_processing":false,"request_id":null,"start_time":null,"duration_seconds":null,"text_length":null,"text_preview":null,"voice_source":null,"parameters":null,"progress":null,"error_message":null,"memory_usage":null,"total_requests":0,"message":"No active requests"}',
    ),
  ]);
  expect(JSON.stringify((await get('/config'))[1])).toHaveLength(608);
  const languages = JSON.stringify((await get('/languages'))[1]);
  expect(languages).toHaveLength(727);
  expect(languages).toMatch(/"code":"tr","name":"Turkish"\}\],"count":22,"model_type":"multilingual"\}$/u);
  const model = { id: 'chatterbox-tts-1', object: 'model', created: 1677649963, owned_by: 'resemble-ai' };
  expect(await get('/v1/models')).toEqual([200, { object: 'list', data: [model] }]);
  for (const path of ['/voices', '/v1/voices']) expect(await get(path)).toEqual([200, { voices: [], count: 0 }]);
  expect(await get('/v1/audio/voices')).toEqual([404, { detail: 'Not Found' }]);
});

it('travisvn refuses in its own words, and in FastAPI’s', async () => {
  const wrong = (type: string, field: string, msg: string, input: unknown, ctx: object) => [
    422,
    { detail: [{ type, loc: ['body', field], msg, input, ctx }] },
  ];
  expect(await said(await speak({ input: '' }))).toEqual(
    wrong('string_too_short', 'input', 'String should have at least 1 character', '', { min_length: 1 }),
  );
  expect(await said(await speak({ input: '   ' }))).toEqual(
    wrong('value_error', 'input', 'Value error, Input text cannot be empty', '   ', { error: {} }),
  );
  expect(await said(await speak({ exaggeration: 9 }))).toEqual(
    wrong('less_than_equal', 'exaggeration', 'Input should be less than or equal to 2', 9, { le: 2 }),
  );
  expect(await said(await speak({ stream_format: 'x' }))).toEqual(
    wrong('value_error', 'stream_format', 'Value error, stream_format must be one of: audio, sse', 'x', { error: {} }),
  );
  const long = 'word '.repeat(700);
  expect(await said(await speak({ input: long }))).toEqual(
    wrong('string_too_long', 'input', 'String should have at most 3000 characters', long, { max_length: 3000 }),
  );
  const message = 'TTS generation failed: CUDA error: device-side assert triggered (fake)';
  expect(await said(await speak({ input: '__FAIL__' }))).toEqual([
    500,
    { error: { message, type: 'generation_error' } },
  ]);
  expect((await said(await post('/v1/audio/speech', '{"input":')))[1]).toMatchObject({
    detail: [{ loc: ['body', 9] }],
  });
});

describe('travisvn speaks', () => {
  it('whole: a float file, whatever was asked for', async () => {
    const answer = await speak({ input: 'Hello from the tuning desk.', response_format: 'mp3', speed: 1.5 });
    expect(answer.headers.get('content-type')).toBe('audio/wav');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename=speech.wav');
    expect(answer.headers.get('content-length')).toBeNull();
    const file = await bytes(answer);
    expect(file.toString('hex', 8, 44)).toBe(
      '57415645666d74201000000003000100c05d000000770100040020006661637404000000',
    );
    expect(file.readUInt32LE(4)).toBe(file.length - 8);
    expect(file.readUInt32LE(44)).toBe((file.length - 80) / 4);
    expect(file.toString('latin1', 48, 52)).toBe('PEAK');
    expect(file.toString('latin1', 72, 76)).toBe('data');
    let loudest = 0;
    for (let at = 80; at < file.length; at += 4) loudest = Math.max(loudest, Math.abs(file.readFloatLE(at)));
    expect(loudest).toBeCloseTo(file.readFloatLE(64), 6);
    expect(loudest).toBeGreaterThan(0.05);
  });

  it('as a stream, and as events', async () => {
    const answer = await post('/v1/audio/speech/stream', TWO);
    expect(answer.headers.get('x-accel-buffering')).toBe('no');
    const sound = await bytes(answer);
    expect(sound.toString('hex', 0, 8)).toBe('52494646dbffff7f');
    expect(sound.toString('hex', 36, 44)).toBe('64617461ffffffff');
    expect(peer.engine.spoken).toHaveLength(2);

    const told = await speak({ ...TWO, stream_format: 'sse' });
    expect(told.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const events = eventsOf(await told.text());
    expect(events[0]).toEqual({ type: 'speech.audio.info', sample_rate: 24000, channels: 1, bits_per_sample: 16 });
    expect(events.map(({ type }) => type).slice(1)).toEqual([
      'speech.audio.delta',
      'speech.audio.delta',
      'speech.audio.done',
    ]);
    expect(Usage.parse(events.at(-1)?.usage).total_tokens).toBeGreaterThan(0);
  });

  it('a stream that fails is cut, and so is one that begins without a model', async () => {
    expect((await cut(await post('/v1/audio/speech/stream', BROKEN))).length).toBeGreaterThan(10_000);
    const events = eventsOf((await cut(await speak({ ...BROKEN, stream_format: 'sse' }))).toString());
    expect(events.map(({ type }) => type)).toEqual(['speech.audio.info', 'speech.audio.delta']);
    const loading = await createTravisvnPeer({ state: 'initializing' }).start();
    try {
      expect((await cut(await post('/audio/speech/stream', TWO, loading))).length).toBe(44);
      const notLoaded = { error: { message: 'Model not loaded', type: 'model_error' } };
      expect(await said(await post('/audio/speech', TWO, loading))).toEqual([500, notLoaded]);
    } finally {
      await loading.stop();
    }
  });

  it('with a recording that comes along, but never as events', async () => {
    const fields = { input: 'Hello from an uploaded voice', voice_file: recording('Ryan.wav') };
    expect((await form('/v1/audio/speech/upload', fields)).headers.get('content-disposition')).toMatch(/speech\.wav$/u);
    expect((await bytes(await form('/v1/audio/speech/stream/upload', fields))).toString('latin1', 0, 4)).toBe('RIFF');
    expect(peer.engine.spoken.map(({ voice }) => voice)).toEqual(['uploaded', 'uploaded']);
    const told = await cut(await form('/v1/audio/speech/upload', { ...fields, stream_format: 'sse' }));
    expect(told.length).toBe(90);
  });

  it('with another voice than was asked for, without a word', async () => {
    expect((await keep('someone')).status).toBe(201);
    for (const voice of ['someone', 'nobody']) expect((await speak({ voice })).status).toBe(200);
    expect(peer.engine.spoken.map(({ voice }) => voice)).toEqual(['someone', 'default']);
    await fetch(`${peer.url}/voices/someone`, { method: 'DELETE' });
  });
});

it('travisvn keeps voices with languages and aliases', async () => {
  expect(await said(await keep('emily'))).toMatchObject([
    201,
    { message: 'Voice uploaded successfully', voice: { name: 'emily', filename: 'emily.wav', language: 'en' } },
  ]);
  const error = (status: number, message: string, type: string) => [status, { error: { message, type } }];
  expect(await said(await keep('emily'))).toEqual(error(409, "Voice 'emily' already exists", 'voice_exists_error'));
  const languages = 'ar, da, de, el, en, es, fi, fr, he, hi, it, ja, ko, ms, nl, no, pl, pt, ru, sv, sw, tr';
  expect(await said(await keep('e2', { language: 'zh' }))).toEqual(
    error(400, `Unsupported language: zh. Supported languages: ${languages}`, 'invalid_request_error'),
  );
  const formats = 'Unsupported audio format: .txt. Supported formats: .m4a, .wav, .flac, .mp3, .ogg';
  expect(await said(await keep('e3', { voice_file: recording('x.txt') }))).toEqual(
    error(400, formats, 'invalid_request_error'),
  );
  await keep('henry', { language: 'fr' });
  expect(await said(await form('/voices/emily/aliases', { alias: 'nova' }))).toEqual([
    201,
    { message: 'Alias added successfully', voice_name: 'emily', alias: 'nova', aliases: ['nova'] },
  ]);
  const { voices } = z
    .object({ voices: z.array(z.looseObject({ name: z.string() })) })
    .parse((await get('/voices'))[1]);
  expect(voices.map(({ name }) => name)).toEqual(['henry', 'emily']);
  expect(Object.keys(voices[0] ?? {}).join()).toBe(
    'name,filename,original_filename,file_extension,file_size,file_hash,upload_date,path,language,aliases,exists',
  );
  for (const missing of ['all-names', 'nobody']) {
    expect(await get(`/voices/${missing}`)).toEqual(
      error(404, `Voice '${missing}' not found`, 'voice_not_found_error'),
    );
  }
  for (const voice of ['nova', 'henry']) await speak({ voice });
  expect(peer.engine.spoken.map(({ voice }) => voice)).toEqual(['emily', 'henry']);
  await form('/voices/default', { voice_name: 'henry' });
  await speak({ voice: 'nobody' });
  expect(peer.engine.spoken.at(-1)?.voice).toBe('henry');
  expect(await said(await form('/voices/emily', { new_name: 'emma' }, 'PUT'))).toMatchObject([
    200,
    { new_name: 'emma' },
  ]);
  expect((await fetch(`${peer.url}/voices/emma/aliases/nova`, { method: 'DELETE' })).status).toBe(200);
  expect((await fetch(`${peer.url}/voices/emma/download`)).headers.get('content-type')).toBe('audio/wav');
  for (const name of ['emma', 'henry']) await fetch(`${peer.url}/voices/${name}`, { method: 'DELETE' });
  expect(await get('/voices')).toEqual([200, { voices: [], count: 0 }]);
});

it('travisvn tells how far it is, and goes on though its client has left', async () => {
  const slow = await createTravisvnPeer().start();
  const goOn = slow.engine.hold();
  try {
    const controller = new AbortController();
    const body = JSON.stringify(TWO);
    const answer = await fetch(`${slow.url}/v1/audio/speech/stream`, {
      method: 'POST',
      body,
      signal: controller.signal,
    });
    expect(await (await fetch(`${slow.url}/v1/status`)).json()).toMatchObject({
      is_processing: true,
      status: 'generating_audio',
      progress: { current_chunk: 1, total_chunks: 2, progress_percentage: 50 },
    });
    await answer.body?.getReader().read();
    controller.abort();
    goOn();
    await slow.engine.idle();
    expect(slow.engine.spoken).toHaveLength(2);
    expect(await (await fetch(`${slow.url}/v1/status`)).json()).toMatchObject({ status: 'idle', total_requests: 1 });
  } finally {
    await slow.stop();
  }
});

it('travisvn mixes up the voices of two requests at once', async () => {
  await keep('one');
  await keep('two', { voice_file: recording('Other.wav') });
  const goOn = peer.engine.hold();
  const both = [speak({ voice: 'one' }), speak({ voice: 'two' })];
  while (peer.engine.atOnce < 2) await new Promise((resolve) => setImmediate(resolve));
  goOn();
  await Promise.all(both);
  expect(peer.engine.mostAtOnce).toBe(2);
  expect(new Set(peer.engine.spoken.map(({ voice }) => voice)).size).toBe(1);
});
