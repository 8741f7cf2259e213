import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../shared/errors.ts';
import type { VoiceListState } from '../../../shared/schemas/connection.ts';
import type { ProviderHealth, Voice } from '../../../shared/schemas/voice.ts';
import { voiceTrouble } from './voice-trouble.ts';

const ANNA = { id: 'far:anna', provider: 'far' } as Voice;
const gone: Fault = { code: 'unreachable', message: 'It does not answer.' };
const health = (more: Partial<ProviderHealth> = {}): ProviderHealth => ({
  id: 'far',
  kind: 'far',
  name: 'Far',
  status: 'ready',
  latencyMs: 1,
  note: '',
  ...more,
});
const list = (more: Partial<VoiceListState> = {}): VoiceListState => ({
  provider: 'far',
  name: 'Far',
  at: 1,
  voices: 1,
  refreshing: false,
  fault: null,
  ...more,
});

describe('why the voice on the desk cannot speak', () => {
  it('is nothing where it can, or where nothing is known yet', () => {
    expect(voiceTrouble('far:anna', ANNA, [health()], [list({ fault: gone })])).toBeNull();
    expect(voiceTrouble('far:anna', null, null, [])).toBeNull();
  });

  it('is what is wrong with its provider, whether the voice is known or not', () => {
    const failed = [health({ status: 'failed', note: 'No', fault: gone })];
    const trouble = { words: 'Far: It does not answer.', provider: 'far', fault: gone };
    expect(voiceTrouble('far:anna', ANNA, failed, [])).toEqual(trouble);
    expect(voiceTrouble('far:anna', null, failed, [])).toEqual(trouble);
    expect(voiceTrouble('far:anna', null, [health()], [list({ fault: gone })])).toEqual(trouble);
  });

  it('names the provider once', () => {
    const failed = [health({ status: 'failed', note: 'Far is away.' })];
    expect(voiceTrouble('far:anna', ANNA, failed, [])?.words).toBe('Far is away.');
  });

  it('is that there is no such provider, that its list is being read, or that the voice is not in it', () => {
    const words = (...[providers, lists]: [ProviderHealth[], VoiceListState[]]) =>
      voiceTrouble('far:anna', null, providers, lists)?.words;
    expect(words([], [])).toBe('Its provider “far” is not set up');
    expect(words([health()], [list({ at: null })])).toBe('The voices of Far are being read');
    expect(words([health()], [list({ refreshing: true })])).toBe('The voices of Far are being read');
    expect(words([health()], [list()])).toBe('Far has no voice “anna”');
  });
});
