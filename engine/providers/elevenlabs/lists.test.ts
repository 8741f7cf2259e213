import { afterEach, describe, expect, it } from 'vitest';
import type { ElevenLabsPeer } from '../../../e2e/peers/elevenlabs.ts';
import { toFault } from '../../../shared/errors.ts';
import { Model, Voice } from '../../../shared/schemas/voice.ts';
import { CLONE, never, RACHEL, WithPeer } from './testing/with-peer.ts';

const open = new WithPeer();
afterEach(() => open.close());

const asked = (peer: ElevenLabsPeer, path: string) => peer.askedFor(path).length;

describe('lists', () => {
  it('has all voices with their models, under the id of its connection', async () => {
    const peer = await open.peer({ clones: 120 });
    const { provider } = open.provider(peer, { id: 'elevenlabs-2' });
    const [voices, models] = await Promise.all([provider.voices(never()), provider.models(never())]);
    for (const voice of voices) Voice.parse(voice);
    for (const model of models) Model.parse(model);
    expect(voices).toHaveLength(133);
    expect(new Set(voices.map(({ provider: id }) => id))).toEqual(new Set(['elevenlabs-2']));
    expect(new Set(models.map(({ provider: id }) => id))).toEqual(new Set(['elevenlabs-2']));
    expect(voices[0]).toMatchObject({
      id: `elevenlabs-2:${RACHEL}`,
      model: 'eleven_multilingual_v2',
      labels: expect.arrayContaining(['premade', 'young', 'narration']),
    });
    expect([...(voices[0]?.models ?? [])].sort()).toEqual(models.map(({ id }) => id).sort());
    expect(peer.invalid).toEqual([]);
  });

  it('is read once for all who ask, and anew for who wants that', async () => {
    const peer = await open.peer();
    const { provider } = open.provider(peer);
    await Promise.all([provider.voices(never(), true), provider.models(never(), true), provider.models(never(), true)]);
    await provider.voices(never());
    expect([asked(peer, '/v2/voices'), asked(peer, '/v1/models')]).toEqual([1, 1]);
    await provider.voices(never(), true);
    expect([asked(peer, '/v2/voices'), asked(peer, '/v1/models')]).toEqual([2, 2]);
  });

  it('goes on for the others where whoever asked first leaves', async () => {
    const peer = await open.peer();
    const { provider } = open.provider(peer);
    const controller = new AbortController();
    const first = provider.voices(controller.signal).catch(toFault);
    const second = provider.voices(never());
    controller.abort();
    expect(await first).toMatchObject({ code: 'cancelled' });
    expect(await second).toHaveLength(16);
    expect(asked(peer, '/v2/voices')).toBe(1);
  });

  it('offers the model first that was chosen, where there is one', async () => {
    const peer = await open.peer();
    const first = async (defaultModel: string) =>
      (await open.provider(peer, { defaultModel }).provider.voices(never()))[0]?.model;
    expect(await first('eleven_v3')).toBe('eleven_v3');
    expect(await first('eleven_v1')).toBe('eleven_multilingual_v2');
  });

  it('knows the usual models where the key may not list them', async () => {
    const peer = await open.peer({ permissions: ['text_to_speech', 'voices_read'] });
    const { provider } = open.provider(peer);
    expect((await provider.models(never())).map(({ id }) => id)).toContain('eleven_v3');
    expect(await provider.voices(never())).toHaveLength(16);
  });

  it('asks for stored settings when a voice is chosen, and tells where sliders begin elsewhere now', async () => {
    const peer = await open.peer();
    const { provider, changes } = open.provider(peer);
    const start = async () =>
      (await provider.voices(never(), true)).find(({ id }) => id === `elevenlabs:${CLONE}`)?.start;
    expect(await start()).toBeUndefined();
    await provider.warm?.('eleven_multilingual_v2', CLONE);
    expect(changes()).toBe(1);
    expect(await start()).toEqual({
      stability: 0.3,
      similarity_boost: 0.9,
      style: 0.2,
      use_speaker_boost: false,
      speed: 1.1,
    });
    await provider.warm?.('eleven_multilingual_v2', CLONE);
    expect(changes()).toBe(1);
  });
});
