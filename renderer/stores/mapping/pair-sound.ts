import { create } from 'zustand';
import { sameJson } from '../../../shared/canonical.ts';
import type { StudioSettings } from '../../../shared/controls/controls.ts';
import { type Fault, toFault } from '../../../shared/errors.ts';
import { type Side, saysSame, studioOf } from '../../../shared/matching/pair-lines.ts';
import type { Alignment, TakeWords } from '../../../shared/schemas/alignment.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { player } from '../../player/studio-player.ts';
import { withEntries } from '../compare/cells.ts';
import { readAlignment, readGains, readWords } from '../compare/compare-calls.ts';
import { pairKey } from '../compare/known-sound.ts';
import { sourceOf } from '../compare/sound.ts';
import { currentRow, useMapView } from './map-view.ts';
import { useMappings } from './mappings.ts';
import { currentLine, usePair } from './pair.ts';

/** A slider that is moved tells of many settings: the loudness is measured once it rests, in ms. */
const SETTLE_MS = 250;

/** A take of the line that is heard. */
export interface Sound {
  side: Side;
  take: Take;
  studio: StudioSettings;
}

interface PairSound {
  /** What can be heard of the line: the old one before the new one. */
  sounds: readonly Sound[];
  /** By {@link pairKey}. */
  alignments: ReadonlyMap<string, Alignment>;
  /** By take. */
  words: ReadonlyMap<string, TakeWords>;
  /** dB by side that make the two equally loud; empty while that is not known. */
  gains: Partial<Readonly<Record<Side, number>>>;
  /** Why they could not be made equally loud. */
  unequal: Fault | null;
  /** Whether they are. */
  equalLoudness: boolean;
}

/** What is known of the sound of the line that is heard. */
export const usePairSound = create<PairSound>()(() => ({
  sounds: [],
  alignments: new Map(),
  words: new Map(),
  gains: {},
  unequal: null,
  equalLoudness: true,
}));

const { getState: get, setState: set } = usePairSound;

/** Whether the two are made equally loud when they are heard. */
export function setEqualLoudness(equalLoudness: boolean): void {
  set({ equalLoudness });
}

/** dB that a side is attenuated by. */
export function trimOf(side: Side): number {
  const { equalLoudness, gains } = get();
  return equalLoudness ? (gains[side] ?? 0) : 0;
}

function soundsNow(): Sound[] {
  const row = currentRow();
  const line = currentLine();
  if (row === null || line === null) return [];
  return (['old', 'new'] as const).flatMap((side) => {
    const take = line[side];
    return take ? [{ side, take, studio: studioOf(row, side, take) }] : [];
  });
}

const heardAs = ({ take, studio }: Sound) => ({ takeId: take.id, studio });

async function makeEqual(sounds: readonly Sound[]): Promise<void> {
  if (sounds.length < 2) return set({ gains: {}, unequal: null });
  const answer = await readGains(sounds.map(heardAs)).catch(toFault);
  if (!sameJson(sounds.map(heardAs), get().sounds.map(heardAs))) return;
  if ('code' in answer) return set({ unequal: answer });
  const gains = Object.fromEntries(sounds.map(({ side }, index) => [side, answer.gains[index] ?? 0]));
  set({ gains, unequal: null });
}

async function align(sounds: readonly Sound[]): Promise<void> {
  const line = currentLine();
  const [a, b] = sounds;
  if (line === null || !a || !b || !saysSame(line)) return;
  const key = pairKey(a.take.id, b.take.id);
  const readWordsOf = async ({ take }: Sound) => {
    if (get().words.has(take.id)) return;
    const words = await readWords(take.id).catch(() => null);
    if (words) set({ words: withEntries(get().words, [[take.id, words]]) });
  };
  await Promise.all([readWordsOf(a), readWordsOf(b)]);
  if (get().alignments.has(key)) return;
  const alignment = await readAlignment(a.take.id, b.take.id).catch(() => null);
  if (alignment) set({ alignments: withEntries(get().alignments, [[key, alignment]]) });
}

/** Takes that the player keeps for flips. */
let ready = new Set<string>();

function keepReady(sounds: readonly Sound[]): void {
  const wanted = new Set(sounds.map(({ take }) => take.id));
  for (const id of ready) if (!wanted.has(id)) player.release(id);
  for (const { take } of sounds) if (!ready.has(take.id)) void player.preload(sourceOf(take));
  ready = wanted;
}

/** Makes ready what is needed to hear the two against each other, whenever that changes. @returns ends it */
export function followPairSound(): () => void {
  let settling: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    const before = get().sounds;
    const sounds = soundsNow();
    if (sameJson(sounds.map(heardAs), before.map(heardAs))) return;
    const ids = (list: readonly Sound[]) => list.map(({ take }) => take.id).join();
    set({ sounds });
    clearTimeout(settling);
    if (ids(sounds) === ids(before)) {
      settling = setTimeout(() => void makeEqual(sounds), SETTLE_MS);
      return;
    }
    set({ gains: {}, unequal: null });
    keepReady(sounds);
    void makeEqual(sounds);
    void align(sounds);
  };
  look();
  const stops = [useMappings.subscribe(look), useMapView.subscribe(look), usePair.subscribe(look)];
  return () => {
    for (const stop of stops) stop();
    clearTimeout(settling);
    keepReady([]);
    set({ sounds: [], gains: {} });
  };
}
