/** What a pattern's names in braces stand for. */
export interface FileNameParts {
  project: string;
  voice: string;
  /** Place in the export, from 1. */
  line: number;
  /** The first piece of the take's id. */
  take: string;
  settings: string;
  /** The take's name, or the beginning of its text. */
  name: string;
  /** Milliseconds since the epoch. */
  date: number;
}

/** Longest name, in characters and in UTF-8 bytes, both without the dot and what follows it. */
const MOST_CHARACTERS = 120;
const MOST_BYTES = 200;
/** Names Windows keeps for devices, whatever follows the dot. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/** Two digits at least. */
const padded = (value: number) => String(value).padStart(2, '0');

function day(date: number): string {
  const at = new Date(date);
  return `${at.getFullYear()}-${padded(at.getMonth() + 1)}-${padded(at.getDate())}`;
}

/** One value with nothing in it that a file system, a shell or a reader would take for something else. */
function plain(value: string): string {
  return (
    value
      .normalize('NFC')
      // Control characters, lone surrogates, and what turns the direction of writing or cannot be seen at all. Joiners
      // stay: words of some scripts need them.
      .replace(/[\p{Cc}\p{Cs}\ufffd\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu, '')
      // Forbidden in names on some system.
      .replace(/[\\/:*?"<>|\s]+/gu, ' ')
      .trim()
      .replace(/ /g, '_')
  );
}

/** As much of the beginning as a name may have, without half a character. */
function cut(name: string, characters: number, bytes: number): string {
  const encoder = new TextEncoder();
  let kept = '';
  let size = 0;
  for (const character of name) {
    size += encoder.encode(character).length;
    if (size > bytes || kept.length + character.length > characters) break;
    kept += character;
  }
  return kept;
}

/** Dots and spaces at an end are dropped by Windows; a dot at the beginning hides the file elsewhere. */
const trimmed = (name: string) => name.replace(/^[._\-\s]+|[._\-\s]+$/g, '');

/**
 * A file's name from a pattern, without ending: safe on every system, never empty, in any script.
 *
 * @param pattern {project} {voice} {line} {take} {settings} {name} {date}; other braces stay as they are
 * @param suffix put behind whatever the pattern gives, also when it had to be cut
 */
export function fileName(pattern: string, parts: FileNameParts, suffix = ''): string {
  const values = new Map(
    Object.entries({
      project: parts.project,
      voice: parts.voice,
      line: String(parts.line).padStart(3, '0'),
      take: parts.take,
      settings: parts.settings,
      name: parts.name,
      date: day(parts.date),
    }),
  );
  const filled = pattern.replace(/\{(\w+)\}/g, (braces, key: string) => values.get(key) ?? braces);
  const end = plain(suffix);
  const room = (most: number) => most - new TextEncoder().encode(end).length;
  const stem = trimmed(cut(trimmed(plain(filled)), room(MOST_CHARACTERS), room(MOST_BYTES))) || `take_${parts.take}`;
  const name = `${stem}${end}`;
  const [beforeDot = ''] = name.split('.');
  return RESERVED.test(beforeDot) ? `_${name}` : name;
}

/** Gives each name once: a second one of the same letters (whatever their case) gets a number. */
export function uniqueNames(): (name: string) => string {
  const given = new Set<string>();
  /** The first number not tried yet for each name: without it ten thousand equal names would take minutes. */
  const untried = new Map<string, number>();
  const folded = (name: string) => name.normalize('NFC').toLowerCase();
  return (name) => {
    const asked = folded(name);
    for (let number = untried.get(asked) ?? 1; ; number += 1) {
      const end = number === 1 ? '' : `_${number}`;
      const candidate = `${cut(name, MOST_CHARACTERS - end.length, MOST_BYTES - end.length)}${end}`;
      const key = folded(candidate);
      if (given.has(key)) continue;
      given.add(key);
      untried.set(asked, number + 1);
      return candidate;
    }
  };
}
