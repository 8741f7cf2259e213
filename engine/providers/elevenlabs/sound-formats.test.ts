import { afterEach, expect, it } from 'vitest';
import type { ElevenLabsPeer } from '../../../e2e/peers/elevenlabs.ts';
import { REFUSED, type RefusalShape, refusalAnswer } from '../../../e2e/peers/elevenlabs-refusals.ts';
import { Peer, sendJson } from '../../../e2e/peers/peer.ts';
import { hear, never, REQUEST, WithPeer } from './testing/with-peer.ts';

const open = new WithPeer();
afterEach(() => open.close());

/** A plan that has only some formats, before a peer that has all. */
async function withoutFormats(peer: ElevenLabsPeer, refused: readonly string[], shape: RefusalShape) {
  const plan = new Peer({
    name: 'plan',
    routes: {},
    otherwise: async ({ request, response, url, body }) => {
      const format = url.searchParams.get('output_format') ?? '';
      if (refused.includes(format))
        return sendJson(response, ...refusalAnswer(REFUSED.format(format, 'Pro'), shape, 'r'));
      const { 'xi-api-key': key = '', 'content-type': type = 'application/json' } = request.headers;
      const answer = await fetch(`${peer.url}${url.pathname}${url.search}`, {
        method: request.method ?? 'GET',
        headers: { 'xi-api-key': String(key), 'content-type': type },
        ...(body.length > 0 ? { body: body.toString('utf8') } : {}),
      });
      const cost = answer.headers.get('character-cost');
      response.writeHead(answer.status, cost === null ? {} : { 'character-cost': cost });
      response.end(Buffer.from(await answer.arrayBuffer()));
    },
    refuse: ({ response }, status) => sendJson(response, status, {}),
  });
  await plan.start();
  open.also({ close: () => plan.stop() });
  return plan;
}

const formats = (plan: Peer) =>
  plan.seen.flatMap(({ method, query }) => (method === 'POST' ? [query.output_format] : []));

it.each([
  [['pcm_24000'], 'pcm_22050', 22_050, 'current'],
  [['pcm_24000', 'pcm_22050'], 'pcm_16000', 16_000, 'older'],
  [['pcm_24000', 'pcm_22050', 'pcm_16000'], 'mp3_44100_128', 44_100, 'words'],
] as [string[], string, number, RefusalShape][])(
  'where a plan has no %s it asks for %s',
  async (refused, format, rate, shape) => {
    const peer = await open.peer();
    const plan = await withoutFormats(peer, refused, shape);
    const { provider } = open.provider(plan);
    const heard = await hear(provider);
    expect(heard).toMatchObject({ fault: null, stream: { sampleRate: rate } });
    expect(heard.stream?.answer?.()).toMatchObject({ format });
    expect(heard.stream?.request).toMatchObject({ output_format: format });
    expect(heard.seconds).toBeGreaterThan(2);
    expect(formats(plan)).toEqual([...refused, format]);
    expect(peer.account.billed).toHaveLength(1);
    // Found out once.
    await hear(provider, { parameters: { timings: true } });
    expect(formats(plan).slice(refused.length)).toEqual([format, format]);
    expect(peer.account.billed).toHaveLength(2);
  },
);

it('says so where a plan has none of them', async () => {
  const peer = await open.peer();
  const plan = await withoutFormats(peer, ['pcm_24000', 'pcm_22050', 'pcm_16000', 'mp3_44100_128'], 'current');
  const { provider } = open.provider(plan);
  expect((await hear(provider)).fault).toMatchObject({ code: 'no_credit', param: 'output_format' });
  expect(formats(plan)).toHaveLength(4);
});

it('does not take another refusal for one of the format', async () => {
  const peer = await open.peer({ plan: 'free' });
  const { provider } = open.provider(peer);
  const thrown = provider.stream({ ...REQUEST, voice: 'LibraryVoice00000001' }, never());
  await expect(thrown).rejects.toMatchObject({ fault: { code: 'no_credit' } });
  expect(peer.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
});
