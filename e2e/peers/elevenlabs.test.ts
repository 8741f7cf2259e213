import { MPEGDecoder } from 'mpg123-decoder';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { bytes, codeOf, get, LENA, RACHEL, said, speak, started, TEXT } from './elevenlabs-calls.ts';
import { answerIssues } from './elevenlabs-document.ts';

it('answers as the document has it', async () => {
  const peer = await started();
  for (const [path, template] of [
    ['/v1/models', '/v1/models'],
    ['/v2/voices', '/v2/voices'],
    [`/v1/voices/${RACHEL}`, '/v1/voices/{voice_id}'],
    [`/v1/voices/${LENA}`, '/v1/voices/{voice_id}'],
    [`/v1/voices/${RACHEL}/settings`, '/v1/voices/{voice_id}/settings'],
    ['/v1/voices/settings/default', '/v1/voices/settings/default'],
    ['/v1/user/subscription', '/v1/user/subscription'],
  ] as const) {
    const answer = await get(peer, path);
    expect(answer.status).toBe(200);
    expect([path, answerIssues('GET', template, await answer.json())]).toEqual([path, []]);
  }
  for (const end of ['/with-timestamps', '/stream/with-timestamps']) {
    const lines = (await (await speak(peer, { text: TEXT }, { end })).text()).trim().split('\n');
    for (const line of lines) {
      expect(answerIssues('POST', `/v1/text-to-speech/{voice_id}${end}`, JSON.parse(line))).toEqual([]);
    }
  }
  expect(await said(await get(peer, '/v1/nothing'))).toEqual([404, 'Not Found']);
  expect(peer.invalid).toEqual([]);
});

it('has voices page by page, the default ones all on the first', async () => {
  const peer = await started({ clones: 230 });
  const Page = z.object({
    voices: z.array(z.object({ voice_id: z.string() })),
    has_more: z.boolean(),
    next_page_token: z.string().nullable(),
  });
  const sizes: number[] = [];
  const ids = new Set<string>();
  for (let token: string | null = ''; token !== null; ) {
    const path = `/v2/voices?page_size=100${token && `&next_page_token=${token}`}`;
    const page: z.infer<typeof Page> = Page.parse(await (await get(peer, path)).json());
    expect(page.has_more).toBe(page.next_page_token !== null);
    sizes.push(page.voices.length);
    for (const { voice_id } of page.voices) ids.add(voice_id);
    token = page.next_page_token;
  }
  expect(sizes).toEqual([112, 100, 31]);
  expect(ids.size).toBe(243);
  expect(await codeOf(await get(peer, '/v2/voices?page_size=101'))).toEqual([400, 'invalid_parameters']);
});

it('speaks raw samples in pieces that end within one, and says what they cost', async () => {
  const peer = await started();
  const answer = await speak(peer, { text: TEXT, model_id: 'eleven_flash_v2_5' });
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'audio/pcm',
    'character-cost': '14',
    'current-concurrent-requests': '1',
    'maximum-concurrent-requests': '10',
    'request-id': expect.stringMatching(/^\w{20}$/u),
  });
  const sound = await bytes(answer);
  expect(sound.length % 2).toBe(0);
  expect(sound.length / 2 / 24_000).toBeGreaterThan(2);
  expect(peer.account.billed).toMatchObject([{ characters: 66, credits: 14, model: 'eleven_flash_v2_5' }]);
  const subscription = await (await get(peer, '/v1/user/subscription')).json();
  expect(subscription).toMatchObject({ tier: 'creator', character_count: 14, character_limit: 121_000 });
  const reader = (await speak(peer, { text: TEXT })).body?.getReader();
  expect(((await reader?.read())?.value?.length ?? 0) % 2).toBe(1);
  await reader?.cancel();
});

it('speaks each rate and each voice as it is', async () => {
  const peer = await started({ plan: 'pro' });
  const seconds = async (format: string, rate: number) =>
    (await bytes(await speak(peer, { text: TEXT, seed: 1 }, { format }))).length / 2 / rate;
  const base = await seconds('pcm_24000', 24_000);
  for (const rate of [8000, 16_000, 44_100, 48_000]) {
    expect(await seconds(`pcm_${rate}`, rate)).toBeCloseTo(base, 2);
  }
  const mp3 = await speak(peer, { text: TEXT, seed: 1 }, { format: 'mp3_22050_32' });
  expect(mp3.headers.get('content-type')).toBe('audio/mpeg');
  const decoder = new MPEGDecoder();
  await decoder.ready;
  const decoded = decoder.decode(await bytes(mp3));
  decoder.free();
  expect(decoded.sampleRate).toBe(22_050);
  expect(decoded.samplesDecoded / 22_050).toBeCloseTo(base, 0);
  const other = await bytes(await speak(peer, { text: TEXT, seed: 1 }, { voice: 'JBFqnCBsd6RMkjVDRZzb' }));
  expect(other.length / 48_000).not.toBe(base);
});

it('goes by speed where the model does, by the stored settings, and by nothing on v3', async () => {
  const peer = await started();
  const length = async (model_id: string, speed?: number, voice = RACHEL) => {
    const settings = speed === undefined ? {} : { voice_settings: { speed } };
    return (await bytes(await speak(peer, { text: TEXT, model_id, seed: 1, ...settings }, { voice }))).length;
  };
  const flash = await length('eleven_flash_v2_5');
  expect(await length('eleven_flash_v2_5', 1.2)).toBeLessThan(flash);
  expect(await length('eleven_v3', 1.2)).toBe(await length('eleven_v3'));
  const clone = 'Clone000000000000001';
  expect(await length('eleven_flash_v2_5', undefined, clone)).toBeLessThan(await length('eleven_flash_v2_5', 1, clone));
  expect(peer.ignored).toEqual(['eleven_v3 speed']);
});

it('speaks no stage directions on v3, and reads them aloud elsewhere', async () => {
  const peer = await started();
  for (const model_id of ['eleven_v3', 'eleven_multilingual_v2']) {
    await bytes(await speak(peer, { text: '[whispers slowly] Good morning.', model_id }));
  }
  expect(peer.engine.spoken.map(({ text }) => text)).toEqual(['Good morning.', 'whispers slowly Good morning.']);
});

it('tells when each character is heard', async () => {
  const peer = await started();
  const Timed = z.object({
    audio_base64: z.string(),
    alignment: z
      .object({ characters: z.array(z.string()), character_end_times_seconds: z.array(z.number()) })
      .nullable(),
  });
  const lines = (await (await speak(peer, { text: TEXT }, { end: '/stream/with-timestamps' })).text())
    .trim()
    .split('\n')
    .map((line) => Timed.parse(JSON.parse(line)));
  expect(lines.flatMap(({ alignment }) => alignment?.characters ?? []).join('')).toBe(TEXT);
  expect(lines.some(({ alignment }) => alignment === null)).toBe(true);
  const sound = Buffer.concat(lines.map(({ audio_base64 }) => Buffer.from(audio_base64, 'base64')));
  const ends = lines.flatMap(({ alignment }) => alignment?.character_end_times_seconds ?? []);
  expect(ends).toEqual([...ends].sort((a, b) => a - b));
  expect(ends.at(-1)).toBeCloseTo(sound.length / 48_000, 2);
});

it('asks for a key, but not for previews', async () => {
  const peer = await started();
  expect(await codeOf(await get(peer, '/v1/models', {}))).toEqual([401, 'missing_api_key']);
  expect(await codeOf(await get(peer, '/v1/models', { 'xi-api-key': 'sk_other' }))).toEqual([401, 'invalid_api_key']);
  const voice = z.object({ preview_url: z.string() }).parse(await (await get(peer, `/v1/voices/${RACHEL}`)).json());
  const preview = await fetch(voice.preview_url);
  expect([preview.status, preview.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
  expect((await bytes(preview)).length).toBeGreaterThan(8000);
});
