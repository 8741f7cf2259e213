import { afterEach, describe, expect, it } from 'vitest';
import { createDevnenPeer } from '../../../e2e/peers/devnen.ts';
import { createRestPeer } from '../../../e2e/peers/rest.ts';
import { createTravisvnPeer, type TravisvnOptions } from '../../../e2e/peers/travisvn.ts';
import { wavFile } from '../../../shared/sound/pcm.ts';
import { DELIVERY_TAGS, SOUND_TAGS } from '../speech/paralinguistic-tags.ts';
import { hear, never, OnPeers } from './testing/on-peers.ts';

const on = new OnPeers();
afterEach(() => on.closeAll());

/** A server of travisvn's with one voice. */
async function travisvn(options: TravisvnOptions) {
  const peer = await on.start(createTravisvnPeer(options));
  const form = new FormData();
  form.set('voice_name', 'emily');
  form.set('voice_file', new File([wavFile(new Int16Array(24_000).fill(100), 24_000)], 'Emily.wav'));
  expect((await fetch(`${peer.url}/voices`, { method: 'POST', body: form })).status).toBe(201);
  return peer;
}

const capabilities = async (peer: { url: string }) => (await on.provider([peer]).models(never()))[0]?.capabilities;

describe('tags of a model', () => {
  it('are offered for devnen’s Turbo: sounds it lists, and ways of speaking as experimental', async () => {
    const offered = (await capabilities(await on.start(createDevnenPeer({ model: 'turbo' }))))?.tags;
    expect(offered?.family).toBe('chatterbox');
    const names = (experimental: boolean) =>
      offered?.list.filter((one) => one.experimental === experimental).map(({ tag }) => tag);
    expect(names(false)?.sort()).toEqual([...SOUND_TAGS].sort());
    expect(names(true)?.sort()).toEqual([...DELIVERY_TAGS].sort());
  });

  it.each(['original', 'multilingual'] as const)('are not offered for devnen’s %s', async (model) => {
    expect(await capabilities(await on.start(createDevnenPeer({ model })))).not.toHaveProperty('tags');
  });

  it('are what travisvn’s server says it can, where it says so, experimental where they are doubtful', async () => {
    const peer = await travisvn({ capabilities: 'turbo' });
    const provider = on.provider([peer]);
    const [model] = await provider.models(never());
    expect(model).toMatchObject({ id: 'turbo', capabilities: { parameters: [{ name: 'temperature' }] } });
    const offered = model?.capabilities.tags?.list ?? [];
    expect(offered).toContainEqual({ tag: 'laugh', experimental: false });
    expect(offered).toContainEqual({ tag: 'whispering', experimental: true });
    expect(offered.map(({ tag }) => tag)).not.toContain('groan');
    const emotion = { name: 'angry', intensity: 1 } as const;
    await hear(provider, { voice: 'emily', text: 'Well [laughs] now [groan] then.', emotion });
    const sent = peer.askedFor('/v1/audio/speech').at(-1)?.json;
    expect(sent).toMatchObject({ input: '[angry] Well [laugh] now then.', temperature: 0.8 });
    expect(sent).not.toHaveProperty('exaggeration');
  });

  it.each([
    [{ capabilities: 'standard' }, 'original'],
    [{ capabilities: 'multilingual' }, 'multilingual'],
    [{ multilingual: false }, 'original'],
    [{}, 'multilingual'],
  ] as const)('are not offered by travisvn’s server with %j', async (options, id) => {
    const [model] = await on.provider([await travisvn(options)]).models(never());
    expect(model?.id).toBe(id);
    expect(model?.capabilities.parameters.map(({ name }) => name)).toEqual([
      'exaggeration',
      'cfg_weight',
      'temperature',
    ]);
    expect(model?.capabilities).not.toHaveProperty('tags');
  });

  it('are taken out for a server whose model is not known', async () => {
    const peer = await on.start(createRestPeer());
    expect((await hear(on.provider([peer]), { voice: 'ava', text: 'Well [laugh] now.' })).code).toBeNull();
    expect(peer.askedFor('/api/v1/tts').at(-1)?.json).toMatchObject({ text: 'Well now.' });
  });
});
