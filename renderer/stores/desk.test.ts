import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Studio } from '../../engine/studio.ts';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { FaultError } from '../../shared/errors.ts';
import type { StudioEvent } from '../../shared/schemas/events.ts';
import { openPageOnEngine, type PageOnEngine } from './testing/page-on-engine.ts';

const HEART = 'builtin:kokoro/af_heart';
const BELLA = 'builtin:kokoro/af_bella';

let page: PageOnEngine;
let studio: Studio;
let projectId: string;
let stores: Awaited<ReturnType<typeof load>>;

/** The stores read the address of the page when they are loaded, so they come after it. */
async function load() {
  const [voices, presets, tune, preferences, events, check, shortcuts, session] = await Promise.all([
    import('./voices.ts'),
    import('./presets.ts'),
    import('./tune.ts'),
    import('./preferences.ts'),
    import('./events.ts'),
    import('./text-check.ts'),
    import('./shortcuts.ts'),
    import('./session.ts'),
  ]);
  return { ...voices, ...presets, ...tune, ...preferences, ...events, ...check, ...shortcuts, ...session };
}

/** Resolves as soon as a store is in a state. */
function until<State>(
  store: { getState(): State; subscribe(l: (s: State) => void): () => void },
  is: (s: State) => boolean,
) {
  return new Promise<State>((resolve) => {
    const look = (state: State) => {
      if (!is(state)) return;
      stop();
      resolve(state);
    };
    const stop = store.subscribe(look);
    look(store.getState());
  });
}

beforeAll(async () => {
  page = await openPageOnEngine();
  studio = page.studio;
  stores = await load();
  const first = studio.parts.library().projects()[0];
  projectId = (first ?? studio.parts.library().createProject('Desk')).id;
});

afterAll(() => page.close());

describe('voices', () => {
  it('come with the models that speak them', async () => {
    await stores.useVoices.getState().load();
    const state = stores.useVoices.getState();
    expect(state.status).toBe('ready');
    expect(stores.voiceOf(state, HEART)?.name).toBe('Heart');
    expect(stores.modelOf(state, HEART)?.capabilities.pitch).toBeNull();
    expect(stores.modelOf(state, 'builtin:kokoro/nobody')).toBeNull();
  });

  it('are kept as favourites, and given up again', async () => {
    await stores.useVoices.getState().setFavourite(BELLA, true);
    await stores.useVoices.getState().load();
    expect(stores.useVoices.getState().favourites.has(BELLA)).toBe(true);
    await stores.useVoices.getState().setFavourite(BELLA, false);
    await stores.useVoices.getState().load();
    expect(stores.useVoices.getState().favourites.size).toBe(0);
  });

  it('are blended with their weights, and the blend can be removed', async () => {
    const { blend, removeBlend } = stores.useVoices.getState();
    const made = await blend({
      name: 'Heartbell',
      parts: [
        { voice: HEART, weight: 0.7 },
        { voice: BELLA, weight: 0.3 },
      ],
    });
    expect(stores.voiceOf(stores.useVoices.getState(), made.id)?.blend?.map(({ weight }) => weight)).toEqual([
      0.7, 0.3,
    ]);
    await removeBlend(made.id);
    expect(stores.voiceOf(stores.useVoices.getState(), made.id)).toBeNull();
  });
});

describe('presets', () => {
  const settings = { ...NEUTRAL_SETTINGS, pitch: -2 };

  it('are kept, renamed, removed and brought back', async () => {
    const { load: read, save, change, remove, restore } = stores.usePresets.getState();
    await read(projectId);
    const { id } = await save({ name: 'Host', voiceId: HEART, voiceName: 'Heart', settings });
    await change(id, { name: 'Guest' });
    const [preset] = stores.usePresets.getState().presets;
    expect(preset).toMatchObject({ name: 'Guest', settings });
    expect(preset && stores.matchesPreset(preset, { voiceId: HEART, settings })).toBe(true);
    expect(preset && stores.matchesPreset(preset, { voiceId: HEART, settings: NEUTRAL_SETTINGS })).toBe(false);
    await remove(id);
    expect(stores.usePresets.getState().presets).toEqual([]);
    await restore(id);
    expect(stores.usePresets.getState().presets).toHaveLength(1);
  });

  it('go out as a file and come back in', async () => {
    const { file, importFile } = stores.usePresets.getState();
    const content = JSON.parse(await (await file()).text());
    expect(content).toMatchObject({ format: 'timbre.presets', presets: [{ name: 'Guest' }] });
    expect(await importFile(content)).toBe(1);
  });
});

describe('the desk', () => {
  it('is there again after a restart', async () => {
    stores.useTune.getState().apply({ text: 'Once more', voiceId: BELLA });
    stores.useTune.getState().setControl('speed', 1.25);
    stores.flushPreferences();
    stores.useTune.setState({ text: '', voiceId: HEART, settings: NEUTRAL_SETTINGS });
    await vi.waitUntil(() => (studio.parts.library().preference('tune') ?? null) !== null);
    await stores.restoreTune();
    expect(stores.useTune.getState()).toMatchObject({ text: 'Once more', voiceId: BELLA, settings: { speed: 1.25 } });
  });

  it('is left alone by a preference of another form', async () => {
    studio.parts.library().setPreference('tune', { text: 7 });
    await stores.restoreTune();
    expect(stores.useTune.getState().text).toBe('Once more');
  });

  it('gives a parameter back to the model', () => {
    const { setParameter } = stores.useTune.getState();
    setParameter('style', 0.4);
    setParameter('top', 3);
    setParameter('style', null);
    expect(stores.useTune.getState().settings.parameters).toEqual({ top: 3 });
  });

  it('is checked as it is written', async () => {
    stores.useTune.setState({ text: 'Guten Tag, ich hätte gerne ein Zimmer <b>mit</b> Bad.', voiceId: HEART });
    const stop = stores.watchText();
    const { report } = await until(stores.useTextCheck, (state) => state.report !== null);
    expect(report).toMatchObject({ language: { tag: 'de' } });
    expect(report?.mismatch).toMatch(/German/);
    expect(report?.removed).not.toEqual([]);
    stores.useTune.getState().setText(' ');
    await until(stores.useTextCheck, (state) => state.report === null);
    stop();
  });

  it('hears in plain words of a voice that is not there', async () => {
    stores.useTune.setState({ text: 'Hello', voiceId: 'builtin:kokoro/nobody' });
    const stop = stores.watchText();
    const { fault } = await until(stores.useTextCheck, (state) => state.fault !== null);
    expect(fault?.code).toBe('unknown_voice');
    stop();
  });
});

describe('events of the engine', () => {
  it('arrive whole, wherever the stream is cut', async () => {
    const bytes = new TextEncoder().encode(
      ': hello\n\ndata: {"ü":1}\r\n\r\ndata: a\ndata: b\n\nevent: x\n\ndata: lost',
    );
    for (const size of [1, 2, 3, 7, 100]) {
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
          controller.close();
        },
      });
      const data: string[] = [];
      for await (const one of stores.eventData(stream)) data.push(one);
      expect(data).toEqual(['{"ü":1}', 'a\nb']);
    }
  });

  it('are followed until one stops, and no listener is left', async () => {
    const controller = new AbortController();
    const heard: StudioEvent[] = [];
    const done = new Promise<void>((resolve) => {
      const following = stores.followEvents(
        {
          onConnected: (connected) => connected && studio.parts.events.publish({ type: 'changed', what: 'presets' }),
          onEvent: (event) => {
            heard.push(event);
            controller.abort();
          },
        },
        controller.signal,
      );
      resolve(following);
    });
    await done;
    expect(heard).toEqual([{ type: 'changed', what: 'presets' }]);
    await vi.waitUntil(() => studio.parts.events.listeners === 0);
  });

  it('tell how a provider is', async () => {
    await stores.useSession.getState().load();
    const [before] = stores.useSession.getState().status?.providers ?? [];
    if (before === undefined) throw new Error('There is no provider.');
    stores.sessionHeard({ type: 'provider', health: { ...before, status: 'loading', note: 'Loading' } });
    expect(stores.useSession.getState().status?.providers[0]).toMatchObject({ id: before.id, status: 'loading' });
  });
});

describe('shortcuts', () => {
  it('take their chord from whoever had it, and can be as they were', () => {
    const { assign, reset, resetAll } = stores.useShortcuts.getState();
    assign('stop', ['Space']);
    const now = () => stores.useShortcuts.getState();
    expect(stores.commandOf(now(), 'Space')).toBe('stop');
    expect(stores.chordsOf(now(), 'play')).toEqual([]);
    reset('play');
    expect(stores.commandOf(now(), 'Space')).toBe('play');
    resetAll();
    expect(stores.commandOf(now(), 'Escape')).toBe('stop');
  });

  it('are kept', async () => {
    stores.useShortcuts.getState().assign('loop', ['Mod+L']);
    stores.flushPreferences();
    await vi.waitUntil(() => JSON.stringify(studio.parts.library().preference('shortcuts')).includes('Mod+L'));
    stores.useShortcuts.setState({ overrides: {} });
    await stores.useShortcuts.getState().restore();
    expect(stores.chordsOf(stores.useShortcuts.getState(), 'loop')).toEqual(['Mod+L']);
  });
});

it('a refused call carries its fault', async () => {
  const { useVoices } = stores;
  await expect(useVoices.getState().removeBlend('builtin:kokoro/blend-none')).rejects.toBeInstanceOf(FaultError);
});
