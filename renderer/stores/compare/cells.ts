import { create } from 'zustand';
import type { Fault } from '../../../shared/errors.ts';
import { saysSlot } from '../../../shared/report/says-slot.ts';
import type { Comparison, ComparisonText, Slot } from '../../../shared/schemas/comparison.ts';
import type { Take } from '../../../shared/schemas/take.ts';
import { chosenModelId, useVoices } from '../voices.ts';
import { type Cell, cellKey, takeIdOf } from './cell.ts';

/** A take of a cell that is being made. */
export interface Making extends Cell {
  comparisonId: string;
  /** The take that was asked for. */
  id: string;
  stage: 'asked' | 'arriving' | 'cancelling';
}

interface Cells {
  /** Takes that are known, by id; null where one is gone. */
  takes: ReadonlyMap<string, Take | null>;
  /** What is being made, by {@link cellKey}. */
  making: ReadonlyMap<string, Making>;
  /** Why the last take of a cell was not made, by {@link cellKey}. */
  faults: ReadonlyMap<string, Fault>;
}

/** The takes of the open comparison, and those under way. */
export const useCells = create<Cells>()(() => ({ takes: new Map(), making: new Map(), faults: new Map() }));

/** Whether a take is what a slot says of a text as both stand now. */
export function isCurrent(take: Take, slot: Slot, text: Pick<ComparisonText, 'text'>): boolean {
  return saysSlot(take, slot, text, chosenModelId(useVoices.getState(), slot.voiceId, slot.modelId));
}

/** How a cell is. */
export interface CellState {
  take: Take | null;
  making: Making | null;
  fault: Fault | null;
  /** There is a take, but the slot or the text was changed since. */
  stale: boolean;
}

export function cellState(cells: Cells, comparison: Comparison, slot: Slot, text: ComparisonText): CellState {
  const cell = { slotId: slot.id, textId: text.id };
  const key = cellKey(cell);
  const take = cells.takes.get(takeIdOf(comparison, cell) ?? '') ?? null;
  return {
    take,
    making: cells.making.get(key) ?? null,
    fault: cells.faults.get(key) ?? null,
    stale: take !== null && !isCurrent(take, slot, text),
  };
}

/** A map with some entries put in or (undefined) taken out. */
export function withEntries<Value>(
  map: ReadonlyMap<string, Value>,
  entries: Iterable<readonly [string, Value | undefined]>,
): Map<string, Value> {
  const next = new Map(map);
  for (const [key, value] of entries) {
    if (value === undefined) next.delete(key);
    else next.set(key, value);
  }
  return next;
}
