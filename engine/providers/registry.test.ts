import { describe, expect, it } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { fault, toFault } from '../../shared/errors.ts';
import type { Model, Voice } from '../../shared/schemas/voice.ts';
import type { Provider, SpeechRequest } from './provider.ts';
import { createRegistry } from './registry.ts';
import type { ListKeeper } from './voice-catalogue.ts';

const never = () => new AbortController().signal;

function model(id: string): Model {
  return {
    id,
    provider: 'far',
    name: id,
    description: '',
    sampleRate: 8000,
    capabilities: {
      speed: null,
      pitch: null,
      volume: null,
      emotion: { names: [], note: '' },
      seed: null,
      parameters: [],
      maxCharacters: 100,
      streams: true,
    },
  };
}

function voice(name: string): Voice {
  return {
    id: `far:${name}`,
    provider: 'far',
    model: 'usual',
    models: ['usual', 'other'],
    name,
    languages: ['en'],
    accent: '',
    gender: 'unknown',
    description: '',
    experimental: false,
    blend: null,
  };
}

/** A provider whose lists and sound a test has in its hand. */
class FarProvider {
  names = ['anna'];
  asked = 0;
  closed = false;
  trouble = false;
  hold: Promise<void> = Promise.resolve();
  next: () => void = () => undefined;

  get provider(): Provider {
    const health = () => ({ id: 'far', kind: 'far', name: 'Far', status: 'ready', latencyMs: 1, note: '' }) as const;
    return {
      id: 'far',
      kind: 'far',
      name: 'Far',
      health,
      probe: async () => health(),
      voices: async () => {
        this.asked += 1;
        await this.hold;
        if (this.trouble) throw fault('unreachable', 'It is gone.');
        return this.names.map(voice);
      },
      models: async () => [model('usual'), model('other')],
      estimate: () => null,
      stream: async () => {
        const more = new Promise<void>((resolve) => {
          this.next = resolve;
        });
        async function* chunks() {
          yield Int16Array.of(1);
          await more;
          yield Int16Array.of(2);
        }
        return {
          sampleRate: 8000,
          totalSamples: null,
          request: {},
          seed: null,
          chunks: chunks(),
          cost: () => ({ estimated: 0, billed: null, currency: '' }),
        };
      },
      close: async () => {
        this.closed = true;
      },
    };
  }
}

const REQUEST: SpeechRequest = { ...NEUTRAL_SETTINGS, text: 'Hello', voice: 'anna', model: 'usual', language: 'en' };

/** Keeps lists as a library does. */
function keeper(): ListKeeper {
  const kept = new Map<string, { list: unknown; at: number }>();
  return {
    voiceList: (id) => kept.get(id) ?? null,
    storeVoiceList: (id, list, at) => void kept.set(id, { list: JSON.parse(JSON.stringify(list)), at }),
  };
}

describe('lists of voices', () => {
  it('are kept over a restart, and read anew when that is asked for', async () => {
    const far = new FarProvider();
    const kept = keeper();
    const before = createRegistry([], { keeper: kept });
    before.put(far.provider);
    await before.refresh(never());
    const after = createRegistry([], { keeper: kept });
    after.put(far.provider);
    expect((await after.known(never())).voices.map(({ name }) => name)).toEqual(['anna']);
    expect(far.asked).toBe(1);
    far.names = ['anna', 'berta'];
    expect((await after.refresh(never())).voices).toHaveLength(2);
  });

  it('are no longer, and names no longer and no other to look at, than is of use', async () => {
    const far = new FarProvider();
    const long = 'x'.repeat(5000);
    far.names = [
      '',
      long,
      'moc.\u202eevil\u0000',
      '\u202e\u0007',
      ...Array.from({ length: 30_000 }, (_, at) => `v${at}`),
    ];
    const registry = createRegistry([]);
    registry.put(far.provider);
    const { voices } = await registry.refresh(never());
    expect(voices).toHaveLength(20_000);
    expect(voices.slice(0, 3).map(({ name }) => name)).toEqual(['far:', 'moc. evil', 'far:']);
    expect(voices.some(({ id }) => id.includes(long))).toBe(false);
  });

  it('that cannot be read stay as they were, with what is wrong', async () => {
    const far = new FarProvider();
    const registry = createRegistry([]);
    registry.put(far.provider);
    await registry.refresh(never());
    far.trouble = true;
    const { voices, lists } = await registry.refresh(never());
    expect(voices).toHaveLength(1);
    expect(lists[0]).toMatchObject({ voices: 1, refreshing: false, fault: { code: 'unreachable' } });
  });

  it('never make anybody wait who asks for what is known', async () => {
    const far = new FarProvider();
    let answer = () => {};
    far.hold = new Promise((resolve) => {
      answer = resolve;
    });
    let news = 0;
    const registry = createRegistry([], { onChange: () => (news += 1) });
    registry.put(far.provider);
    const { voices, lists } = await registry.known(never());
    expect(voices).toEqual([]);
    expect(lists[0]).toMatchObject({ at: null, refreshing: true });
    answer();
    expect((await registry.all(never())).voices).toHaveLength(1);
    await expect.poll(() => news).toBe(2);
  });
});

describe('a voice', () => {
  it('that came since its list was read is found', async () => {
    const far = new FarProvider();
    const kept = keeper();
    kept.storeVoiceList('far', { voices: [voice('anna')], models: [model('usual')] }, Date.now() - 60_000);
    const registry = createRegistry([], { keeper: kept });
    registry.put(far.provider);
    far.names = ['anna', 'berta'];
    expect((await registry.resolve('far:berta', never())).voice.name).toBe('berta');
  });

  it('is spoken by the model asked for, or by none', async () => {
    const registry = createRegistry([]);
    registry.put(new FarProvider().provider);
    expect((await registry.resolve('far:anna', never())).model.id).toBe('usual');
    expect((await registry.resolve('far:anna', never(), 'other')).model.id).toBe('other');
    const refused = await registry.resolve('far:anna', never(), 'third').catch(toFault);
    expect(refused).toMatchObject({ code: 'unknown_model', param: 'modelId' });
  });

  it('of a provider that is not set up says so', async () => {
    const refused = await createRegistry([]).resolve('gone:anna', never()).catch(toFault);
    expect(refused).toMatchObject({
      code: 'unknown_voice',
      todo: 'Set up “gone” in Settings, or choose another voice.',
    });
  });
});

describe('a provider that is replaced', () => {
  it('speaks to the end what it has begun, and is closed then', async () => {
    const old = new FarProvider();
    const registry = createRegistry([]);
    registry.put(old.provider);
    const stream = await registry.provider('far')?.stream(REQUEST, never());
    const heard: number[] = [];
    const listening = (async () => {
      for await (const chunk of stream?.chunks ?? []) heard.push(...chunk);
    })();
    registry.put(new FarProvider().provider);
    await Promise.resolve();
    expect(old.closed).toBe(false);
    old.next();
    await listening;
    expect(heard).toEqual([1, 2]);
    await expect.poll(() => old.closed).toBe(true);
  });

  it('is closed where a sound that nobody listens to is cancelled', async () => {
    const old = new FarProvider();
    const registry = createRegistry([]);
    registry.put(old.provider);
    const controller = new AbortController();
    await registry.provider('far')?.stream(REQUEST, controller.signal);
    registry.remove('far');
    controller.abort();
    await expect.poll(() => old.closed).toBe(true);
  });

  it('is closed at once with the studio', async () => {
    const old = new FarProvider();
    const registry = createRegistry([]);
    registry.put(old.provider);
    await registry.provider('far')?.stream(REQUEST, never());
    registry.remove('far');
    await registry.close();
    expect(old.closed).toBe(true);
  });
});
