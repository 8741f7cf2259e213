import { UnstyledButton } from '@mantine/core';
import type { ListeningChoice, ListeningTrial } from '../../../../shared/schemas/listening.ts';
import { unheard } from '../../../stores/listening/missing.ts';
import { choose, useSitting } from '../../../stores/listening/sitting.ts';
import classes from './choice-trial.module.css';
import { keepFocus, LetterButton } from './letter-button.tsx';

interface Option {
  choice: ListeningChoice;
  label: string;
  shortcut: string;
}

const OPTIONS: Partial<Record<ListeningTrial['method'], readonly Option[]>> = {
  preference: [
    { choice: 'A', label: 'A is better', shortcut: 'A' },
    { choice: 'none', label: 'No difference', shortcut: 'N' },
    { choice: 'B', label: 'B is better', shortcut: 'B' },
  ],
  abx: [
    { choice: 'A', label: 'X is A', shortcut: 'A' },
    { choice: 'B', label: 'X is B', shortcut: 'B' },
  ],
};

/** Two sounds, with X a third one, and what can be said of them. */
export function ChoiceTrial({ trial }: { trial: ListeningTrial }) {
  const choice = useSitting((state) => state.choice);
  const closed = useSitting(({ stage, heard }) => stage !== 'listening' || unheard(trial, heard).length > 0);
  return (
    <>
      <div className={classes.letters}>
        {trial.places.map((place, index) => (
          <LetterButton key={place.stimulus} place={place} shortcut={String(index + 1)} />
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that belong together */}
      <div className={classes.answers} role="group" aria-label="Your answer">
        {(OPTIONS[trial.method] ?? []).map((option) => (
          <UnstyledButton
            key={option.choice}
            className={classes.answer}
            aria-pressed={choice === option.choice}
            aria-keyshortcuts={option.shortcut}
            disabled={closed}
            data-choice={option.choice}
            onMouseDown={keepFocus}
            onClick={() => choose(option.choice)}
          >
            {option.label}
            <kbd aria-hidden>{option.shortcut}</kbd>
          </UnstyledButton>
        ))}
      </div>
    </>
  );
}
