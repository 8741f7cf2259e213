import { Button } from '@mantine/core';
import type { CSSProperties } from 'react';
import { letterOf, slotColour } from './slot-colours.ts';
import classes from './winner-choice.module.css';

export interface WinnerChoiceProps {
  slots: readonly { id: string }[];
  /** Place of the one that is chosen; `null`: none of them; `undefined`: nothing is chosen yet. */
  chosen: number | null | undefined;
  /** What it is called to choose none. */
  none: string;
  onChoose: (place: number | null) => void;
}

/** The letters of the slots, of which one or none is best. */
export function WinnerChoice({ slots, chosen, none, onChoose }: WinnerChoiceProps) {
  return (
    <>
      <span className={classes.label}>Best</span>
      {slots.map(({ id }, place) => (
        <button
          key={id}
          type="button"
          className={classes.choice}
          style={{ '--slot': slotColour(place) } as CSSProperties}
          aria-label={`${letterOf(place)} is best`}
          aria-pressed={chosen === place}
          onClick={() => onChoose(place)}
        >
          {letterOf(place)}
        </button>
      ))}
      <Button
        variant="default"
        className={classes.none ?? ''}
        aria-pressed={chosen === null}
        onClick={() => onChoose(null)}
      >
        {none}
      </Button>
    </>
  );
}
