import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadVoice, readVoiceFile } from './kokoro-styles.ts';
import { KOKORO_VOICE_FILES } from './kokoro-voice-files.ts';
import { ask, hear, openProvider, readAll } from './testing/speak.ts';

const { provider, blends, health, progress } = openProvider();
const { signal } = new AbortController();
const LINE = 'Nobody minds the long way home.';

afterAll(() => provider.close());

describe('Kokoro', () => {
  it('is idle until it is asked, then loads with progress, and is ready', async () => {
    expect(provider.health().status).toBe('idle');
    const heard = await hear(provider, ask('kokoro/af_heart', LINE));
    expect(heard.peak).toBeGreaterThan(0.1);
    expect(heard.duration).toBeGreaterThan(1.2);
    expect(heard.duration).toBeLessThan(4);
    expect(heard.pitch).toBeGreaterThan(140);
    expect(heard.pitch).toBeLessThan(260);
    expect(progress[0]).toEqual({ progress: null, done: false });
    expect(progress.at(-1)).toEqual({ progress: 1, done: true });
    expect(health.map(({ status }) => status)).toContain('loading');
    expect(provider.health().status).toBe('ready');
  });

  it('lists its 54 voices with language, accent and gender, and says which are not confirmed', async () => {
    const voices = (await provider.voices(signal)).filter((voice) => voice.model === 'kokoro');
    expect(voices).toHaveLength(54);
    for (const voice of voices) expect(voice.gender).toMatch(/^(fe)?male$/);
    const doubtful = voices.filter((voice) => voice.experimental);
    expect(new Set(doubtful.flatMap((voice) => voice.languages))).toEqual(new Set(['fr-FR', 'hi', 'ja', 'zh']));
    for (const voice of doubtful) expect(voice.description).toContain('Experimental: ');
    expect(voices[0]).toMatchObject({ id: 'builtin:kokoro/af_heart', languages: ['en-US'], accent: 'American' });
  });

  it('has every voice file as it was published', async () => {
    const rows = await Promise.all(KOKORO_VOICE_FILES.map(({ id }) => loadVoice(id)));
    for (const voice of rows) expect(voice).toHaveLength(510 * 256);
  });

  it('gives the first piece before the rest is made', async () => {
    const text = 'Good morning, everyone. The second sentence of this text is made while the first one plays.';
    const stream = await provider.stream(ask('kokoro/af_heart', text), signal);
    const first = await stream.chunks[Symbol.asyncIterator]().next();
    const rest = await readAll(stream);
    expect(first.value?.length).toBeGreaterThan(12_000);
    expect(rest.length).toBeGreaterThan(2 * (first.value?.length ?? 0));
  });

  it('speaks faster when it is asked to', async () => {
    const normal = await hear(provider, ask('kokoro/af_heart', LINE));
    const fast = await hear(provider, ask('kokoro/af_heart', LINE, { speed: 1.6 }));
    expect(normal.duration / fast.duration).toBeGreaterThan(1.35);
    expect(normal.duration / fast.duration).toBeLessThan(1.85);
  });

  it('has emotions that are heard: higher and livelier, or lower and flatter', async () => {
    const neutral = await hear(provider, ask('kokoro/bf_emma', LINE));
    const excited = await hear(provider, ask('kokoro/bf_emma', LINE, { emotion: { name: 'excited', intensity: 1 } }));
    const sad = await hear(provider, ask('kokoro/bf_emma', LINE, { emotion: { name: 'sad', intensity: 1 } }));
    expect(excited.pitch).toBeGreaterThan(neutral.pitch * 1.08);
    expect(sad.pitch).toBeLessThan(neutral.pitch * 0.95);
    expect(excited.melody).toBeGreaterThan(sad.melody);
    expect(excited.duration).toBeLessThan(sad.duration);
  });

  it('makes a silence that is asked for, and starts no sound with it', async () => {
    const stream = await provider.stream(ask('kokoro/af_heart', 'One. [pause 0.8s] Two.'), signal);
    const sizes: number[] = [];
    for await (const chunk of stream.chunks) if (chunk.every((sample) => sample === 0)) sizes.push(chunk.length);
    expect(sizes).toEqual([0.8 * 24_000]);
  });

  it('stops at the next clause when it is cancelled, and speaks again at once', async () => {
    const controller = new AbortController();
    const stream = await provider.stream(ask('kokoro/af_heart', `${LINE} `.repeat(50)), controller.signal);
    let chunks = 0;
    await expect(async () => {
      for await (const _ of stream.chunks) {
        chunks++;
        controller.abort();
      }
    }).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    expect(chunks).toBe(1);
    expect((await hear(provider, ask('kokoro/af_heart', 'Yes.'))).peak).toBeGreaterThan(0.1);
  });

  it('takes turns: a short text does not wait for a long one', async () => {
    const controller = new AbortController();
    const long = await provider.stream(ask('kokoro/af_heart', `${LINE} `.repeat(30)), controller.signal);
    let longEnded = false;
    const reading = readAll(long)
      .catch(() => undefined)
      .finally(() => {
        longEnded = true;
      });
    await hear(provider, ask('kokoro/af_heart', 'Yes.'));
    expect(longEnded).toBe(false);
    controller.abort();
    await reading;
  });

  it.each(['😀', '今天 hello', 'Zürich, naïve café — 3.50$'])('speaks %j', async (text) => {
    expect((await hear(provider, ask('kokoro/af_heart', text))).peak).toBeGreaterThan(0.05);
  });

  it('says that there is nothing to speak', async () => {
    await expect(provider.stream(ask('kokoro/af_heart', '... !'), signal)).rejects.toMatchObject({
      fault: { code: 'invalid', param: 'text' },
    });
  });

  it('never speaks with another voice', async () => {
    const unknown = { fault: { code: 'unknown_voice' } };
    await expect(provider.stream(ask('kokoro/af_nobody', LINE), signal)).rejects.toMatchObject(unknown);
    await expect(provider.stream(ask('kokoro/blend-00000000', LINE), signal)).rejects.toMatchObject(unknown);
  });
});

describe('blends', () => {
  it('makes a voice between two, keeps it with its weights, and removes it', async () => {
    const parts = [
      { voice: 'builtin:kokoro/af_heart', weight: 0.6 },
      { voice: 'kokoro/am_michael', weight: 0.2 },
    ];
    const voice = await provider.blend?.({ name: 'Between', parts });
    expect(voice).toMatchObject({ name: 'Between', languages: ['en-US'], gender: 'neutral', experimental: false });
    expect(voice?.blend).toEqual([
      { voice: 'builtin:kokoro/af_heart', weight: expect.closeTo(0.75) },
      { voice: 'builtin:kokoro/am_michael', weight: expect.closeTo(0.25) },
    ]);
    expect(await provider.voices(signal)).toContainEqual(voice);
    const local = voice?.id.replace('builtin:', '') ?? '';
    const [heart, blend, michael] = [
      await hear(provider, ask('kokoro/af_heart', LINE)),
      await hear(provider, ask(local, LINE)),
      await hear(provider, ask('kokoro/am_michael', LINE)),
    ];
    expect(blend.pitch).toBeLessThan(heart.pitch);
    expect(blend.pitch).toBeGreaterThan(michael.pitch);
    await provider.removeBlend?.(local);
    expect(blends).toEqual([]);
    await expect(provider.removeBlend?.(local)).rejects.toMatchObject({ fault: { code: 'unknown_voice' } });
  });

  it('leaves out blends of voices that are not here, and those that pose as a voice', async () => {
    const parts = ['kokoro/af_heart', 'kokoro/am_michael'].map((voice) => ({ voice, weight: 0.5 }));
    const before = (await provider.voices(signal)).length;
    blends.push(
      {
        id: 'kokoro/blend-elsewhere',
        name: 'Of elsewhere',
        parts: [{ voice: '../x', weight: 0.5 }, ...parts.slice(1)],
      },
      { id: 'kokoro/af_bella', name: 'Posing', parts },
    );
    const voices = await provider.voices(signal);
    blends.length = 0;
    expect(voices).toHaveLength(before);
    expect(voices.filter(({ id }) => id === 'builtin:kokoro/af_bella').map(({ name }) => name)).toEqual(['Bella']);
  });

  it('refuses what cannot be blended', async () => {
    const blend = (first: string, second: string) =>
      provider.blend?.({ name: 'X', parts: [first, second].map((voice) => ({ voice, weight: 0.5 })) });
    await expect(blend('kokoro/af_heart', 'kokoro/nobody')).rejects.toMatchObject({ fault: { code: 'unknown_voice' } });
    await expect(blend('kokoro/af_heart', 'espeak/de')).rejects.toMatchObject({ fault: { code: 'unsupported' } });
    await expect(blend('kokoro/af_heart', 'builtin:kokoro/af_heart')).rejects.toMatchObject({
      fault: { code: 'invalid' },
    });
  });
});

describe('when the model cannot be prepared', () => {
  it('says so, and eSpeak works all the same', async () => {
    const home = await mkdtemp(join(tmpdir(), 'timbre-builtin-'));
    await writeFile(join(home, 'file'), '');
    const broken = openProvider(join(home, 'file', 'models'));
    await expect(broken.provider.stream(ask('kokoro/af_heart', LINE), signal)).rejects.toMatchObject({
      fault: { code: 'not_writable' },
    });
    expect(broken.provider.health()).toMatchObject({ status: 'failed' });
    expect(broken.progress.at(-1)?.done).toBe(true);
    expect((await hear(broken.provider, ask('espeak/en-us', LINE))).peak).toBeGreaterThan(0.1);
    await broken.provider.close();
    await rm(home, { recursive: true });
  });

  it('names a voice file that is missing or altered', async () => {
    await expect(readVoiceFile('/nowhere/af_heart.bin', 'af_heart', '')).rejects.toMatchObject({
      fault: { code: 'model_missing', message: expect.stringContaining('af_heart') },
    });
    const home = await mkdtemp(join(tmpdir(), 'timbre-builtin-'));
    await writeFile(join(home, 'af_heart.bin'), 'something else');
    await expect(readVoiceFile(join(home, 'af_heart.bin'), 'af_heart', 'abc')).rejects.toMatchObject({
      fault: { code: 'model_missing', message: expect.stringContaining('altered') },
    });
    await rm(home, { recursive: true });
  });
});

it('takes nothing more once it is closed', async () => {
  const closing = openProvider();
  const stream = await closing.provider.stream(ask('espeak/en-us', LINE), signal);
  await readAll(stream);
  await closing.provider.close();
  await expect(closing.provider.stream(ask('espeak/en-us', LINE), signal)).rejects.toMatchObject({
    fault: { code: 'cancelled' },
  });
});
