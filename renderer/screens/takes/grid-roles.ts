/**
 * Roles of the list of takes (WAI-ARIA grid pattern). Its rows are placed by position, which table elements cannot be;
 * the grid alone has the focus, handles the keys and names its active row, so rows and cells need neither.
 */
export const ROWS = { role: 'rowgroup' } as const;
export const CELL = { role: 'gridcell' } as const;

export function gridRole(rows: number, active: string | null) {
  return {
    role: 'grid',
    tabIndex: 0,
    'aria-label': 'Takes',
    'aria-rowcount': rows + 1,
    'aria-multiselectable': true,
    'aria-activedescendant': active === null ? undefined : takeRowId(active),
  } as const;
}

/** @param row from 0, without the row of headings */
export function rowRole(row: number, selected?: boolean) {
  return { role: 'row', 'aria-rowindex': row + 2, 'aria-selected': selected } as const;
}

export function headingRole(name: string, sort?: 'ascending' | 'descending') {
  return { role: 'columnheader', 'aria-label': name, 'aria-sort': sort } as const;
}

/** Id of a take's row in the page. */
export function takeRowId(takeId: string): string {
  return `take-${takeId}`;
}
