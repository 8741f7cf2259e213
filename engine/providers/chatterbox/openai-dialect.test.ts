import { afterEach, describe, expect, it } from 'vitest';
import { createOpenAiPeer, type OpenAiOptions } from '../../../e2e/peers/openai.ts';
import type { SpeakingPeer } from '../../../e2e/peers/speaking-peer.ts';
import { hear, never, OnPeers } from './testing/on-peers.ts';

const ANNA = 'voices/chatterbox/anna.wav';
const on = new OnPeers();
afterEach(() => on.closeAll());

const peerOf = (options: OpenAiOptions = {}) => on.start(createOpenAiPeer(options));
const lastSent = (peer: SpeakingPeer) => peer.askedFor('/v1/audio/speech').at(-1)?.json;

describe('Chatterbox behind TTS-WebUI', () => {
  it('is found out, with the voices of its Chatterbox', async () => {
    const provider = on.provider([await peerOf()]);
    expect(await provider.probe(never())).toMatchObject({ status: 'ready', note: expect.stringContaining('OpenAI') });
    expect((await provider.voices(never())).map(({ id }) => id)).toContain(`chatterbox:${ANNA}`);
    const [model] = await provider.models(never());
    expect(model?.capabilities).toMatchObject({ speed: null, seed: { min: 0 }, maxCharacters: 4096 });
  });

  it('speaks with everything that is meant, as texts', async () => {
    const peer = await peerOf();
    const emotion = { name: 'excited', intensity: 1 } as const;
    const { code, seconds } = await hear(on.provider([peer]), { voice: ANNA, emotion, seed: 7 });
    expect(code).toBeNull();
    expect(seconds).toBeGreaterThan(4);
    expect(lastSent(peer)).toMatchObject({
      model: 'chatterbox',
      voice: ANNA,
      response_format: 'wav',
      params: { exaggeration: '0.9', cfg_weight: '0.3', temperature: '1', seed: '7' },
    });
    expect(lastSent(peer)).not.toHaveProperty('language');
    await hear(on.provider([peer]), { voice: ANNA, language: 'de-DE', text: 'Guten Morgen.' });
    expect(lastSent(peer)).toMatchObject({ language: 'de', params: { language_id: 'de' } });
  });

  it('is heard by its bytes, whatever it calls them: float32 as a whole file, 16 bits as a stream', async () => {
    for (const stream of [true, false]) {
      const peer = await peerOf({ stream });
      peer.faults.add({ kind: 'content-type', value: 'audio/mpeg' });
      const { code, seconds } = await hear(on.provider([peer]), { voice: ANNA });
      expect(code).toBeNull();
      expect(seconds).toBeGreaterThan(4);
    }
  });

  it('that fails in the midst is cut short, and what it puts after the sound is not heard as sound', async () => {
    const provider = on.provider([await peerOf()]);
    const first =
      'This sentence is so long that it is a piece of its own, whatever comes after it in the text that is spoken.';
    const heard = await hear(provider, {
      voice: ANNA,
      text: `${first} And then __FAIL__ comes in the second one, which is long too.`,
    });
    expect(heard.code).toBe('cut_short');
    const whole = await hear(provider, { voice: ANNA, text: first });
    // 44 bytes of a header heard as samples would make it longer.
    expect(heard.samples.length).toBeLessThanOrEqual(whole.samples.length + 100);
    expect((await hear(provider, { voice: ANNA, text: 'Now __FAIL__ at once.' })).code).toBe('provider_fault');
  });

  it('wants its key, and says so in plain words', async () => {
    const peer = await peerOf({ apiKey: 'right' });
    const heard = await hear(on.provider([peer], { key: 'wrong' }), { voice: ANNA });
    expect(heard.fault).toMatchObject({ code: 'unauthorised', said: expect.stringContaining('invalid API key') });
    expect(JSON.stringify(heard.fault)).not.toContain('wrong');
    expect((await hear(on.provider([peer], { key: 'right' }), { voice: ANNA })).code).toBeNull();
  });
});

describe('Chatterbox behind LocalAI', () => {
  it('lists no voices: it is asked in its own', async () => {
    const peer = await peerOf({ variant: 'localai' });
    const provider = on.provider([peer]);
    const [voice, ...more] = await provider.voices(never());
    expect([voice?.id, more]).toEqual(['chatterbox:server-default', []]);
    expect((await hear(provider, { voice: 'server-default', parameters: { exaggeration: 0.7 } })).code).toBeNull();
    expect(lastSent(peer)).toMatchObject({ params: { exaggeration: '0.7' } });
    expect(lastSent(peer)).not.toHaveProperty('voice');
    expect((await hear(provider, { voice: 'nobody' })).code).toBe('unknown_voice');
  });
});

describe('Kokoro-FastAPI', () => {
  it('speaks by the name of its own model', async () => {
    const peer = await peerOf({ variant: 'kokoro-fastapi' });
    expect((await hear(on.provider([peer]), { voice: 'af_bella' })).code).toBeNull();
    expect(lastSent(peer)).toMatchObject({ model: 'kokoro', voice: 'af_bella' });
  });

  it('says by its validation that a voice is gone', async () => {
    const webui = await peerOf();
    const provider = on.provider([webui]);
    await provider.voices(never());
    await webui.stop();
    const kokoro = createOpenAiPeer({ variant: 'kokoro-fastapi' });
    await kokoro.start(Number(new URL(webui.url).port));
    try {
      const heard = await hear(provider, { voice: ANNA, model: 'unknown' });
      expect(heard.fault).toMatchObject({
        code: 'unknown_voice',
        said: expect.stringContaining(`'${ANNA}' not found`),
      });
      expect(kokoro.engine.spoken).toEqual([]);
    } finally {
      await on.close(provider);
      await kokoro.stop();
    }
  });
});
