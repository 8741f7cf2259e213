import { afterAll, describe, expect, it } from 'vitest';
import { CONTROL_RANGE } from '../../../shared/controls/controls.ts';
import { ask, hear, openProvider, readAll } from './testing/speak.ts';

const { provider } = openProvider();
const { signal } = new AbortController();
const TEXT = 'Many mornings are warm in May, and nobody minds the long way home along the river.';

afterAll(() => provider.close());

describe('eSpeak NG', () => {
  it('lists a voice for each of its languages, each id once', async () => {
    const voices = (await provider.voices(signal)).filter((voice) => voice.model === 'espeak');
    expect(voices.length).toBeGreaterThanOrEqual(140);
    expect(new Set(voices.map((voice) => voice.id)).size).toBe(voices.length);
    expect(voices.find((voice) => voice.id === 'builtin:espeak/en-us')).toMatchObject({
      languages: ['en-US', 'en'],
      accent: 'America',
      experimental: false,
    });
  });

  it.each(['en-us', 'en-gb', 'de', 'ru', 'ar', 'cmn', 'yue', 'yue-latn-jyutping', 'pt-br'])(
    'speaks with %s',
    async (name) => {
      const heard = await hear(provider, ask(`espeak/${name}`, '1 2 3 Hello'));
      expect(heard.peak).toBeGreaterThan(0.1);
      expect(heard.duration).toBeGreaterThan(0.5);
    },
  );

  it('streams its sound in pieces', async () => {
    const stream = await provider.stream(ask('espeak/en-us', TEXT), signal);
    expect(stream.sampleRate).toBe(22_050);
    let pieces = 0;
    for await (const piece of stream.chunks) if (piece.length > 0) pieces++;
    expect(pieces).toBeGreaterThan(20);
    expect(stream.cost()).toEqual({ estimated: 0, billed: null, currency: '' });
  });

  it.each([CONTROL_RANGE.speed.min, 0.75, 1.5, CONTROL_RANGE.speed.max])('speaks %f times as fast', async (speed) => {
    const normal = await hear(provider, ask('espeak/en-us', TEXT));
    const heard = await hear(provider, ask('espeak/en-us', TEXT, { speed }));
    expect(Math.abs((normal.duration / heard.duration / speed - 1) * 100)).toBeLessThan(5);
  });

  it.each([-8, -4, 4, 9])('speaks %f semitones off', async (pitch) => {
    const normal = await hear(provider, ask('espeak/en-us', TEXT));
    const heard = await hear(provider, ask('espeak/en-us', TEXT, { pitch }));
    expect(Math.abs(12 * Math.log2(heard.pitch / normal.pitch) - pitch)).toBeLessThan(0.5);
    expect(heard.duration).toBeCloseTo(normal.duration, 0);
  });

  it('has emotions that are heard, and none at intensity 0', async () => {
    const emotion = (name: 'excited' | 'sad' | 'whispering', intensity: number) =>
      hear(provider, ask('espeak/en-us', TEXT, { emotion: { name, intensity } }));
    const neutral = await hear(provider, ask('espeak/en-us', TEXT));
    const excited = await emotion('excited', 1);
    const half = await emotion('excited', 0.5);
    const sad = await emotion('sad', 1);
    expect(excited.duration).toBeLessThan(half.duration);
    expect(half.duration).toBeLessThan(neutral.duration);
    expect(neutral.duration).toBeLessThan(sad.duration);
    expect(excited.pitch).toBeGreaterThan(neutral.pitch * 1.1);
    expect(sad.pitch).toBeLessThan(neutral.pitch * 0.95);
    expect(sad.melody).toBeLessThan(neutral.melody);
    const whisper = await emotion('whispering', 1);
    expect(whisper.pitch).toBe(0);
    expect(whisper.peak).toBeGreaterThan(0.05);
    const none = await emotion('excited', 0);
    expect(none.pitch / neutral.pitch).toBeCloseTo(1, 2);
    expect(none.duration).toBeCloseTo(neutral.duration, 2);
  });

  it('makes the silences that are asked for', async () => {
    const plain = await hear(provider, ask('espeak/en-us', 'Hello. How are you?'));
    const paused = await hear(provider, ask('espeak/en-us', 'Hello. [pause 0.8s] How are you?'));
    const run = (samples: Int16Array) => {
      let longest = 0;
      let now = 0;
      for (const sample of samples) {
        now = Math.abs(sample) < 30 ? now + 1 : 0;
        longest = Math.max(longest, now);
      }
      return longest / 22_050;
    };
    expect(run(paused.samples)).toBeGreaterThan(0.79);
    expect(run(paused.samples)).toBeLessThan(0.9);
    expect(run(plain.samples)).toBeLessThan(0.5);
  });

  it('stops when it is cancelled, and what came is kept by the reader', async () => {
    const controller = new AbortController();
    const stream = await provider.stream(ask('espeak/en-us', `${TEXT} `.repeat(100)), controller.signal);
    let samples = 0;
    await expect(async () => {
      for await (const piece of stream.chunks) {
        samples += piece.length;
        controller.abort();
      }
    }).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    expect(samples).toBeGreaterThan(0);
    expect((await hear(provider, ask('espeak/en-us', 'Still here.'))).peak).toBeGreaterThan(0.1);
  });

  it.each(['...', '?!', ' [pause 1s] ', '—'])('says of %j that there is nothing to speak', async (text) => {
    await expect(provider.stream(ask('espeak/en-us', text), signal)).rejects.toMatchObject({
      fault: { code: 'invalid', param: 'text' },
    });
  });

  it.each(['😀😀', '今天 hello नमस्ते', '<>&', 'a', '𝓗𝓮𝓵𝓵𝓸'])('speaks %j, or says that it cannot', async (text) => {
    const heard = await hear(provider, ask('espeak/en-us', text)).catch((error: unknown) => error);
    if (heard instanceof Error) expect(heard).toMatchObject({ fault: { code: 'invalid' } });
    else expect(heard).toMatchObject({ peak: expect.any(Number), pitch: expect.any(Number) });
    if (!(heard instanceof Error)) expect((heard as { peak: number }).peak).toBeGreaterThan(0.05);
  });

  it('speaks 10,000 characters to the end', async () => {
    const sentence = 'This is one of very many sentences. ';
    const text = sentence.repeat(277).trim();
    const stream = await provider.stream(ask('espeak/en-us', text, { speed: 2 }), signal);
    const samples = await readAll(stream);
    const one = await hear(provider, ask('espeak/en-us', sentence, { speed: 2 }));
    expect(samples.length / stream.sampleRate).toBeGreaterThan(one.duration * 277);
  });

  it('knows its voices', async () => {
    const unknown = { fault: { code: 'unknown_voice' } };
    await expect(provider.stream(ask('espeak/xx-nowhere', TEXT), signal)).rejects.toMatchObject(unknown);
    await expect(provider.stream(ask('nothing/at-all', TEXT), signal)).rejects.toMatchObject(unknown);
  });

  it('costs nothing', () => {
    expect(provider.estimate('espeak', 1000)).toBeNull();
  });
});
