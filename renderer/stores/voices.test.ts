import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Model, Voice } from '../../shared/schemas/voice.ts';
import { farProvider } from './testing/far-provider.ts';
import { openPageOnEngine, type PageOnEngine } from './testing/page-on-engine.ts';

const HEART = 'builtin:kokoro/af_heart';
const asked: [string, unknown][] = [];
let page: PageOnEngine;
let stores: typeof import('./voices.ts');

beforeAll(async () => {
  page = await openPageOnEngine((path, init) => {
    if (typeof init?.body === 'string') asked.push([path, JSON.parse(init.body)]);
  });
  stores = await import('./voices.ts');
  page.studio.parts.registry.put(farProvider());
});

afterAll(() => page.close());

it('knows how old each list is, and has it read anew', async () => {
  const { useVoices } = stores;
  await useVoices.getState().refresh('far');
  expect(useVoices.getState().lists).toMatchObject([{ provider: 'far', voices: 3, refreshing: false, fault: null }]);
  await useVoices.getState().refresh();
  await useVoices.getState().load();
  expect(useVoices.getState().lists[0]?.at).toBeGreaterThan(0);
  expect(asked).toEqual([
    ['/api/voices/refresh', { provider: 'far' }],
    ['/api/voices/refresh', {}],
  ]);
  expect(stores.voiceOf(useVoices.getState(), HEART)?.name).toBe('Heart');
});

it('speaks with the model that was chosen where the voice has it, else with its own', () => {
  const model = (id: string, provider = 'far') => ({ id, provider }) as Model;
  const voices = [{ id: 'far:anna', provider: 'far', model: 'usual', models: ['usual', 'quick'] } as Voice];
  const models = [model('quick', 'other'), model('usual'), model('quick'), model('third')];
  const of = (wanted?: string | null) => stores.modelOf({ voices, models }, 'far:anna', wanted);
  expect(of()).toBe(models[1]);
  expect(of(null)).toBe(models[1]);
  expect(of('quick')).toBe(models[2]);
  expect(of('third')).toBe(models[1]);
  expect(stores.modelOf({ voices, models }, 'far:nobody', 'quick')).toBeNull();
  expect(stores.modelIdsOf({ model: 'own' })).toEqual(['own']);
});
