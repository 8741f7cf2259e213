import { create } from 'zustand';
import { type Fault, toFault } from '../../shared/errors.ts';
import type { StudioEvent } from '../../shared/schemas/events.ts';
import type { Take, TakePage, TakeQuery, TakeSort, TakeState } from '../../shared/schemas/take.ts';
import { listTakes } from './takes-calls.ts';
import {
  NOTHING_SELECTED,
  type SelectHow,
  type Selection,
  select,
  selectionWithout,
  stepRow,
} from './takes-selection.ts';
import {
  EMPTY_WINDOW,
  freshWindow,
  missingPages,
  PAGE,
  type TakeWindow,
  withChanged,
  withNewest,
  without,
  withPage,
} from './takes-window.ts';

export { importFiles } from './takes-import.ts';

/** What of the takes is listed, and in which order. */
export interface TakeFilter {
  search: string;
  voiceId: string | null;
  provider: string | null;
  minRating: number | null;
  state: TakeState | null;
  sort: TakeSort;
}

export const NO_FILTER: TakeFilter = {
  search: '',
  voiceId: null,
  provider: null,
  minRating: null,
  state: null,
  sort: 'newest',
};

/** Whether anything but the order narrows the list. */
export function isFiltered(filter: TakeFilter): boolean {
  return (
    filter.search.trim() !== '' ||
    filter.voiceId !== null ||
    filter.provider !== null ||
    filter.minRating !== null ||
    filter.state !== null
  );
}

/** Most takes the API gives at once. */
const LARGEST_PAGE = 500;

interface Takes {
  projectId: string | null;
  filter: TakeFilter;
  window: TakeWindow;
  selection: Selection;
  /** `loading` only until the first page of a list has come; later readings are quiet. */
  status: 'idle' | 'loading' | 'ready' | 'failed';
  fault: Fault | null;
  /** Rows put in at the top since the list was read, so that a scrolled list can stay where it is. */
  addedOnTop: number;

  /** Shows the takes of a project. */
  openProject: (projectId: string) => Promise<void>;
  setFilter: (change: Partial<TakeFilter>) => Promise<void>;
  /** Reads rows `from` to `to` where they are not known yet, and remembers that they are on screen. */
  show: (from: number, to: number) => Promise<void>;
  /** Reads what is on screen anew, without a visible break. */
  refresh: () => Promise<void>;
  /** Takes in what the engine told of a take. */
  heard: (event: StudioEvent) => void;
  put: (take: Take) => void;
  drop: (ids: readonly string[]) => void;

  select: (id: string, how: SelectHow) => void;
  /** Makes a take the chosen one: shown below the list, and played by the transport bar. */
  choose: (id: string | null) => void;
  /** Chooses the take `by` rows further down (up when negative); resolves to its row, or -1. */
  step: (by: number, how?: SelectHow) => Promise<number>;
  /** Selects every take the filter lets through, also those that were not read yet. */
  selectAll: () => Promise<void>;
  clearSelection: () => void;
}

function ask(state: Pick<Takes, 'projectId' | 'filter'>, offset: number, limit = PAGE): Promise<TakePage> {
  const { filter, projectId } = state;
  const query: Partial<TakeQuery> = { search: filter.search.trim(), sort: filter.sort, offset, limit };
  if (projectId !== null) query.projectId = projectId;
  if (filter.voiceId !== null) query.voiceId = filter.voiceId;
  if (filter.provider !== null) query.provider = filter.provider;
  if (filter.minRating !== null) query.minRating = filter.minRating;
  if (filter.state !== null) query.state = filter.state;
  return listTakes(query);
}

export const useTakes = create<Takes>()((set, get) => {
  /** Goes up with every new list, so that late answers for an old one are left out. */
  let list = 0;
  let visible = { from: 0, to: 0 };
  const underWay = new Set<number>();

  async function begin(change: Partial<Takes>): Promise<void> {
    list += 1;
    underWay.clear();
    visible = { from: 0, to: PAGE - 1 };
    const mine = list;
    set({ ...change, status: get().status === 'ready' ? 'ready' : 'loading', fault: null });
    try {
      const page = await ask(get(), 0);
      if (mine === list) set({ window: freshWindow(page.takes, page.total), status: 'ready', addedOnTop: 0 });
    } catch (thrown) {
      if (mine === list) set({ window: EMPTY_WINDOW, status: 'failed', fault: toFault(thrown) });
    }
  }

  async function readPages(offsets: number[]): Promise<void> {
    const mine = list;
    await Promise.all(
      offsets.map(async (offset) => {
        underWay.add(offset);
        try {
          const page = await ask(get(), offset);
          if (mine === list) set({ window: withPage(get().window, offset, page.takes, page.total) });
        } catch (thrown) {
          if (mine === list) set({ fault: toFault(thrown) });
        } finally {
          if (mine === list) underWay.delete(offset);
        }
      }),
    );
  }

  return {
    projectId: null,
    filter: NO_FILTER,
    window: EMPTY_WINDOW,
    selection: NOTHING_SELECTED,
    status: 'idle',
    fault: null,
    addedOnTop: 0,

    openProject: async (projectId) => {
      if (get().projectId === projectId && get().status === 'ready') return;
      await begin({ projectId, filter: NO_FILTER, selection: NOTHING_SELECTED, window: EMPTY_WINDOW, status: 'idle' });
    },

    setFilter: (change) => begin({ filter: { ...get().filter, ...change } }),

    show: async (from, to) => {
      visible = { from, to };
      const missing = missingPages(get().window, from, to).filter((offset) => !underWay.has(offset));
      if (missing.length > 0) await readPages(missing);
    },

    refresh: async () => {
      if (get().projectId === null) return;
      const mine = list;
      const first = Math.floor(visible.from / PAGE) * PAGE;
      try {
        const offsets = [first, ...(visible.to >= first + PAGE ? [first + PAGE] : [])];
        const pages = await Promise.all(offsets.map(async (offset) => ({ offset, page: await ask(get(), offset) })));
        if (mine !== list) return;
        let window = EMPTY_WINDOW;
        for (const { offset, page } of pages) window = withPage(window, offset, page.takes, page.total);
        const { chosen } = get().selection;
        const kept = chosen === null ? undefined : get().window.takes.get(chosen);
        if (kept !== undefined && !window.takes.has(kept.id)) {
          window = { ids: window.ids, takes: new Map(window.takes).set(kept.id, kept) };
        }
        set({ window, status: 'ready', fault: null });
      } catch (thrown) {
        if (mine === list) set({ fault: toFault(thrown), status: get().window.ids.length > 0 ? 'ready' : 'failed' });
      }
    },

    heard: (event) => {
      if (event.type === 'take') get().put(event.take);
      else if (event.type === 'changed' && (event.what === 'takes' || event.what === 'library')) void get().refresh();
    },

    put: (take) => {
      const { window, filter, projectId, status } = get();
      if (window.takes.has(take.id)) {
        set({ window: withChanged(window, take) });
        return;
      }
      if (take.projectId !== projectId || status !== 'ready') return;
      if (isFiltered(filter) || filter.sort !== 'newest') {
        void get().refresh();
        return;
      }
      const top = window.ids[0] === undefined ? undefined : window.takes.get(window.ids[0]);
      if (top !== undefined && take.createdAt < top.createdAt) return;
      set({ window: withNewest(window, take), addedOnTop: get().addedOnTop + 1 });
    },

    drop: (ids) => {
      const gone = new Set(ids);
      const { window, selection } = get();
      set({ window: without(window, gone), selection: selectionWithout(selection, window.ids, gone) });
    },

    select: (id, how) => set({ selection: select(get().selection, get().window.ids, id, how) }),

    choose: (id) =>
      set({ selection: id === null ? NOTHING_SELECTED : { selected: new Set([id]), chosen: id, anchor: id } }),

    step: async (by, how = 'alone') => {
      const row = stepRow(get().selection, get().window.ids, by);
      if (row < 0) return row;
      if (get().window.ids[row] === undefined) await get().show(row, row);
      const id = get().window.ids[row];
      if (id !== undefined) get().select(id, how);
      return row;
    },

    selectAll: async () => {
      const mine = list;
      const all: string[] = [];
      try {
        for (let offset = 0; offset < get().window.ids.length; offset += LARGEST_PAGE) {
          const page = await ask(get(), offset, LARGEST_PAGE);
          all.push(...page.takes.map((take) => take.id));
        }
      } catch (thrown) {
        // Some of them are not all: what was selected stays so.
        if (mine === list) set({ fault: toFault(thrown) });
        return;
      }
      if (mine === list) set({ selection: { ...get().selection, selected: new Set(all) } });
    },

    clearSelection: () => {
      const { chosen } = get().selection;
      set({ selection: { selected: new Set(chosen === null ? [] : [chosen]), chosen, anchor: chosen } });
    },
  };
});

/** The chosen take, or null. */
export function chosenTake(state: Pick<Takes, 'selection' | 'window'>): Take | null {
  const { chosen } = state.selection;
  return chosen === null ? null : (state.window.takes.get(chosen) ?? null);
}
