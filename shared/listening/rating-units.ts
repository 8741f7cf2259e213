/** One rating: 0-100. */
export interface Rating {
  listener: string;
  /** Index of the text. */
  text: number;
  /** Index of the slot. */
  slot: number;
  value: number;
}

/** What is counted as independent of each other: listeners; where there is only one, his texts. */
export type UnitKind = 'listeners' | 'texts';

/** What one slot came to, or two beside each other. */
export interface UnitMeans {
  /** Mean of each unit, in one order for all slots. */
  means: Float64Array;
  /** Ratings, or pairs of them, behind them. */
  count: number;
}

/** Ratings by slot, listener and text. */
export interface RatingUnits {
  of: UnitKind;
  /** Means of a slot. */
  slot(slot: number): UnitMeans;
  /** Means of how much higher the one was rated than the other, by the same listener for the same text. */
  pair(first: number, second: number): UnitMeans;
}

/** Puts ratings in order: what hangs together is one unit, with a mean of its own. */
export function ratingUnits(ratings: readonly Rating[]): RatingUnits {
  const listeners = new Map<string, number>();
  for (const { listener } of ratings) if (!listeners.has(listener)) listeners.set(listener, listeners.size);
  const texts = ratings.reduce((most, { text }) => Math.max(most, text + 1), 0);
  const cells = listeners.size * texts;
  const of: UnitKind = listeners.size === 1 ? 'texts' : 'listeners';
  const unitOf = (cell: number) => (of === 'listeners' ? Math.floor(cell / texts) : cell);
  const units = of === 'listeners' ? listeners.size : texts;
  const bySlot = new Map<number, Float64Array>();
  for (const { listener, text, slot, value } of ratings) {
    const own = bySlot.get(slot) ?? new Float64Array(cells).fill(Number.NaN);
    bySlot.set(slot, own);
    own[(listeners.get(listener) ?? 0) * texts + text] = value;
  }
  const none = new Float64Array(cells).fill(Number.NaN);
  const valuesOf = (slot: number) => bySlot.get(slot) ?? none;

  const meansOf = (values: Float64Array): UnitMeans => {
    const [sums, counts] = [new Float64Array(units), new Float64Array(units)];
    let count = 0;
    for (const [cell, value] of values.entries()) {
      if (Number.isNaN(value)) continue;
      const unit = unitOf(cell);
      sums[unit] = (sums[unit] ?? 0) + value;
      counts[unit] = (counts[unit] ?? 0) + 1;
      count += 1;
    }
    const means = sums.map((sum, unit) => sum / (counts[unit] ?? 0)).filter((value) => !Number.isNaN(value));
    return { means, count };
  };
  return {
    of,
    slot: (slot) => meansOf(valuesOf(slot)),
    pair(first, second) {
      const other = valuesOf(second);
      return meansOf(valuesOf(first).map((value, cell) => value - (other[cell] ?? Number.NaN)));
    },
  };
}
