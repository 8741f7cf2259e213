import type { MappingSide } from '../../shared/schemas/mapping.ts';
import type { Take } from '../../shared/schemas/take.ts';
import { TakeQuery } from '../../shared/schemas/take.ts';
import type { Library } from '../library/library.ts';

/** Takes of a provider that its pace is read off, the newest. */
const TAKES = 20;
/** s for a character where nothing is known yet: a line of 75 characters in 3 s. */
const USUAL = 0.04;
/** Fewer characters say more of the wait than of the pace. */
const LEAST_CHARACTERS = 20;

/** Seconds from a take's turn to its last sound. */
const secondsOf = ({ sentAt, lastByteAt }: Take) => ((lastByteAt ?? sentAt) - sentAt) / 1000;

/** Seconds that a side takes for a character, by what it made last; one text after the other, as most servers do. */
export function secondsPerCharacter(library: Library, side: MappingSide): number {
  if (side.kind !== 'provider') return USUAL;
  const query = { provider: side.provider, state: 'done', limit: TAKES };
  const takes = [{}, { projectId: library.shelf() }]
    .flatMap((more) => library.takes(TakeQuery.parse({ ...query, ...more })).takes)
    .filter(({ cached, source, characters }) => !cached && source === 'rendered' && characters >= LEAST_CHARACTERS);
  const paces = takes.map((take) => secondsOf(take) / take.characters).toSorted((a, b) => a - b);
  return paces[paces.length >> 1] ?? USUAL;
}
