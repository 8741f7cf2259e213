import { create } from 'zustand';
import { toFault } from '../../../shared/errors.ts';
import type { Comparison } from '../../../shared/schemas/comparison.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { openTakeAudio } from '../../api.ts';
import type { PlaySource } from '../../player/player-state.ts';
import { player } from '../../player/studio-player.ts';
import { takeView } from '../takes-calls.ts';
import { takeIdOf } from './cell.ts';
import { useCells, withEntries } from './cells.ts';
import { readAlignment, readGains, readWords } from './compare-calls.ts';
import { useComparisons } from './comparisons.ts';
import { alignmentOf, type CompareSound, pairKey } from './known-sound.ts';
import { currentText, useCompareView } from './slots.ts';

const NOTHING: CompareSound = {
  takes: [],
  alignments: new Map(),
  words: new Map(),
  views: new Map(),
  gains: new Map(),
  levels: new Map(),
  equal: null,
  unequal: null,
};

/** What is known of the sound of the text that is heard. */
export const useCompareSound = create<CompareSound>()(() => NOTHING);

const { getState: get, setState: set } = useCompareSound;

/** The takes of a text with all their sound. */
function wholeTakes(comparison: Comparison | null, textId: string | null): Take[] {
  const text = currentText(comparison, textId);
  if (comparison === null || text === null) return [];
  const { takes } = useCells.getState();
  return comparison.slots.flatMap((slot) => {
    const take = takes.get(takeIdOf(comparison, { slotId: slot.id, textId: text.id }) ?? '');
    return take && take.samples > 0 && take.state !== 'rendering' ? [take] : [];
  });
}

/** Where the sound of a take comes from. */
export function sourceOf({ id, provider }: Pick<Take, 'id' | 'provider'>): PlaySource {
  return { takeId: id, provider, open: (signal, fetch) => openTakeAudio(id, signal, fetch) };
}

/** Reads something about each take that is not known yet; what cannot be read is left out until it is asked for again. */
async function readEach<Value>(
  takes: readonly Take[],
  known: ReadonlyMap<string, Value>,
  read: (id: string) => Promise<Value>,
  keep: (id: string, value: Value) => void,
): Promise<void> {
  const unknown = takes.filter(({ id }) => !known.has(id));
  await Promise.all(
    unknown.map(({ id }) =>
      read(id).then(
        (value) => keep(id, value),
        () => undefined,
      ),
    ),
  );
}

/** Reads the pictures of takes that have none yet. */
function readViews(takes: readonly Take[]): Promise<void> {
  const signal = new AbortController().signal;
  const view = (id: string) => takeView(id, signal);
  return readEach(takes, get().views, view, (id, read) => set({ views: withEntries(get().views, [[id, read]]) }));
}

/** Measures takes against each other; whether that could be done is said, as long as they are those that are heard. */
async function makeEqual(takes: readonly Take[]): Promise<void> {
  const asked = takes.map(({ id, studio }) => ({ takeId: id, studio }));
  const answer = await readGains(asked).catch(toFault);
  if (!isSame(takes, get().takes)) return;
  if ('code' in answer) return set({ unequal: answer });
  const { gains, levels, by, lowered } = answer;
  set({
    gains: new Map(asked.map(({ takeId }, index) => [takeId, gains[index] ?? 0])),
    levels: withEntries(
      get().levels,
      asked.map(({ takeId }, index) => [takeId, levels[index]]),
    ),
    equal: { by, lowered },
  });
}

/** Aligns every two of the takes: first those with the first one, by which all are drawn. */
async function align(takes: readonly Take[], isWanted: () => boolean): Promise<void> {
  for (const [index, { id: a }] of takes.entries()) {
    for (const { id: b } of takes.slice(index + 1)) {
      if (alignmentOf(get(), a, b) !== null) continue;
      const alignment = await readAlignment(a, b).catch(() => null);
      if (!isWanted()) return;
      if (alignment) set({ alignments: withEntries(get().alignments, [[pairKey(a, b), alignment]]) });
    }
  }
}

function isSame(a: readonly Take[], b: readonly Take[]): boolean {
  return a.length === b.length && a.every(({ id, state }, index) => id === b[index]?.id && state === b[index]?.state);
}

/** Takes that the player keeps for flips. */
let ready = new Set<string>();

function keepReady(takes: readonly Take[]): void {
  const wanted = new Set(takes.map(({ id }) => id));
  for (const id of ready) if (!wanted.has(id)) player.release(id);
  for (const take of takes) if (!ready.has(take.id)) void player.preload(sourceOf(take));
  ready = wanted;
}

let preparations = 0;

/** Makes ready what is needed to hear the takes against each other. */
async function prepare(takes: readonly Take[]): Promise<void> {
  preparations += 1;
  const mine = preparations;
  const isWanted = () => mine === preparations;
  keepReady(takes);
  // What is heard keeps its gain until all of them are measured against each other.
  set({ takes, equal: null, unequal: null });
  if (takes.length === 0) return;
  await Promise.all([
    makeEqual(takes),
    readEach(takes, get().words, readWords, (id, words) => set({ words: withEntries(get().words, [[id, words]]) })),
    readViews(takes),
    align(takes, isWanted),
  ]);
}

/** Measures the takes of the text against each other once more. */
export function makeEqualAgain(): void {
  set({ unequal: null });
  void makeEqual(get().takes);
}

/** Follows which takes are to be heard against each other. @returns ends it */
export function followCompareSound(): () => void {
  const look = () => {
    const takes = wholeTakes(useComparisons.getState().current, useCompareView.getState().textId);
    // What is measured of a take is told a moment after its end: it is drawn from then on.
    const measured = takes.filter((take) => take.measurements !== null);
    if (!isSame(takes, get().takes)) void prepare(takes);
    else if (measured.some(({ id }) => !get().views.has(id))) void readViews(measured);
  };
  look();
  const stops = [useComparisons.subscribe(look), useCompareView.subscribe(look), useCells.subscribe(look)];
  return () => {
    for (const stop of stops) stop();
    preparations += 1;
    keepReady([]);
    set({ takes: [] });
  };
}
