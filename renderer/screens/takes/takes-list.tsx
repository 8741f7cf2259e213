import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { Take } from '../../../shared/schemas/take.ts';
import { chosenTake, useTakes } from '../../stores/takes.ts';
import { CELL, gridRole, ROWS, rowRole } from './grid-roles.ts';
import { rateTake, removeWithUndo } from './take-deeds.tsx';
import { playTake } from './take-links.ts';
import { TakeRow } from './take-row.tsx';
import { TakesHeader } from './takes-header.tsx';
import classes from './takes-list.module.css';

/** Height of a row in CSS pixels; the same as --tb-row. */
const ROW_HEIGHT = 32;
/** Height of the column names, which stay at the top. */
const HEADER_HEIGHT = 26;

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: 10, PageUp: -10 };

interface TakesListProps {
  onMenu: (take: Take, x: number, y: number) => void;
  onRename: (take: Take) => void;
}

/** The takes, of which only those on screen are drawn and only those seen are read. */
export function TakesList({ onMenu, onRename }: TakesListProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const window = useTakes((state) => state.window);
  const selection = useTakes((state) => state.selection);
  const addedOnTop = useTakes((state) => state.addedOnTop);
  const select = useTakes((state) => state.select);
  const total = window.ids.length;

  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    scrollMargin: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
  });
  const items = rows.getVirtualItems();
  const from = items[0]?.index ?? 0;
  const to = items.at(-1)?.index ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new window may have holes where the old one had none
  useEffect(() => {
    if (total > 0) void useTakes.getState().show(from, to);
  }, [from, to, total, window]);

  const added = useRef(addedOnTop);
  useLayoutEffect(() => {
    const more = addedOnTop - added.current;
    added.current = addedOnTop;
    const element = scroll.current;
    if (element !== null && more > 0 && element.scrollTop > 0) element.scrollTop += more * ROW_HEIGHT;
  }, [addedOnTop]);

  const shown = selection.chosen;
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the chosen take only, not every change of the list
  useEffect(() => {
    if (shown === null) return;
    const row = useTakes.getState().window.ids.indexOf(shown);
    if (row >= 0) rows.scrollToIndex(row, { align: 'auto' });
  }, [shown]);

  const onPlay = useCallback((take: Take) => {
    useTakes.getState().choose(take.id);
    playTake(take);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey) return;
    const takes = useTakes.getState();
    const chosen = chosenTake(takes);
    const command = event.ctrlKey || event.metaKey;
    const step = STEPS[event.key];
    const handled = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (step !== undefined && !command) {
      handled();
      void takes.step(step, event.shiftKey ? 'range' : 'alone');
    } else if (event.key === 'Home' || event.key === 'End') {
      handled();
      void takes.step(event.key === 'Home' ? -total : total);
    } else if (event.key.toLowerCase() === 'a' && command) {
      handled();
      void takes.selectAll();
    } else if (event.key === 'Escape' && takes.selection.selected.size > 1) {
      handled();
      takes.clearSelection();
    } else if (event.key === 'Delete' || (event.key === 'Backspace' && command)) {
      handled();
      void removeWithUndo([...takes.selection.selected]);
    } else if (chosen !== null && event.key === 'Enter' && !command) {
      handled();
      onPlay(chosen);
    } else if (chosen !== null && event.key === 'F2') {
      handled();
      onRename(chosen);
    } else if (chosen !== null && !command && /^[0-5]$/.test(event.key)) {
      handled();
      void rateTake(chosen, event.key === '0' ? null : Number(event.key));
    }
  };

  return (
    <div ref={scroll} className={classes.scroll} data-takes-list {...gridRole(total, shown)} {...{ onKeyDown }}>
      <TakesHeader />
      <div className={classes.rows} {...ROWS} style={{ height: rows.getTotalSize() - HEADER_HEIGHT }}>
        {items.map((item) => {
          const id = window.ids[item.index];
          const take = id === undefined ? undefined : window.takes.get(id);
          const top = item.start - HEADER_HEIGHT;
          return take === undefined ? (
            <WaitingRow key={`row-${item.index}`} row={item.index} top={top} />
          ) : (
            <TakeRow
              key={take.id}
              take={take}
              row={item.index}
              top={top}
              selected={selection.selected.has(take.id)}
              chosen={shown === take.id}
              onSelect={select}
              onPlay={onPlay}
              onMenu={onMenu}
            />
          );
        })}
      </div>
    </div>
  );
}

/** A row that has not been read yet. */
function WaitingRow({ row, top }: { row: number; top: number }) {
  return (
    <div
      {...rowRole(row)}
      className={`${classes.row} ${classes.columns}`}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span {...CELL} className={classes.waiting} title="Being read" />
    </div>
  );
}
