import { describe, expect, it } from 'vitest';
import { NEUTRAL_SETTINGS, NEUTRAL_STUDIO } from '../../shared/controls/controls.ts';
import { isPreview, type LoadedTake, studioFor } from './heard.ts';

/** Rendered at 1.2 times by the voice, two semitones up by the studio. */
const loaded: LoadedTake = {
  id: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b',
  voiceId: 'builtin:kokoro/af_heart',
  settings: { ...NEUTRAL_SETTINGS, speed: 1.2, pitch: 2 },
  sent: { speed: 1.2, pitch: 0, volume: 0 },
  studio: { speed: 1, pitch: 2, volume: 0 },
};

describe('what the player does to a take', () => {
  it('is as rendered where that is asked for, wherever the sliders stand', () => {
    const settings = { ...NEUTRAL_SETTINGS, speed: 2, volume: -6 };
    expect(studioFor({ loaded, heard: 'rendered' }, settings)).toEqual(loaded.studio);
    expect(isPreview({ loaded, heard: 'rendered' }, settings)).toBe(false);
  });

  it('is nothing more than as rendered where the sliders stand as they did', () => {
    expect(studioFor({ loaded, heard: 'sliders' }, loaded.settings)).toEqual(loaded.studio);
    expect(isPreview({ loaded, heard: 'sliders' }, loaded.settings)).toBe(false);
  });

  it('follows the sliders relative to what the voice did itself', () => {
    const settings = { ...NEUTRAL_SETTINGS, speed: 0.6, pitch: -3, volume: 4 };
    const studio = studioFor({ loaded, heard: 'sliders' }, settings);
    expect(studio.speed * loaded.sent.speed).toBeCloseTo(0.6);
    expect(studio).toMatchObject({ pitch: -3, volume: 4 });
    expect(isPreview({ loaded, heard: 'sliders' }, settings)).toBe(true);
  });

  it('leaves the sample of a voice alone', () => {
    expect(studioFor({ loaded: null, heard: 'sliders' }, loaded.settings)).toEqual(NEUTRAL_STUDIO);
  });
});
