import { TextInput } from '@mantine/core';
import { type FocusEvent, type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef, useState } from 'react';
import classes from './number-entry.module.css';
import { typedNumber } from './typed-number.ts';

export interface NumberEntryProps {
  label: string;
  /** The value with its unit, as it stands while nobody types. */
  text: string;
  disabled: boolean;
  /** Whether a number is followed while it is being typed. */
  isWithin: (value: number) => boolean;
  /** Takes a number; brings one that is out of the range into it. */
  onNumber: (value: number) => void;
  /** Moves by so many steps. */
  onStep: (steps: number) => void;
}

/**
 * A number that can be typed. It is selected when the field is entered, and from then on the field is its owner’s: what
 * comes from elsewhere shows when it is left. What is typed is followed at once while it is in the range; what is not is
 * brought into it when the field is left, so that “0.7” can be typed where 0 is too low.
 */
export function NumberEntry({ label, text, disabled, isWithin, onNumber, onStep }: NumberEntryProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const entered = useRef('');
  const field = useRef<HTMLInputElement>(null);
  const selects = useRef(false);
  useLayoutEffect(() => {
    if (selects.current && document.activeElement === field.current) field.current?.select();
    selects.current = false;
  });
  const hold = (shown: string) => {
    entered.current = shown;
    setDraft(shown);
  };
  const enter = ({ currentTarget }: FocusEvent<HTMLInputElement>) => {
    hold(currentTarget.value);
    currentTarget.select();
  };
  /** A first press selects all, as Tab does; the place it would set is for the second one. */
  const press = (event: MouseEvent<HTMLInputElement>) => {
    if (document.activeElement === event.currentTarget) return;
    event.preventDefault();
    event.currentTarget.focus();
  };
  const type = (typed: string) => {
    setDraft(typed);
    const value = typedNumber(typed);
    if (value !== null && isWithin(value)) onNumber(value);
  };
  /** Takes what stands there. */
  const settle = () => {
    const value = draft === entered.current ? null : typedNumber(draft ?? '');
    if (value !== null) onNumber(value);
    setDraft(null);
  };
  /** Shows, selected, what became of it. */
  const selectNext = () => {
    setDraft(null);
    selects.current = true;
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') {
      settle();
      selectNext();
    }
    const steps = STEPS[event.key];
    if (steps === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    selectNext();
    onStep(event.shiftKey ? steps * 10 : steps);
  };
  return (
    <TextInput
      ref={field}
      variant="unstyled"
      classNames={{ root: classes.entry ?? '', input: classes.number ?? '' }}
      aria-label={label}
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      value={draft ?? text}
      disabled={disabled}
      onMouseDown={press}
      onFocus={enter}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={onKey}
    />
  );
}

/** Steps each key moves by, ten times as many with Shift. */
const STEPS: Record<string, number> = { ArrowUp: 1, ArrowDown: -1 };
