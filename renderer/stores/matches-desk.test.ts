import { describe, expect, it } from 'vitest';
import { type Capabilities, NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import type { Take } from '../../shared/schemas/take.ts';
import { matchesDesk } from './matches-desk.ts';

const CAN_DO: Capabilities = {
  speed: { min: 0.5, max: 2 },
  pitch: null,
  volume: null,
  emotion: { names: ['happy'], note: '' },
  seed: null,
  parameters: [],
  maxCharacters: 100,
  streams: true,
};

const CAN = { id: 'kokoro', capabilities: CAN_DO };

const desk = { text: 'Hello', voiceId: 'builtin:kokoro/af_heart', settings: NEUTRAL_SETTINGS };
const take = { ...desk, model: 'kokoro', source: 'rendered', state: 'done' } as Take;
const withSettings = (change: Partial<typeof NEUTRAL_SETTINGS>) => ({
  ...desk,
  settings: { ...NEUTRAL_SETTINGS, ...change },
});

describe('whether a take is what the desk would ask for', () => {
  it('is so for the same text and voice, whatever the studio does itself', () => {
    expect(matchesDesk(take, desk, CAN)).toBe(true);
    expect(matchesDesk(take, withSettings({ pitch: 4, volume: -6 }), CAN)).toBe(true);
    expect(matchesDesk(take, withSettings({ emotion: { name: 'neutral', intensity: 1 } }), CAN)).toBe(true);
  });

  it('is not so where the voice would be asked for something else', () => {
    expect(matchesDesk(take, { ...desk, text: 'Hello!' }, CAN)).toBe(false);
    expect(matchesDesk(take, { ...desk, voiceId: 'builtin:kokoro/af_bella' }, CAN)).toBe(false);
    expect(matchesDesk(take, desk, { ...CAN, id: 'other' })).toBe(false);
    expect(matchesDesk(take, withSettings({ speed: 1.1 }), CAN)).toBe(false);
    expect(matchesDesk(take, withSettings({ emotion: { name: 'happy', intensity: 0.5 } }), CAN)).toBe(false);
  });

  it('leaves out what the model does not have', () => {
    expect(matchesDesk(take, withSettings({ seed: 5, parameters: { style: 1 } }), CAN)).toBe(true);
    expect(matchesDesk(take, withSettings({ emotion: { name: 'sad', intensity: 1 } }), CAN)).toBe(true);
  });

  it('is never so for a take that is not whole, was brought in, or of a voice that is not known', () => {
    expect(matchesDesk({ ...take, state: 'incomplete' }, desk, CAN)).toBe(false);
    expect(matchesDesk({ ...take, source: 'imported' }, desk, CAN)).toBe(false);
    const answeredBy = { provider: 'builtin' } as Take['answeredBy'];
    expect(matchesDesk({ ...take, answeredBy }, desk, CAN)).toBe(false);
    expect(matchesDesk(take, desk, null)).toBe(false);
  });
});
