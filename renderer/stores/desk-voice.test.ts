import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import type { Preset } from '../../shared/schemas/preset.ts';
import { farProvider } from './testing/far-provider.ts';
import { openPageOnEngine, type PageOnEngine } from './testing/page-on-engine.ts';

const asked: [string, unknown][] = [];
let page: PageOnEngine;
let stores: Awaited<ReturnType<typeof load>>;

async function load() {
  const [voices, presets, tune, check, warm, preferences, start] = await Promise.all([
    import('./voices.ts'),
    import('./presets.ts'),
    import('./tune.ts'),
    import('./text-check.ts'),
    import('./warm-up.ts'),
    import('./preferences.ts'),
    import('./voice-start.ts'),
  ]);
  return { ...voices, ...presets, ...tune, ...check, ...warm, ...preferences, ...start };
}

beforeAll(async () => {
  page = await openPageOnEngine((path, init) => {
    if (typeof init?.body === 'string') asked.push([path, JSON.parse(init.body)]);
  });
  page.studio.parts.registry.put(farProvider());
  stores = await load();
  await stores.useVoices.getState().refresh();
});

beforeEach(() => {
  asked.length = 0;
  stores.useTune.setState({ text: '', voiceId: 'far:ben', modelId: null, settings: NEUTRAL_SETTINGS });
});

afterAll(() => page.close());

const desk = () => stores.useTune.getState();

describe('the model on the desk', () => {
  it('stays where the next voice has it, and goes where it has not', () => {
    desk().setModel('quick');
    desk().setVoice('far:anna');
    expect(desk().modelId).toBe('quick');
    desk().setVoice('far:cleo');
    expect(desk().modelId).toBeNull();
  });

  it('is there again after a restart, and a desk of before there were models still is', async () => {
    desk().setModel('quick');
    stores.flushPreferences();
    await vi.waitUntil(() => JSON.stringify(page.studio.parts.library().preference('tune') ?? '').includes('quick'));
    stores.useTune.setState({ modelId: null });
    await stores.restoreTune();
    expect(desk().modelId).toBe('quick');
    const { text, voiceId, settings } = desk();
    page.studio.parts.library().setPreference('tune', { text, voiceId, settings });
    await stores.restoreTune();
    expect(desk()).toMatchObject({ voiceId: 'far:ben', modelId: null });
  });

  it('is what the text is checked for and the voice is warmed up with', async () => {
    const stop = [stores.watchText(), stores.warmUpVoices()];
    desk().setModel('quick');
    desk().setText('Hello');
    await vi.waitUntil(() => stores.useTextCheck.getState().report !== null);
    for (const end of stop) end();
    expect(stores.useTextCheck.getState().report?.cost).toEqual({ amount: 2.5, currency: 'credits' });
    expect(asked).toContainEqual(['/api/voices/warm', { voiceId: 'far:ben', modelId: 'quick' }]);
  });

  it('is asked where its voice begins as soon as that is chosen; a model of this computer waits for a text', () => {
    const stop = stores.warmUpVoices();
    desk().setVoice('far:cleo');
    desk().setVoice('builtin:kokoro/af_heart');
    stop();
    expect(asked.filter(([path]) => path === '/api/voices/warm')).toEqual([
      ['/api/voices/warm', { voiceId: 'far:cleo', modelId: null }],
    ]);
  });

  it('is part of a preset', () => {
    const preset = { voiceId: 'far:ben', modelId: 'quick', settings: NEUTRAL_SETTINGS } as Preset;
    expect(stores.matchesPreset(preset, desk())).toBe(false);
    desk().apply(stores.deskOf(preset));
    expect(stores.matchesPreset(preset, desk())).toBe(true);
    const { modelId: _, ...own } = preset;
    expect(stores.matchesPreset({ ...own, modelId: 'usual' }, { ...own })).toBe(true);
    desk().apply(stores.deskOf(own));
    expect(desk().modelId).toBeNull();
  });
});

describe('where a voice begins', () => {
  it('is where an untouched speed goes, there and back', () => {
    desk().setVoice('far:anna');
    expect(desk().settings.speed).toBe(1.1);
    desk().setVoice('far:ben');
    expect(desk().settings.speed).toBe(1);
  });

  it('leaves a speed alone that was set', () => {
    desk().setControl('speed', 1.3);
    desk().setVoice('far:anna');
    expect(desk().settings.speed).toBe(1.3);
    desk().resetControls();
    expect(desk().settings).toEqual({ ...NEUTRAL_SETTINGS, speed: 1.1 });
  });

  it('is where an untouched speed goes as soon as it is known, and none that came with settings', () => {
    const stop = stores.followStart();
    const learn = (speed: number) => {
      const { voices } = stores.useVoices.getState();
      const start = { speed };
      stores.useVoices.setState({ voices: voices.map((one) => (one.id === 'far:cleo' ? { ...one, start } : one)) });
    };
    desk().setVoice('far:cleo');
    learn(0.9);
    expect(desk().settings.speed).toBe(0.9);
    desk().apply({ voiceId: 'far:cleo', settings: { ...NEUTRAL_SETTINGS, speed: 0.9 } });
    learn(0.8);
    expect(desk().settings.speed).toBe(0.9);
    desk().resetControls();
    desk().setControl('speed', 0.8);
    learn(1);
    expect(desk().settings.speed).toBe(0.8);
    stop();
  });

  it('is what a parameter is while nobody sets it', () => {
    const anna = stores.voiceOf(stores.useVoices.getState(), 'far:anna');
    expect(stores.startValue(anna, { name: 'style', default: 0 })).toBe(0.4);
    expect(stores.startValue(anna, { name: 'style', default: 'none' })).toBe('none');
    expect(stores.startValue(anna, { name: 'other', default: true })).toBe(true);
    expect(stores.startValue(null, { name: 'style', default: 0 })).toBe(0);
    expect(stores.startSpeed({ start: { speed: 9 } }, null)).toBe(1);
  });

  it('is a value that the model can take', () => {
    const stability = { name: 'stability', default: 0.5, min: 0, max: 1, step: 0.5 };
    expect(stores.startValue({ start: { stability: 0.83 } }, stability)).toBe(1);
    expect(stores.isVoicesOwn({ start: { stability: 0.83 } }, stability)).toBe(true);
    expect(stores.isVoicesOwn({ start: { stability: 0.43 } }, stability)).toBe(false);
    const format = { name: 'format', default: 'a', choices: ['a', 'b'] };
    expect(stores.startValue({ start: { format: 'b' } }, format)).toBe('b');
    expect(stores.startValue({ start: { format: 'c' } }, format)).toBe('a');
  });

  it('is normal speed with a model that has none of its own', () => {
    const [model] = stores.useVoices.getState().models;
    if (model === undefined) throw new Error('There is no model.');
    const still = { capabilities: { ...model.capabilities, speed: null } };
    expect(stores.startSpeed({ start: { speed: 1.1 } }, still)).toBe(1);
  });
});
