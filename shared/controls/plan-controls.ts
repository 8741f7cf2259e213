import type { Capabilities, Emotion, ParameterValue, ProviderRange, Settings, StudioSettings } from './controls.ts';

/** Who does a control for the voice chosen. */
export type ControlOwner = 'provider' | 'studio' | 'none';

/** One control's fate, with the reason where it has no effect or is not done where one would expect. */
export interface ControlPlan {
  owner: ControlOwner;
  why: string;
}

/** What of the settings is sent, what the studio does itself, and what has no effect. */
export interface Plan {
  /** For the provider, in the controls' own units. A control the provider does not do stands at neutral. */
  send: {
    speed: number;
    pitch: number;
    volume: number;
    emotion: Emotion;
    seed: number | null;
    parameters: Record<string, ParameterValue>;
  };
  /** For the chain of player, export and gateway. */
  studio: StudioSettings;
  controls: Record<'speed' | 'pitch' | 'volume' | 'emotion' | 'seed', ControlPlan>;
}

function planRange(
  value: number,
  neutral: number,
  range: ProviderRange | null,
  name: string,
): { sent: number; studio: number; plan: ControlPlan } {
  if (range === null) {
    const why = `This voice has no ${name} of its own; the studio does it, live.`;
    return { sent: neutral, studio: value, plan: { owner: 'studio', why } };
  }
  if (value < range.min || value > range.max) {
    const why = `Outside the voice's own range (${range.min} to ${range.max}); the studio does all of it, live.`;
    return { sent: neutral, studio: value, plan: { owner: 'studio', why } };
  }
  const why = `The voice does ${name} itself; while it plays you hear a preview by the studio.`;
  return { sent: value, studio: neutral, plan: { owner: 'provider', why } };
}

/**
 * Splits the settings between the provider and the studio.
 *
 * A control inside the provider's own range is sent; outside it the provider gets normal and the studio does all of it.
 * Parameters the model does not have are left out.
 */
export function planControls(settings: Settings, can: Capabilities): Plan {
  const speed = planRange(settings.speed, 1, can.speed, 'speed');
  const pitch = planRange(settings.pitch, 0, can.pitch, 'pitch');
  const volume = planRange(settings.volume, 0, can.volume, 'volume');

  const { name } = settings.emotion;
  const speaks = name === 'neutral' || can.emotion.names.includes(name);
  const emotion: ControlPlan =
    can.emotion.names.length === 0
      ? { owner: 'none', why: `No effect: ${can.emotion.note}` }
      : speaks
        ? { owner: 'provider', why: `Needs a new render. ${can.emotion.note}` }
        : { owner: 'none', why: `No effect: this voice has no “${name}”. ${can.emotion.note}` };

  const known = new Set(can.parameters.map((spec) => spec.name));
  const parameters = Object.fromEntries(Object.entries(settings.parameters).filter(([key]) => known.has(key)));

  return {
    send: {
      speed: speed.sent,
      pitch: pitch.sent,
      volume: volume.sent,
      emotion: speaks ? settings.emotion : { name: 'neutral', intensity: 0 },
      seed: can.seed === null ? null : settings.seed,
      parameters,
    },
    studio: { speed: speed.studio, pitch: pitch.studio, volume: volume.studio },
    controls: {
      speed: speed.plan,
      pitch: pitch.plan,
      volume: volume.plan,
      emotion,
      seed:
        can.seed === null
          ? { owner: 'none', why: 'No effect: this voice says the same text the same way every time.' }
          : { owner: 'provider', why: 'Needs a new render.' },
    },
  };
}

/**
 * What the player must do so that a take sounds like the settings now on the sliders: the studio's own part, and a
 * preview of what the provider would do itself, relative to what the take was rendered with.
 *
 * @param rendered what was sent to the provider when the take was made (neutral where the studio did it)
 */
export function previewStudio(
  settings: Settings,
  rendered: { speed: number; pitch: number; volume: number },
): StudioSettings {
  return {
    speed: settings.speed / rendered.speed,
    pitch: settings.pitch - rendered.pitch,
    volume: settings.volume - rendered.volume,
  };
}
