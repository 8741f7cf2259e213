import type { Provider } from '../../../engine/providers/provider.ts';
import type { Capabilities } from '../../../shared/controls/controls.ts';
import type { Model, Voice } from '../../../shared/schemas/voice.ts';

const CAN: Capabilities = {
  speed: { min: 0.7, max: 1.2 },
  pitch: null,
  volume: null,
  emotion: { names: [], note: '' },
  seed: null,
  parameters: [],
  maxCharacters: 100,
  streams: true,
};

function model(id: string, capabilities: Partial<Capabilities> = {}): Model {
  return {
    id,
    provider: 'far',
    name: id,
    description: '',
    sampleRate: 8000,
    capabilities: { ...CAN, ...capabilities },
  };
}

function voice(name: string, more: Partial<Voice> = {}): Voice {
  return {
    id: `far:${name}`,
    provider: 'far',
    model: 'usual',
    models: ['usual', 'quick'],
    name,
    languages: ['en'],
    accent: '',
    gender: 'unknown',
    description: '',
    experimental: false,
    blend: null,
    ...more,
  };
}

/**
 * A provider whose voices begin where it says: Anna at 1.1 times normal with both models, Ben at normal with both,
 * Cleo with one model only. `quick` takes few characters.
 */
export function farProvider(): Provider {
  const health = () => ({ id: 'far', kind: 'far', name: 'Far', status: 'ready', latencyMs: 1, note: '' }) as const;
  return {
    id: 'far',
    kind: 'far',
    name: 'Far',
    health,
    probe: async () => health(),
    voices: async () => [
      voice('anna', { start: { speed: 1.1, style: 0.4 } }),
      voice('ben'),
      voice('cleo', { models: ['usual'] }),
    ],
    models: async () => [model('usual'), model('quick', { maxCharacters: 5 })],
    estimate: (id, characters) => ({ amount: id === 'quick' ? characters / 2 : characters, currency: 'credits' }),
    stream: async () => {
      throw new Error('It never speaks.');
    },
    close: async () => undefined,
  };
}
