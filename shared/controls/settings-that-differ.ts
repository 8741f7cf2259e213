import { NEUTRAL_SETTINGS, type Settings } from './controls.ts';

function signed(value: number, digits: number): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(digits)}`;
}

/** The settings that are not neutral, as short words: “1.25×”, “+3.0 st”, “−2.0 dB”, “calm 40 %”. */
export function settingsThatDiffer(settings: Settings): string[] {
  const words: string[] = [];
  if (settings.speed !== NEUTRAL_SETTINGS.speed) words.push(`${settings.speed.toFixed(2)}×`);
  if (settings.pitch !== NEUTRAL_SETTINGS.pitch) words.push(`${signed(settings.pitch, 1)} st`);
  if (settings.volume !== NEUTRAL_SETTINGS.volume) words.push(`${signed(settings.volume, 1)} dB`);
  if (settings.emotion.name !== 'neutral') {
    words.push(`${settings.emotion.name} ${Math.round(settings.emotion.intensity * 100)} %`);
  }
  if (settings.seed !== null) words.push(`seed ${settings.seed}`);
  for (const [name, value] of Object.entries(settings.parameters)) words.push(`${name} ${value}`);
  return words;
}
