import { Button } from '@mantine/core';
import type { CSSProperties } from 'react';
import type { Comparison } from '../../../shared/schemas/comparison.ts';
import { cellState, useCells } from '../../stores/compare/cells.ts';
import { renderSlots } from '../../stores/compare/render-slots.ts';
import { currentText, useCompareView } from '../../stores/compare/slots.ts';
import { letterOf, slotColour } from './slot-colours.ts';
import classes from './slot-faults.module.css';

/** Why slots have no take of the text that is heard, or not all of one, and what to do. */
export function SlotFaults({ comparison }: { comparison: Comparison }) {
  const textId = useCompareView((state) => state.textId);
  const cells = useCells();
  const text = currentText(comparison, textId);
  if (text === null) return null;
  const faults = comparison.slots.flatMap((slot, place) => {
    const { fault, take, making } = cellState(cells, comparison, slot, text);
    const why = fault ?? (take?.state === 'done' ? null : (take?.fault ?? null));
    return why !== null && making === null ? [{ slot, place, why }] : [];
  });
  if (faults.length === 0) return null;
  return (
    <ul className={classes.faults} aria-label="What went wrong" aria-live="polite">
      {faults.map(({ slot, place, why }) => (
        <li key={slot.id} className={classes.fault} style={{ '--slot': slotColour(place) } as CSSProperties}>
          <span className={classes.letter}>{letterOf(place)}</span>
          <span className={classes.words} title={why.said}>
            <span>{why.message}</span>{' '}
            <span className={classes.more}>{[why.kept, why.todo].filter(Boolean).join(' ')}</span>
          </span>
          <Button variant="default" onClick={() => void renderSlots({ slots: [slot], texts: [text] })}>
            Try again
          </Button>
        </li>
      ))}
    </ul>
  );
}
