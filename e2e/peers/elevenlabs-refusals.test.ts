import { expect, it } from 'vitest';
import { z } from 'zod';
import type { ElevenLabsOptions } from './elevenlabs.ts';
import { bytes, codeOf, get, LENA, said, speak, started, TEXT } from './elevenlabs-calls.ts';

it.each<[string, ElevenLabsOptions, object, { voice?: string; format?: string }, [number, string]]>([
  ['no credit', { credits: 5 }, { text: TEXT }, {}, [402, 'insufficient_credits']],
  [
    'a voice of the library on the free plan',
    { plan: 'free' },
    { text: TEXT },
    { voice: LENA },
    [402, 'paid_plan_required'],
  ],
  ['44.1 kHz PCM', {}, { text: TEXT }, { format: 'pcm_44100' }, [403, 'subscription_required']],
  ['192 kbit/s', { plan: 'starter' }, { text: TEXT }, { format: 'mp3_44100_192' }, [403, 'subscription_required']],
  ['a voice that is not there', {}, { text: TEXT }, { voice: 'x'.repeat(20) }, [404, 'voice_not_found']],
  ['a voice that cannot be', {}, { text: TEXT }, { voice: 'x' }, [400, 'invalid_voice_id']],
  ['a model that is not there', {}, { text: TEXT, model_id: 'x' }, {}, [404, 'model_not_found']],
  [
    'a model that does not speak',
    {},
    { text: TEXT, model_id: 'eleven_multilingual_sts_v2' },
    {},
    [400, 'unsupported_model'],
  ],
  [
    'v4 where it is not to be had',
    { v4: false },
    { text: TEXT, model_id: 'eleven_v4' },
    {},
    [400, 'unsupported_model'],
  ],
  [
    'text before it on v3',
    {},
    { text: TEXT, model_id: 'eleven_v3', previous_text: 'a' },
    {},
    [400, 'unsupported_model'],
  ],
  [
    'another stability on v3',
    { v3Steps: true },
    { text: TEXT, model_id: 'eleven_v3', voice_settings: { stability: 0.3 } },
    {},
    [400, 'invalid_ttd_stability'],
  ],
  ['too fast', {}, { text: TEXT, voice_settings: { speed: 1.3 } }, {}, [400, 'invalid_voice_settings']],
  ['too long', {}, { text: 'a'.repeat(5001), model_id: 'eleven_v3' }, {}, [400, 'text_too_long']],
  ['nothing', {}, { text: ' ' }, {}, [400, 'empty_text']],
  ['a key for other things', { permissions: ['voices_read'] }, { text: TEXT }, {}, [403, 'insufficient_permissions']],
])('refuses %s', async (_, options, body, where, expected) => {
  const peer = await started(options);
  expect(await codeOf(await speak(peer, body, where))).toEqual(expected);
  expect(peer.account.billed).toEqual([]);
});

it('refuses in every shape that was seen', async () => {
  const message = 'A voice with the voice_id xxxxxxxxxxxxxxxxxxxx was not found.';
  const of = async (refusals: ElevenLabsOptions['refusals']) =>
    said(await speak(await started(refusals ? { refusals } : {}), { text: TEXT }, { voice: 'x'.repeat(20) }));
  expect(await of('current')).toEqual([
    404,
    {
      type: 'not_found',
      code: 'voice_not_found',
      status: 'voice_not_found',
      message,
      param: 'voice_id',
      request_id: expect.any(String),
    },
  ]);
  expect(await of('older')).toEqual([404, { status: 'voice_not_found', message }]);
  expect(await of('words')).toEqual([404, message]);
  const peer = await started({ refusals: 'older', credits: 0 });
  expect(await said(await speak(peer, { text: TEXT }))).toMatchObject([401, { status: 'quota_exceeded' }]);
});

it('finds out what is not as the document has it', async () => {
  const peer = await started();
  const issues = async (response: Promise<Response>) => {
    const [status, detail] = await said(await response);
    return [
      status,
      z
        .array(z.object({ loc: z.unknown() }))
        .parse(detail)
        .map(({ loc }) => loc),
    ];
  };
  expect(await issues(speak(peer, {}))).toEqual([422, [['body', 'text']]]);
  expect(await issues(speak(peer, { text: 1, voice_settings: { stability: 2 } }))).toEqual([
    422,
    [
      ['body', 'text'],
      ['body', 'voice_settings', 'stability'],
    ],
  ]);
  expect(await issues(speak(peer, { text: TEXT }, { format: 'wav_44100' }))).toEqual([
    422,
    [['query', 'output_format']],
  ]);
  expect(await issues(get(peer, '/v2/voices?page_size=many'))).toEqual([422, [['query', 'page_size']]]);
  expect(peer.invalid.map(({ path }) => path.split('/')[1])).toEqual(['v1', 'v1', 'v1', 'v2']);
  await bytes(
    await speak(peer, { text: TEXT, txet: 'a', model_id: 'eleven_flash_v2_5', voice_settings: { style: 1 } }),
  );
  expect(peer.ignored).toEqual(['body txet', 'eleven_flash_v2_5 style']);
});

it('refuses at once what is more than the plan allows at the same time', async () => {
  const peer = await started({ plan: 'free' });
  peer.faults.add({ kind: 'stall-during', afterBytes: 0 }, 2);
  const running = [await speak(peer, { text: TEXT }), await speak(peer, { text: TEXT })];
  expect(await said(await speak(peer, { text: TEXT }))).toMatchObject([
    429,
    { code: 'concurrent_limit_exceeded', status: 'too_many_concurrent_requests' },
  ]);
  // The fast models have places of their own.
  const fast = await speak(peer, { text: TEXT, model_id: 'eleven_flash_v2_5' });
  expect(fast.headers.get('maximum-concurrent-requests')).toBe('4');
  await bytes(fast);
  for (const { body } of running) await body?.cancel();
  await expect.poll(async () => (await speak(peer, { text: TEXT })).status, { timeout: 20_000 }).toBe(200);
});

it('refuses as it is told to, and bills nothing for it', async () => {
  const peer = await started();
  for (const [status, code] of [
    [401, 'invalid_api_key'],
    [402, 'insufficient_credits'],
    [403, 'insufficient_permissions'],
    [404, 'voice_not_found'],
    [429, 'rate_limit_exceeded'],
    [500, 'internal_error'],
    [503, 'service_unavailable'],
  ] as const) {
    peer.faults.add({ kind: 'status', status });
    expect(await codeOf(await speak(peer, { text: TEXT }))).toEqual([status, code]);
  }
  peer.faults.add({ kind: 'status', status: 422 });
  expect((await said(await speak(peer, { text: TEXT })))[0]).toBe(422);
  expect(peer.account.billed).toEqual([]);
});
