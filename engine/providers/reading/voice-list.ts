import { z } from 'zod';
import { parseJson } from '../../../shared/text/parse-json.ts';

/** A voice as a server lists it. */
export interface ListedVoice {
  /** By which it is asked for. */
  id: string;
  name: string;
  /** Language tags it says it speaks. */
  languages: string[];
  /** Other names it answers to. */
  aliases: string[];
}

const Text = z.string().trim().min(1);

/** All fields any server was seen to name a voice by. */
const Entry = z.union([
  Text,
  z.looseObject({
    id: Text.optional(),
    voice_id: Text.optional(),
    value: Text.optional(),
    filename: Text.optional(),
    name: Text.optional(),
    label: Text.optional(),
    display_name: Text.optional(),
    language: Text.nullish(),
    languages: z.array(Text).nullish(),
    aliases: z.array(Text).nullish(),
    exists: z.boolean().optional(),
  }),
]);

/** Where a list stands in an answer. */
const List = z.union([
  z.array(z.unknown()),
  z.looseObject({ voices: z.array(z.unknown()) }).transform((answer) => answer.voices),
  z.looseObject({ data: z.array(z.unknown()) }).transform((answer) => answer.data),
  z.looseObject({ items: z.array(z.unknown()) }).transform((answer) => answer.items),
  // Brioch's server answers with a list as text.
  z.string().transform(parseJson).pipe(z.array(z.unknown())),
]);

/** A file name as a person would call the voice: without its ending, words parted by spaces. */
function nameOfFile(file: string): string {
  const base = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  return (
    base
      .replace(/\.(wav|mp3|flac|ogg|opus|m4a)$/iu, '')
      .replace(/[_]+/gu, ' ')
      .trim() || file
  );
}

function listed(entry: unknown): ListedVoice | null {
  const parsed = Entry.safeParse(entry);
  if (!parsed.success) return null;
  if (typeof parsed.data === 'string') {
    return { id: parsed.data, name: nameOfFile(parsed.data), languages: [], aliases: [] };
  }
  const { id, voice_id, value, filename, name, label, display_name, language, languages, aliases, exists } =
    parsed.data;
  // A file is what devnen's server is asked by; travisvn's has both and is asked by the name.
  const key = id ?? voice_id ?? value ?? (display_name === undefined ? (name ?? filename) : (filename ?? display_name));
  const called = display_name ?? label ?? name ?? key;
  if (key === undefined || called === undefined || exists === false) return null;
  return {
    id: key,
    name: nameOfFile(called),
    languages: languages?.length ? languages : language ? [language] : [],
    aliases: aliases ?? [],
  };
}

/**
 * The voices of a list in any of the shapes in use: strings, `{id, name}`, `{label, value}`, `{display_name, filename}`,
 * `{name, language, aliases}`, alone or under `voices`, `data` or `items`. Entries of no known form are left out, and so
 * is a second voice of one id.
 *
 * @returns null where it is no list of voices
 */
export function readVoiceList(answer: unknown): ListedVoice[] | null {
  const list = List.safeParse(answer);
  if (!list.success) return null;
  const voices = new Map<string, ListedVoice>();
  for (const entry of list.data) {
    const voice = listed(entry);
    if (voice && !voices.has(voice.id)) voices.set(voice.id, voice);
  }
  return [...voices.values()];
}
