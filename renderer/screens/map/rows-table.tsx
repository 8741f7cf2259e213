import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import type { WholeMapping } from '../../../shared/schemas/mapping.ts';
import { largestDistance, shownRows } from '../../stores/mapping/coverage.ts';
import { chooseRow, rowInHand, stepRow, useMapView } from '../../stores/mapping/map-view.ts';
import { headingRole, ROWS, rowRole } from '../takes/grid-roles.ts';
import { removeWithUndo } from './deeds.tsx';
import { MapRow, mapRowId } from './map-row.tsx';
import classes from './rows-table.module.css';

/** Heights in CSS pixels. */
const ROW_HEIGHT = 46;
const HEADER_HEIGHT = 26;

const STEPS: Record<string, number> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
  Home: -Infinity,
  End: Infinity,
};

const HEADINGS = ['State', 'Old voice', '', 'New voice', 'Distance', 'What is left'] as const;

/** The grid alone has the focus, handles the keys and names its active row. */
function gridRole(rows: number, active: string | null) {
  return {
    role: 'grid',
    tabIndex: 0,
    'aria-label': 'Voices',
    'aria-rowcount': rows + 1,
    'aria-activedescendant': active === null ? undefined : mapRowId(active),
  } as const;
}

/** The voices of a mapping and their successors, of which only those on screen are drawn. */
export function RowsTable({ mapping }: { mapping: WholeMapping }) {
  const { rowId, filter } = useMapView();
  const { rows } = mapping;
  const inHand = rowInHand(rows, rowId, filter);
  const chosen = inHand?.id ?? null;
  const shown = useMemo(() => shownRows(rows, filter, chosen), [rows, filter, chosen]);
  const largest = useMemo(() => largestDistance(rows), [rows]);
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollMargin: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the row in hand, not every change of the rows
  useEffect(() => {
    const place = shown.findIndex(({ id }) => id === chosen);
    if (place >= 0) virtual.scrollToIndex(place, { align: 'auto' });
  }, [chosen]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const by = STEPS[event.key];
    const remove = event.key === 'Delete' && inHand !== null;
    if (by === undefined && !remove) return;
    event.preventDefault();
    event.stopPropagation();
    if (by !== undefined) stepRow(by);
    else if (inHand) void removeWithUndo(inHand);
  };
  return (
    <div ref={scroll} className={classes.scroll} data-map-rows {...gridRole(shown.length, chosen)} {...{ onKeyDown }}>
      <div {...rowRole(-1)} className={`${classes.columns} ${classes.header}`}>
        {HEADINGS.map((name) => (
          <span key={name} {...headingRole(name)} className={name === 'State' ? classes.unseen : undefined}>
            {name}
          </span>
        ))}
      </div>
      <div className={classes.rows} {...ROWS} style={{ height: virtual.getTotalSize() - HEADER_HEIGHT }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = shown[index];
          return (
            row && (
              <MapRow
                key={row.id}
                row={row}
                place={index}
                top={start - HEADER_HEIGHT}
                largest={largest}
                chosen={row.id === chosen}
                onChoose={chooseRow}
              />
            )
          );
        })}
      </div>
      {shown.length === 0 && <p className={classes.none}>No voice is {filter}.</p>}
    </div>
  );
}
