import type { Settings } from '../controls/controls.ts';

/** Settings in few letters, for a file's name: what differs from neutral, or “neutral”. Speed in times, pitch in st. */
export function settingsWords({ speed, pitch, volume, emotion }: Settings): string {
  const signed = (value: number) => `${value > 0 ? '+' : ''}${value}`;
  const words = [
    speed === 1 ? '' : `${speed}x`,
    pitch === 0 ? '' : `${signed(pitch)}st`,
    volume === 0 ? '' : `${signed(volume)}dB`,
    emotion.name === 'neutral' ? '' : `${emotion.name}${emotion.intensity}`,
  ].filter((word) => word !== '');
  return words.length === 0 ? 'neutral' : words.join('_');
}
