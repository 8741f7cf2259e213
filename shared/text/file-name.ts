import { NEUTRAL_SETTINGS, type Settings } from '../controls/controls.ts';
import type { Take } from '../schemas/take.ts';

/** What may stand in a file name pattern, and what it becomes. */
export const FILE_NAME_VARIABLES = [
  { name: 'project', meaning: 'the project' },
  { name: 'voice', meaning: 'the voice' },
  { name: 'line', meaning: 'the first words of the text' },
  { name: 'take', meaning: 'eight characters that only this take has' },
  { name: 'settings', meaning: 'the settings that are not neutral' },
  { name: 'name', meaning: 'the name of the take, or the first words' },
  { name: 'date', meaning: 'the day it was made' },
] as const;

/** Most characters of a file name without its ending; file systems allow 255 bytes. */
const LONGEST_NAME = 120;
/** Most characters of a text in a file name. */
const LONGEST_LINE = 40;

/** Names Windows keeps for devices. Source: Microsoft, "Naming Files, Paths, and Namespaces". */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/** What no system allows in a file name becomes a space; runs of spaces one; no dot or space at either end. */
function plain(words: string): string {
  return words
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
}

/** The first words of a text, cut between words where one ends near enough. */
function firstWords(text: string): string {
  const line = [...plain(text)];
  if (line.length <= LONGEST_LINE) return line.join('');
  const cut = line.slice(0, LONGEST_LINE + 1).join('');
  const end = cut.lastIndexOf(' ');
  return end > LONGEST_LINE / 2 ? cut.slice(0, end) : line.slice(0, LONGEST_LINE).join('');
}

/** The settings that are not neutral, for a file name: “1.25x_+3st_calm40”. */
export function settingsInName(settings: Settings): string {
  const signed = (value: number) => `${value > 0 ? '+' : ''}${Number(value.toFixed(1))}`;
  const words: string[] = [];
  if (settings.speed !== NEUTRAL_SETTINGS.speed) words.push(`${Number(settings.speed.toFixed(2))}x`);
  if (settings.pitch !== NEUTRAL_SETTINGS.pitch) words.push(`${signed(settings.pitch)}st`);
  if (settings.volume !== NEUTRAL_SETTINGS.volume) words.push(`${signed(settings.volume)}dB`);
  if (settings.emotion.name !== 'neutral') {
    words.push(`${settings.emotion.name}${Math.round(settings.emotion.intensity * 100)}`);
  }
  if (settings.seed !== null) words.push(`seed${settings.seed}`);
  return words.join('_') || 'neutral';
}

/** What a file name is made of. */
export interface NamedTake {
  project: string;
  take: Pick<Take, 'id' | 'name' | 'text' | 'voiceName' | 'voiceId' | 'createdAt'>;
  /** Settings that are heard. */
  settings: Settings;
}

/**
 * The name of a take's file, without its ending, by a pattern such as `{project}-{voice}-{take}`. A variable nobody
 * knows stays as it stands. The result can be used on every system, and is never empty.
 */
export function takeFileName(pattern: string, { project, take, settings }: NamedTake): string {
  const line = firstWords(take.text);
  const short = take.id.slice(0, 8);
  const values: Record<string, string> = {
    project,
    voice: take.voiceName || take.voiceId,
    line: line || 'no text',
    take: short,
    settings: settingsInName(settings),
    name: firstWords(take.name) || line || short,
    date: new Date(take.createdAt).toISOString().slice(0, 10),
  };
  const filled = pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name.toLowerCase()];
    return value === undefined ? whole : plain(value);
  });
  const name = plain([...plain(filled)].slice(0, LONGEST_NAME).join('')) || short;
  return RESERVED.test(name) ? `_${name}` : name;
}
