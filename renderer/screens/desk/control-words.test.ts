import { describe, expect, it } from 'vitest';
import { type Capabilities, NEUTRAL_SETTINGS, type Settings } from '../../../shared/controls/controls.ts';
import { planControls } from '../../../shared/controls/plan-controls.ts';
import { badgeOf, emotionBadge } from './control-words.ts';

const CAN: Capabilities = {
  speed: { min: 0.7, max: 1.2 },
  pitch: null,
  volume: null,
  emotion: { names: ['happy'], note: 'By a table.' },
  seed: null,
  parameters: [],
  maxCharacters: 100,
  streams: true,
};

function rendered(settings: Settings) {
  const { send, studio } = planControls(settings, CAN);
  const sent = { speed: send.speed, pitch: send.pitch, volume: send.volume };
  return { id: '', voiceId: '', settings, studio, sent };
}

const at = (change: Partial<Settings>): Settings => ({ ...NEUTRAL_SETTINGS, ...change });
const word = (control: 'speed' | 'pitch', now: Settings, then: Settings | null, heard: 'rendered' | 'sliders') =>
  badgeOf(control, planControls(now, CAN), { loaded: then && rendered(then), heard }).word;

describe('what stands beside a control', () => {
  it('says who does it', () => {
    expect(word('speed', at({ speed: 1.1 }), null, 'sliders')).toBe('native');
    expect(word('speed', at({ speed: 1.8 }), null, 'sliders')).toBe('studio');
    expect(word('pitch', at({ pitch: 3 }), null, 'sliders')).toBe('studio');
  });

  it('says preview until the take is rendered with it', () => {
    expect(word('speed', at({ speed: 1.1 }), at({}), 'sliders')).toBe('preview');
    expect(word('speed', at({ speed: 1.1 }), at({ speed: 1.1 }), 'sliders')).toBe('native');
    expect(word('pitch', at({ pitch: 3 }), at({}), 'sliders')).toBe('studio');
  });

  it('says preview also where the voice did something and the studio would do all of it now', () => {
    expect(word('speed', at({ speed: 1.8 }), at({ speed: 1.1 }), 'sliders')).toBe('preview');
  });

  it('is no preview while the take is heard as rendered', () => {
    expect(word('speed', at({ speed: 1.1 }), at({}), 'rendered')).toBe('native');
  });

  it('says of an emotion that it takes a new render, is there already, or has no effect', () => {
    const of = (now: Settings, then: Settings) => emotionBadge(planControls(now, CAN), now, rendered(then)).word;
    const happy = at({ emotion: { name: 'happy', intensity: 0.5 } });
    expect(of(happy, at({}))).toBe('next render');
    expect(of(happy, happy)).toBe('native');
    expect(of(at({ emotion: { name: 'neutral', intensity: 0.9 } }), at({}))).toBe('native');
    expect(of(at({ emotion: { name: 'sad', intensity: 0.5 } }), at({}))).toBe('no effect');
  });
});
