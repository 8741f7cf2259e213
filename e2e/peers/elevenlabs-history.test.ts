import { expect, it } from 'vitest';
import { z } from 'zod';
import { decodeAudioFile } from '../../engine/import/importer.ts';
import { bytes, codeOf, get, LENA, RACHEL, speak, started, TEXT } from './elevenlabs-calls.ts';
import { answerIssues } from './elevenlabs-document.ts';
import type { PastGeneration } from './elevenlabs-history.ts';
import { PAST_SPEECH } from './elevenlabs-past.ts';

const Item = z.looseObject({
  history_item_id: z.string(),
  voice_id: z.string().nullable(),
  text: z.string().nullable(),
});
const Page = z.object({
  history: z.array(Item),
  last_history_item_id: z.string().nullable(),
  has_more: z.boolean(),
  scanned_until: z.number().nullable(),
});

const line = (text: string, more: Partial<PastGeneration> = {}): PastGeneration => ({ voice: RACHEL, text, ...more });
const lines = (count: number) => Array.from({ length: count }, (_, at) => line(`Line ${at + 1}.`));
const listed = async (peer: Awaited<ReturnType<typeof started>>, query = '') =>
  Page.parse(await (await get(peer, `/v1/history${query}`)).json());
const texts = async (...asked: Parameters<typeof listed>) => (await listed(...asked)).history.map(({ text }) => text);

it('tells what was spoken as the document has it, the newest first', async () => {
  const dialogue = [{ voice: LENA, text: 'Nein.' }];
  const peer = await started({ past: [line('Long ago.'), line('Yes?', { model: 'eleven_v3', dialogue })] });
  await bytes(await speak(peer, { text: TEXT, model_id: 'eleven_flash_v2_5', voice_settings: { stability: 0.7 } }));
  const answer = await (await get(peer, '/v1/history')).json();
  expect(answerIssues('GET', '/v1/history', answer)).toEqual([]);
  const { history, has_more, last_history_item_id } = Page.parse(answer);
  expect(history).toMatchObject([
    {
      voice_id: RACHEL,
      voice_name: 'Rachel',
      model_id: 'eleven_flash_v2_5',
      text: TEXT,
      character_count_change_from: 0,
      character_count_change_to: 14,
      settings: { stability: 0.7, similarity_boost: 0.75, style: 0, use_speaker_boost: true, speed: 1 },
      source: 'TTS',
      state: 'created',
      output_format: 'pcm_24000',
      content_type: 'audio/mpeg',
    },
    { voice_id: null, text: null, dialogue: [{ text: 'Yes?' }, { text: 'Nein.', voice_id: LENA, voice_name: 'Lena' }] },
    { text: 'Long ago.', model_id: 'eleven_multilingual_v2', date_unix: 1_760_000_000 },
  ]);
  expect([has_more, last_history_item_id]).toEqual([false, history[2]?.history_item_id]);
  for (const { history_item_id } of history) {
    const item = await (await get(peer, `/v1/history/${history_item_id}`)).json();
    expect(answerIssues('GET', '/v1/history/{history_item_id}', item)).toEqual([]);
  }
  // Nothing of it was paid for a second time.
  expect(peer.account.billed).toHaveLength(1);
});

it('goes on after an item, page by page', async () => {
  const peer = await started({ past: lines(7) });
  expect(await texts(peer, '?page_size=3')).toEqual(['Line 7.', 'Line 6.', 'Line 5.']);
  const first = await listed(peer, '?page_size=3');
  expect(first).toMatchObject({ has_more: true, scanned_until: 1_760_000_240 });
  const second = await listed(peer, `?page_size=4&start_after_history_item_id=${first.last_history_item_id}`);
  expect(second.history.map(({ text }) => text)).toEqual(['Line 4.', 'Line 3.', 'Line 2.', 'Line 1.']);
  expect(second.has_more).toBe(false);
  expect(await texts(peer, '?start_after_history_item_id=nobody')).toEqual([]);
  expect(await texts(peer, '?sort_direction=asc&page_size=2')).toEqual(['Line 1.', 'Line 2.']);
});

it('lists what is asked for alone: by voice, source, model, words and time', async () => {
  const peer = await started({
    past: [
      line('One.'),
      line('Two.', { voice: LENA, model: 'eleven_v3' }),
      line('Three.', { source: 'Projects' }),
      line('Four.', { voice: 'Gone0000000000000001', at: 1_770_000_000 }),
    ],
  });
  expect(await texts(peer, `?voice_id=${LENA}`)).toEqual(['Two.']);
  expect(await texts(peer, '?source=TTS')).toEqual(['Four.', 'Two.', 'One.']);
  expect(await texts(peer, '?source=TTS&model_id=eleven_v3')).toEqual(['Two.']);
  expect(await texts(peer, '?search=thr')).toEqual(['Three.']);
  expect(await texts(peer, '?date_after_unix=1760000060&date_before_unix=1770000000')).toEqual(['Three.', 'Two.']);
  expect(await codeOf(await get(peer, '/v1/history?model_id=eleven_v3'))).toEqual([400, 'invalid_parameters']);
  expect(await codeOf(await get(peer, '/v1/history?page_size=1001'))).toEqual([400, 'invalid_parameters']);
  expect((await get(peer, '/v1/history?source=Dubbing')).status).toBe(422);
  expect(peer.invalid).toMatchObject([{ path: '/v1/history' }]);
});

it('gives the very sound again, and what was spoken before as real speech', async () => {
  const peer = await started({ past: [line('This was said a long time ago.', { format: 'pcm_16000' })] });
  const spoken = await bytes(await speak(peer, { text: TEXT }));
  const [newest = '', old = ''] = peer.history.ids;
  const heard = async (id: string) => {
    const answer = await get(peer, `/v1/history/${id}/audio`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'audio/mpeg']);
    const { samples, sampleRate } = await decodeAudioFile(await bytes(answer), 'past');
    return samples.length / sampleRate;
  };
  // MP3 has a little silence around it.
  expect(Math.abs((await heard(newest)) - spoken.length / 48_000)).toBeLessThan(0.15);
  const seconds = await heard(old);
  expect(seconds).toBeGreaterThan(1);
  expect(await heard(old)).toBe(seconds);
});

it('gives a sound as it was asked for where it is told to', async () => {
  const peer = await started({ past: [line('Hello.', { format: 'pcm_16000' })], originalSounds: true });
  const [id = ''] = peer.history.ids;
  const answer = await get(peer, `/v1/history/${id}/audio`);
  expect(answer.headers.get('content-type')).toBe('audio/pcm');
  expect((await bytes(answer)).length % 2).toBe(0);
  expect((await listed(peer)).history).toMatchObject([{ content_type: 'audio/pcm', output_format: 'pcm_16000' }]);
});

it('has nothing of what was deleted, is not made yet, or was asked for without logging', async () => {
  const peer = await started({ past: [line('One.'), line('Two.', { state: 'processing' })] });
  const [two = '', one = ''] = peer.history.ids;
  peer.history.delete(one);
  for (const path of [`/${one}`, `/${one}/audio`, `/${two}/audio`, '/nobody/audio']) {
    expect(await codeOf(await get(peer, `/v1/history${path}`))).toEqual([404, 'history_item_not_found']);
  }
  await bytes(await speak(peer, { text: TEXT }, { format: 'pcm_24000&enable_logging=false' }));
  expect(await texts(peer)).toEqual(['Two.']);
});

it('wants a key that may read it', async () => {
  const peer = await started({ permissions: ['text_to_speech', 'voices_read'], past: [line('One.')] });
  const [id = ''] = peer.history.ids;
  for (const path of ['', `/${id}`, `/${id}/audio`]) {
    expect(await codeOf(await get(peer, `/v1/history${path}`))).toEqual([403, 'insufficient_permissions']);
    expect(await codeOf(await get(peer, `/v1/history${path}`, {}))).toEqual([401, 'missing_api_key']);
  }
});

it('spoils a past sound as it is told to', async () => {
  const peer = await started({ past: [line('One.')] });
  const [id = ''] = peer.history.ids;
  peer.faults.add({ kind: 'cut', afterBytes: 1000 });
  await expect(get(peer, `/v1/history/${id}/audio`).then(bytes)).rejects.toThrow();
});

it('has a past for newcomers, in voices that are heard', async () => {
  const peer = await started({ past: PAST_SPEECH });
  expect((await listed(peer)).history).toHaveLength(PAST_SPEECH.length);
  for (const id of peer.history.ids.slice(-2)) {
    expect((await bytes(await get(peer, `/v1/history/${id}/audio`))).length).toBeGreaterThan(20_000);
  }
});
