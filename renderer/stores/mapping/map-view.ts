import { create } from 'zustand';
import type { MappingRow } from '../../../shared/schemas/mapping.ts';
import { type RowFilter, shownRows } from './coverage.ts';
import { useMappings } from './mappings.ts';

/** What lies over the mapping. */
export type MapDialog = 'new' | 'voices' | 'find' | 'export' | 'read-back' | 'aliases' | 'clone';

interface MapView {
  /** The row in hand. */
  rowId: string | null;
  filter: RowFilter;
  dialog: MapDialog | null;
  /** Voice and controls of the row's choice are open. */
  adjusting: boolean;
  /** Rows that a search is asked for; null for all that nobody approved. */
  findFor: readonly string[] | null;
}

const CLOSED: MapView = { rowId: null, filter: 'all', dialog: null, adjusting: false, findFor: null };

/** What of a mapping is in view. */
export const useMapView = create<MapView>()(() => CLOSED);

const { getState: get, setState: set } = useMapView;

/** Opens a dialog, or closes it. */
export function openDialog(dialog: MapDialog | null, findFor: readonly string[] | null = null): void {
  set({ dialog, findFor });
}

/** The row in hand: the one that was chosen, or else the first of those that are shown. */
export function rowInHand(rows: readonly MappingRow[], rowId: string | null, filter: RowFilter): MappingRow | null {
  const chosen = rows.find(({ id }) => id === rowId);
  return chosen ?? shownRows(rows, filter, null)[0] ?? null;
}

/** The row in hand now. */
export function currentRow(): MappingRow | null {
  const { rowId, filter } = get();
  return rowInHand(useMappings.getState().current?.rows ?? [], rowId, filter);
}

/** Takes a row in hand. */
export function chooseRow(rowId: string): void {
  if (currentRow()?.id !== rowId) set({ adjusting: false });
  set({ rowId });
}

/** Shows all rows or some of them. The row in hand stays where it is shown. */
export function showOnly(filter: RowFilter): void {
  const rows = useMappings.getState().current?.rows ?? [];
  const shown = shownRows(rows, filter, null);
  const stays = shown.some(({ id }) => id === get().rowId);
  set({ filter, ...(stays ? {} : { rowId: shown[0]?.id ?? null, adjusting: false }) });
}

/** Goes so many rows on (or back) among those that are shown. */
export function stepRow(by: number): void {
  const row = currentRow();
  const shown = shownRows(useMappings.getState().current?.rows ?? [], get().filter, row?.id ?? null);
  const place = shown.findIndex(({ id }) => id === row?.id);
  const next = shown[Math.min(shown.length - 1, Math.max(0, place + by))];
  if (next) chooseRow(next.id);
}
