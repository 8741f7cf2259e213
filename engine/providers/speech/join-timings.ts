import type { CharacterTimings } from '../../../shared/schemas/take.ts';

/** What was told of a part of a sound. */
export interface PartTimings {
  /** From the beginning of the part; null where none were told. */
  timings: CharacterTimings | null;
  /** Where the part begins in the whole, in s. */
  offset: number;
}

/** Timings of parts that are heard one after the other, from the beginning of the whole; null where none were told. */
export function joinTimings(parts: readonly PartTimings[]): CharacterTimings | null {
  const all = parts.flatMap(({ timings, offset }) => (timings ? [later(timings, offset)] : []));
  if (all.length === 0) return null;
  return {
    characters: all.flatMap(({ characters }) => characters),
    starts: all.flatMap(({ starts }) => starts),
    ends: all.flatMap(({ ends }) => ends),
  };
}

/** The same timings, so many seconds later. */
function later({ characters, starts, ends }: CharacterTimings, seconds: number): CharacterTimings {
  const moved = (times: number[]) => times.map((time) => time + seconds);
  return { characters, starts: moved(starts), ends: moved(ends) };
}
