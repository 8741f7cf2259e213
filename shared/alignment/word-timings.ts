import type { HeardWord } from '../schemas/alignment.ts';
import type { CharacterTimings } from '../schemas/take.ts';

/**
 * When each character of a text is heard, from its words: a word's time is spread evenly over its characters, and what
 * lies between two words is heard between them.
 *
 * @param words in order, with their places in the text
 */
export function wordTimings(text: string, words: readonly Omit<HeardWord, 'word'>[]): CharacterTimings {
  const timings: CharacterTimings = { characters: [], starts: [], ends: [] };
  const spread = (characters: string, from: number, to: number) => {
    const each = Array.from(characters);
    each.forEach((character, index) => {
      timings.characters.push(character);
      timings.starts.push(from + ((to - from) * index) / each.length);
      timings.ends.push(from + ((to - from) * (index + 1)) / each.length);
    });
  };
  let place = 0;
  let heard = words[0]?.from ?? 0;
  for (const { at, end, from, to } of words) {
    spread(text.slice(place, at), heard, from);
    spread(text.slice(at, end), from, to);
    place = end;
    heard = to;
  }
  if (words.length > 0) spread(text.slice(place), heard, heard);
  return timings;
}
