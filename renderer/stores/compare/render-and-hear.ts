import { usePlayer } from '../../player/player-store.ts';
import { isSounding } from '../heard.ts';
import { cellKey, takeIdOf } from './cell.ts';
import { useCells } from './cells.ts';
import { useComparisons } from './comparisons.ts';
import { playSlot, useListening } from './listen.ts';
import { renderSlots } from './render-slots.ts';
import { currentText, useCompareView } from './slots.ts';

/**
 * Renders the text that is heard in all slots, and plays the slot that was heard last, or else the first one, as soon as
 * its sound comes; unless something plays.
 *
 * @param fresh another take of the slot that is heard, in place of all that is missing
 */
export async function renderAndHear(fresh: boolean): Promise<void> {
  const { current } = useComparisons.getState();
  const text = currentText(current, useCompareView.getState().textId);
  const heard = current?.slots.find(({ id }) => id === useListening.getState().slotId);
  const slot = heard ?? current?.slots[0];
  if (current === null || text === null || slot === undefined) return;
  const cell = { slotId: slot.id, textId: text.id };
  const before = takeIdOf(current, cell);
  const stop = useCells.subscribe(({ takes, making, faults }) => {
    const takeId = takeIdOf(useComparisons.getState().current, cell);
    const take = takes.get(takeId ?? '');
    const arrived = take && (takeId !== before || making.get(cellKey(cell)) === undefined);
    if (faults.has(cellKey(cell))) stop();
    else if (arrived) {
      stop();
      if (!isSounding(usePlayer.getState().status)) playSlot(slot.id);
    }
  });
  try {
    await renderSlots({ texts: [text], ...(fresh ? { slots: [slot] } : {}) }, fresh);
  } finally {
    // What was there already is played as well.
    if (useCells.getState().making.size === 0) stop();
  }
}
