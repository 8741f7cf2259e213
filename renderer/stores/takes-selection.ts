/** Which takes are selected, which one is chosen (shown and played), and where a range begins. */
export interface Selection {
  selected: ReadonlySet<string>;
  chosen: string | null;
  anchor: string | null;
}

export const NOTHING_SELECTED: Selection = { selected: new Set(), chosen: null, anchor: null };

/** How a click or key asks: alone, one more or less (Ctrl/Cmd), or all up to it (Shift). */
export type SelectHow = 'alone' | 'toggle' | 'range';

type Ids = readonly (string | undefined)[];

/** Selects as file lists do. Rows not read yet inside a range are left out. */
export function select(now: Selection, ids: Ids, id: string, how: SelectHow): Selection {
  if (how === 'toggle') {
    const selected = new Set(now.selected);
    if (!selected.delete(id)) selected.add(id);
    return { selected, chosen: id, anchor: id };
  }
  const anchor = now.anchor ?? now.chosen;
  const from = anchor === null ? -1 : ids.indexOf(anchor);
  const to = ids.indexOf(id);
  if (how === 'range' && from >= 0 && to >= 0) {
    const rows = ids.slice(Math.min(from, to), Math.max(from, to) + 1);
    return { selected: new Set(rows.filter((row) => row !== undefined)), chosen: id, anchor };
  }
  return { selected: new Set([id]), chosen: id, anchor: id };
}

/**
 * The row `by` rows away from the chosen one, kept inside the list. When none is chosen a step down begins with the first
 * row and a step up with the last; a jump as long as the list goes to its end all the same.
 */
export function stepRow(now: Selection, ids: Ids, by: number): number {
  if (ids.length === 0) return -1;
  const row = now.chosen === null ? -1 : ids.indexOf(now.chosen);
  const jump = Math.abs(by) >= ids.length;
  if (row < 0) return by < 0 !== jump ? ids.length - 1 : 0;
  return Math.min(ids.length - 1, Math.max(0, row + by));
}

/** The selection after takes went away: what is left, and the neighbour of a chosen one that is gone. */
export function selectionWithout(now: Selection, before: Ids, gone: ReadonlySet<string>): Selection {
  const selected = new Set([...now.selected].filter((id) => !gone.has(id)));
  const anchor = now.anchor !== null && gone.has(now.anchor) ? null : now.anchor;
  if (now.chosen === null || !gone.has(now.chosen)) return { selected, chosen: now.chosen, anchor };
  const row = before.indexOf(now.chosen);
  const stays = (id: string | undefined): id is string => id !== undefined && !gone.has(id);
  const chosen = before.slice(row).find(stays) ?? before.slice(0, row).findLast(stays) ?? null;
  return { selected: chosen === null ? selected : selected.add(chosen), chosen, anchor };
}
