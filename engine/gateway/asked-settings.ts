import { CONTROL_RANGE, type Settings } from '../../shared/controls/controls.ts';
import { ratioToDb, ratioToSemitones } from '../../shared/controls/ratios.ts';
import type { GatewaySpeech } from '../../shared/schemas/gateway.ts';

function within(value: number, { min, max }: { min: number; max: number }): number {
  return Math.min(max, Math.max(min, value));
}

/**
 * The settings a gateway's request asks for: what it names, and the voice's own for what it does not.
 *
 * @param own of the voice, or of the preset or mapping it was found by
 * @param instead the settings of the old voice that `own` were matched with; null without a mapping. Then what is named is
 *   said of the old voice, and the new one changes as much as that one would: times in speed, semitones in pitch, dB in
 *   volume, as far as the controls reach.
 */
export function askedSettings(asked: GatewaySpeech['settings'], own: Settings, instead: Settings | null): Settings {
  const { speed, pitch, volume, emotion } = asked ?? {};
  const base = instead ?? own;
  const named = {
    speed: speed ?? base.speed,
    pitch: pitch === undefined ? base.pitch : ratioToSemitones(pitch),
    volume: volume === undefined ? base.volume : ratioToDb(volume),
  };
  const settings = {
    ...own,
    ...(emotion === undefined ? {} : { emotion: { name: emotion, intensity: 1 } }),
  };
  if (instead === null) return { ...settings, ...named };
  return {
    ...settings,
    speed: within(own.speed * (named.speed / instead.speed), CONTROL_RANGE.speed),
    pitch: within(own.pitch + named.pitch - instead.pitch, CONTROL_RANGE.pitch),
    volume: within(own.volume + named.volume - instead.volume, CONTROL_RANGE.volume),
  };
}
