import { describe, expect, test } from 'vitest';
import { fault, toFault } from '../../shared/errors.ts';
import { brokenOff, openTake } from './fetch-take.ts';

function opened(answer: () => Promise<Response>, signal = new AbortController().signal) {
  return openTake({ takeId: 'a', provider: 'p', open: answer }, signal, fetch);
}

async function faultOf(answer: () => Promise<Response>) {
  return opened(answer).then(
    () => null,
    (thrown: unknown) => toFault(thrown),
  );
}

describe('a take’s stream', () => {
  test('says its rate, its length where known, and which take answers', async () => {
    const headers = { 'x-timbre-rate': '24000', 'x-timbre-samples': '480', 'x-timbre-take': 'b' };
    expect(await opened(async () => new Response('ab', { headers }))).toMatchObject({
      rate: 24_000,
      samples: 480,
      takeId: 'b',
    });
    const short = await opened(async () => new Response('ab', { headers: { 'x-timbre-rate': '8000' } }));
    expect(short).toMatchObject({ rate: 8000, samples: null, takeId: null });
  });

  test('an answer that is an error is that error', async () => {
    const { fault: what } = fault('no_credit', 'There is no credit left.', { todo: 'Add some.' });
    expect(await faultOf(async () => Response.json({ error: what }, { status: 402 }))).toEqual(what);
  });

  test.each([
    ['no engine', async () => Promise.reject(new TypeError('Failed to fetch')), 'unreachable'],
    ['an error without words', async () => new Response('<html>', { status: 500 }), 'provider_fault'],
    ['no rate', async () => new Response('ab'), 'bad_audio'],
    ['a rate out of range', async () => new Response('ab', { headers: { 'x-timbre-rate': '96000' } }), 'bad_audio'],
  ] as const)('%s is said in words', async (_, answer, code) => {
    const what = await faultOf(answer);
    expect(what?.code).toBe(code);
    expect(what?.todo).toBeTruthy();
  });

  test('broken off in the middle says how much is kept', () => {
    const { fault: what } = brokenOff('network error', 3.21);
    expect(what).toMatchObject({
      code: 'cut_short',
      message: 'The sound broke off after 3.2 s.',
      said: 'network error',
    });
    expect(what.kept).toBeTruthy();
  });
});
