/** Roles of the table of slots: its rows are grids with controls in them, which table elements cannot be laid out as. */
export const TABLE = { role: 'table', 'aria-label': 'Slots' } as const;
export const ROW = { role: 'row' } as const;
export const HEADING = { role: 'columnheader' } as const;
export const CELL = { role: 'cell' } as const;
