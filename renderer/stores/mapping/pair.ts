import { create } from 'zustand';
import { type PairLine, pairLines, pairTakeIds } from '../../../shared/matching/pair-lines.ts';
import type { StudioEvent } from '../../../shared/schemas/events.ts';
import type { MappingRow } from '../../../shared/schemas/mapping.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { withEntries } from '../compare/cells.ts';
import { readTake } from '../compare/compare-calls.ts';
import { currentRow, useMapView } from './map-view.ts';
import { useMappings } from './mappings.ts';

interface Pair {
  /** Takes that are known, by id; null where one is gone. */
  takes: ReadonlyMap<string, Take | null>;
  /** Takes of new voices that were rendered here. */
  rendered: readonly string[];
  /** Takes are being read that are not known yet. */
  reading: boolean;
  /** What is heard of the row in hand: text or, where there is none, the old take; null for the first line. */
  lineKey: string | null;
}

/** What the two voices of the row in hand can be heard in. */
export const usePair = create<Pair>()(() => ({ takes: new Map(), rendered: [], reading: false, lineKey: null }));

const { getState: get, setState: set } = usePair;

/** By what a line is told from others. */
export const keyOfLine = (line: PairLine): string => (line.text === '' ? (line.old?.id ?? '') : line.text);

/** What the two voices of a row are heard saying, as far as it is known. */
export function linesOf(row: MappingRow, { takes, rendered }: Pick<Pair, 'takes' | 'rendered'> = get()): PairLine[] {
  return pairLines(
    row,
    takes,
    rendered.flatMap((id) => takes.get(id) ?? []),
  );
}

/** The line that is heard, or null. */
export function lineInHand(lines: readonly PairLine[], key: string | null): PairLine | null {
  return lines.find((line) => keyOfLine(line) === key) ?? lines[0] ?? null;
}

/** The line that is heard of the row in hand. */
export function currentLine(): PairLine | null {
  const row = currentRow();
  return row === null ? null : lineInHand(linesOf(row), get().lineKey);
}

/** Goes to the next line of the row in hand, or the one before; around at the ends. */
export function stepLine(by: -1 | 1): void {
  const row = currentRow();
  const lines = row === null ? [] : linesOf(row);
  const line = lineInHand(lines, get().lineKey);
  const place = line === null ? -1 : lines.indexOf(line);
  const next = lines[(place + by + lines.length) % Math.max(1, lines.length)];
  if (next) set({ lineKey: keyOfLine(next) });
}

/** Keeps a take that was read or rendered. */
export function knowTake(take: Take): void {
  set({ takes: withEntries(get().takes, [[take.id, take]]) });
}

/** Keeps a take of a new voice that was rendered here. */
export function keepRendered(take: Take): void {
  knowTake(take);
  set({ rendered: [take.id, ...get().rendered.filter((id) => id !== take.id)] });
}

async function readMissing(): Promise<void> {
  const row = currentRow();
  if (row === null) return;
  const ids = pairTakeIds(row);
  const missing = [...ids.old, ...ids.new].filter((id) => !get().takes.has(id));
  if (missing.length === 0) return;
  set({ reading: true });
  const read = await Promise.all(
    missing.map((id) =>
      readTake(id).then(
        (take) => [id, take] as const,
        () => [id, null] as const,
      ),
    ),
  );
  set({ takes: withEntries(get().takes, read), reading: false });
}

/** Reads what the row in hand can be heard in, whenever that changes. @returns ends it */
export function followPair(): () => void {
  let before: MappingRow | null = null;
  const look = () => {
    const row = currentRow();
    if (row?.id !== before?.id) set({ lineKey: null });
    const same = row?.id === before?.id && row?.proposal === before?.proposal && row?.source === before?.source;
    const sameVoice = row?.choice?.voiceId === before?.choice?.voiceId;
    before = row;
    if (!same || !sameVoice) void readMissing();
  };
  look();
  const stops = [useMappings.subscribe(look), useMapView.subscribe(look)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Takes in what became of a take that is heard here. */
export function pairHeard(event: StudioEvent): void {
  if (event.type === 'take' && get().takes.has(event.take.id)) knowTake(event.take);
}
