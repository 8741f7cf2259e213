import { ActionIcon, Slider, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { stepped } from '../../shared/controls/stepped.ts';
import classes from './control-slider.module.css';
import { NumberEntry } from './number-entry.tsx';

export interface ControlSliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  /** Where nothing is changed: marked on the track, and what a double click goes back to. */
  neutral: number;
  /** Whose neutral is, where it is not that of every voice: “the voice’s own”. */
  neutralIs?: string | undefined;
  /** Digits after the point. */
  digits: number;
  /** Stands after the number, for example ` dB`. */
  suffix: string;
  /** The value as a screen reader says it, for example “1.25 times”. */
  valueText: (value: number) => string;
  /** Said with the slider: who does it, and why. */
  description?: string;
  /** Stands at the end of the row. */
  badge?: ReactNode;
  disabled?: boolean;
  onChange: (value: number) => void;
}

/**
 * A fader with number entry and reset. Arrow keys move it by a step, with Shift and by Page keys by ten; a double
 * click sets it to neutral.
 */
export function ControlSlider(props: ControlSliderProps) {
  const { label, value, min, max, step, neutral, neutralIs, digits, suffix, valueText, description, badge, disabled } =
    props;
  const descriptionId = useId();
  const begins = neutralIs && `${neutralIs}: ${neutral.toFixed(digits)}${suffix}`;
  const described = [description, begins && `Neutral is ${begins}.`].filter(Boolean).join(' ');
  const set = (next: number) => {
    const fitting = stepped(next, { min, max, step });
    if (fitting !== value) props.onChange(fitting);
  };
  // The slider reports a press one frame late; what it says of the second one must not undo the reset.
  const reset = () => requestAnimationFrame(() => !disabled && props.onChange(neutral));
  const onKey = (event: KeyboardEvent) => {
    const by = KEY_STEPS[event.key];
    if (by === undefined || disabled || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!(event.target instanceof Element) || event.target.getAttribute('role') !== 'slider') return;
    event.preventDefault();
    event.stopPropagation();
    set(value + by * step * (event.shiftKey ? 10 : 1));
  };
  return (
    <div className={classes.row} data-disabled={disabled || undefined}>
      <span className={classes.label}>{label}</span>
      {/* The keys are those of the slider inside; a double click has its equal in the reset button. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
      <div className={classes.fader} onKeyDownCapture={onKey} onDoubleClick={reset}>
        <Slider
          min={min}
          max={max}
          step={step}
          precision={digits}
          value={value}
          startPointValue={neutral}
          marks={[{ value: neutral }]}
          disabled={disabled ?? false}
          thumbLabel={label}
          thumbValueText={valueText}
          thumbProps={described ? { 'aria-describedby': descriptionId } : {}}
          onChange={set}
        />
        {described && <VisuallyHidden id={descriptionId}>{described}</VisuallyHidden>}
      </div>
      <NumberEntry
        label={`${label}, number`}
        text={`${value.toFixed(digits)}${suffix}`.replace('-', '−')}
        disabled={disabled ?? false}
        onNumber={set}
        onStep={(steps) => set(value + steps * step)}
        isWithin={(typed) => typed >= min && typed <= max}
      />
      <Tooltip label={`Reset ${label.toLowerCase()}${begins ? ` to ${begins}` : ''}`}>
        <ActionIcon
          className={classes.reset}
          size={22}
          aria-label={`Reset ${label.toLowerCase()}`}
          data-hidden={value === neutral || disabled || undefined}
          tabIndex={value === neutral ? -1 : 0}
          onClick={() => set(neutral)}
        >
          <IconArrowBackUp size={14} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <span className={classes.badge}>{badge}</span>
    </div>
  );
}

/** Steps each key moves by. */
const KEY_STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};
