import { UnstyledButton } from '@mantine/core';
import type { MouseEvent } from 'react';
import type { TrialPlace } from '../../../../shared/schemas/listening.ts';
import { usePlayer } from '../../../player/player-store.ts';
import { isSounding } from '../../../stores/heard.ts';
import { hear, useHearing } from '../../../stores/listening/hearing.ts';
import { heardEnough } from '../../../stores/listening/missing.ts';
import { useSitting } from '../../../stores/listening/sitting.ts';
import classes from './letter-button.module.css';

/** A click leaves the focus where it is, so that space keeps playing and pausing. */
export const keepFocus = (event: MouseEvent) => event.preventDefault();

/** Hears what stands at a place. All of them look alike: grey, and none says more than that it was heard. */
export function LetterButton({ place, shortcut, small }: { place: TrialPlace; shortcut: string; small?: boolean }) {
  const heard = useSitting((state) => heardEnough(state.heard, place.stimulus));
  const ready = useSitting((state) => state.stage === 'listening');
  const current = useHearing((state) => state.stimulus === place.stimulus);
  const sounding = usePlayer(({ status }) => isSounding(status));
  return (
    <UnstyledButton
      className={classes.letter}
      data-key={shortcut}
      data-small={small || undefined}
      data-heard={heard || undefined}
      data-sounding={(current && sounding) || undefined}
      aria-label={`Hear ${place.place}`}
      aria-pressed={current}
      aria-keyshortcuts={shortcut}
      disabled={!ready}
      onMouseDown={keepFocus}
      onClick={() => hear(place.stimulus)}
    >
      {place.place}
    </UnstyledButton>
  );
}
