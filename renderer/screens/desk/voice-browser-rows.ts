import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Voice } from '../../../shared/schemas/voice.ts';

/** Height of a row in CSS pixels. */
const ROW_HEIGHT = 44;
/** CSS pixels above the first row and below the last. */
const MARGIN = 4;

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 7, PageUp: -7 };

/**
 * The voices of which only those on screen are drawn, and the arrow keys among all of them: up and down from row to row
 * (down from the search to the first, up from the first to the search), left and right inside a row. What is typed on a
 * row goes to the search.
 */
export function useVoiceRows(shown: readonly Voice[], search: string) {
  const scroll = useRef<HTMLDivElement>(null);
  /** Row and button that get the focus as soon as they are drawn. */
  const wanted = useRef<{ row: number; column: number } | null>(null);
  const [focusedId, setFocusedId] = useState<string | null>(null);

  // The row with the focus stays drawn wherever the list is scrolled to, so that the keyboard keeps its place.
  const kept = focusedId === null ? -1 : shown.findIndex(({ id }) => id === focusedId);
  const rangeExtractor = useCallback(
    (range: Range) => {
      const seen = defaultRangeExtractor(range);
      return kept < 0 || seen.includes(kept) ? seen : [...seen, kept].sort((a, b) => a - b);
    },
    [kept],
  );
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: useCallback((row: number) => shown[row]?.id ?? row, [shown]),
    overscan: 8,
    paddingStart: MARGIN,
    paddingEnd: MARGIN,
    scrollPaddingStart: MARGIN,
    scrollPaddingEnd: MARGIN,
    rangeExtractor,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is looked for anew is found at the top
  useLayoutEffect(() => {
    scroll.current?.scrollTo({ top: 0 });
  }, [search]);

  useEffect(() => {
    const target = wanted.current;
    if (target !== null && focusIn(scroll.current, shown, target)) wanted.current = null;
  });

  const go = (row: number, column: number) => {
    if (focusIn(scroll.current, shown, { row, column })) return;
    wanted.current = { row, column };
    rows.scrollToIndex(row, { align: 'auto' });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const at = event.target instanceof HTMLElement ? event.target : null;
    const row = at?.closest('li') ?? null;
    if (row === null || !scroll.current?.contains(row)) {
      if (event.key !== 'ArrowDown' || !at?.matches(SEARCH) || shown.length === 0) return;
      event.preventDefault();
      go(0, 0);
      return;
    }
    if (writes(event)) {
      // The key itself goes where the focus is by then.
      document.querySelector<HTMLElement>(SEARCH)?.focus();
      return;
    }
    const buttons = [...row.querySelectorAll('button')];
    const column = at instanceof HTMLButtonElement ? buttons.indexOf(at) : 0;
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const index = Number(row.dataset.row);
    const last = shown.length - 1;
    const to = { Home: 0, End: last }[event.key] ?? index + (STEPS[event.key] ?? 0);
    if (sideways === undefined && to === index) return;
    event.preventDefault();
    if (sideways !== undefined) buttons[column + sideways]?.focus();
    else if (to < 0 && index === 0) document.querySelector<HTMLElement>(SEARCH)?.focus();
    else go(Math.min(last, Math.max(0, to)), column);
  };

  const onFocus = (event: FocusEvent) => setFocusedId(event.target.closest('li')?.dataset.voice ?? null);
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    const next = event.relatedTarget;
    if (next instanceof Node && !event.currentTarget.contains(next)) setFocusedId(null);
  };
  return { scroll, items: rows.getVirtualItems(), height: rows.getTotalSize(), onKeyDown, onFocus, onBlur };
}

const SEARCH = '[aria-label="Search voices"]';

/** Tells whether a key would write something in a field. Space presses the button that has the focus. */
function writes({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return !ctrlKey && !metaKey && !altKey && key !== ' ' && ([...key].length === 1 || key === 'Backspace');
}

/**
 * Gives a button of a row the focus, the first one where the row has fewer. A row that still shows the voice of before a
 * search is about to go, and the focus with it: it does not count as drawn.
 *
 * @returns whether the row is drawn
 */
function focusIn(
  list: HTMLElement | null,
  shown: readonly Voice[],
  { row, column }: { row: number; column: number },
): boolean {
  const voice = CSS.escape(shown[row]?.id ?? '');
  const buttons = list?.querySelectorAll<HTMLButtonElement>(`li[data-row="${row}"][data-voice="${voice}"] button`);
  const button = buttons?.[column] ?? buttons?.[0];
  button?.focus();
  return button !== undefined;
}
