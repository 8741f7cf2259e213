import type { Take } from '../../shared/schemas/take.ts';

/**
 * A list of takes of which only some pages are loaded: `ids[i]` is the take at row i, or undefined where it has not
 * been read yet. `ids.length` is the number of rows there are in all.
 */
export interface TakeWindow {
  ids: (string | undefined)[];
  takes: ReadonlyMap<string, Take>;
}

export const EMPTY_WINDOW: TakeWindow = { ids: [], takes: new Map() };

/** Rows read at once. */
export const PAGE = 100;

function sized(ids: (string | undefined)[], total: number): (string | undefined)[] {
  const next = ids.slice(0, total);
  while (next.length < total) next.push(undefined);
  return next;
}

/** Puts a page in its place. Where the library has another number of rows than known, rows are cut or added at the end. */
export function withPage(window: TakeWindow, offset: number, page: Take[], total: number): TakeWindow {
  const ids = sized(window.ids, total);
  const takes = new Map(window.takes);
  const fresh = new Set(page.map((take) => take.id));
  for (const [row, id] of ids.entries()) if (id !== undefined && fresh.has(id)) ids[row] = undefined;
  for (const [i, take] of page.entries()) {
    if (offset + i < total) ids[offset + i] = take.id;
    takes.set(take.id, take);
  }
  return { ids, takes };
}

/** The first page of a list read anew: nothing of the list before is kept. */
export function freshWindow(page: Take[], total: number): TakeWindow {
  return withPage(EMPTY_WINDOW, 0, page, total);
}

/** A take that came into being: the first row of a list that has the newest first. */
export function withNewest(window: TakeWindow, take: Take): TakeWindow {
  return { ids: [take.id, ...window.ids], takes: new Map(window.takes).set(take.id, take) };
}

/** A take that changed, in the row where it stands. The same window when it is not in it. */
export function withChanged(window: TakeWindow, take: Take): TakeWindow {
  if (!window.takes.has(take.id)) return window;
  return { ids: window.ids, takes: new Map(window.takes).set(take.id, take) };
}

/** The list without these takes. For those in rows that were not read, as many of such rows go. */
export function without(window: TakeWindow, gone: ReadonlySet<string>): TakeWindow {
  const takes = new Map(window.takes);
  for (const id of gone) takes.delete(id);
  const ids = window.ids.filter((id) => id === undefined || !gone.has(id));
  let unread = gone.size - (window.ids.length - ids.length);
  for (let row = ids.length - 1; row >= 0 && unread > 0; row -= 1) {
    if (ids[row] !== undefined) continue;
    ids.splice(row, 1);
    unread -= 1;
  }
  return { ids, takes };
}

/** Page offsets that must be read so that rows `from` to `to` (inclusive) are known. */
export function missingPages(window: TakeWindow, from: number, to: number): number[] {
  const pages = new Set<number>();
  for (let row = Math.max(0, from); row <= Math.min(to, window.ids.length - 1); row += 1) {
    if (window.ids[row] === undefined) pages.add(Math.floor(row / PAGE) * PAGE);
  }
  return [...pages];
}
