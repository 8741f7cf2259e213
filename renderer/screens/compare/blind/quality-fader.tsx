import type { KeyboardEvent, PointerEvent } from 'react';
import classes from './quality-fader.module.css';

interface QualityFaderProps {
  /** What its sound is called on the page. */
  place: string;
  /** 0-100; null before it was set. */
  value: number | null;
  /** Its sound was not heard yet. */
  disabled: boolean;
  /** It is pressed: its sound is to be heard. */
  onPress: () => void;
  onChange: (value: number) => void;
}

const QUALITY = ['bad', 'poor', 'fair', 'good', 'excellent', 'excellent'];

/** A value in words. */
function said(value: number | null): string {
  return value === null ? 'not rated' : `${value}, ${QUALITY[Math.floor(value / 20)]}`;
}

/** An upright fader over the five fifths of the scale. Arrows move it (see `useSessionKeys`), Home and End go to its ends. */
export function QualityFader({ place, value, disabled, onPress, onChange }: QualityFaderProps) {
  const follow = (event: PointerEvent<HTMLElement>) => {
    const { top, height } = event.currentTarget.getBoundingClientRect();
    onChange(Math.min(100, Math.max(0, 100 * (1 - (event.clientY - top) / height))));
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    if (disabled) {
      onPress();
      return;
    }
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture(event.pointerId);
    follow(event);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (disabled || (event.key !== 'Home' && event.key !== 'End')) return;
    event.preventDefault();
    onChange(event.key === 'Home' ? 0 : 100);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      className={classes.fader}
      aria-label={`Quality of ${place}`}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value ?? 50}
      aria-valuetext={said(value)}
      aria-disabled={disabled}
      data-fader={place}
      data-set={value !== null || undefined}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && follow(event)}
      onKeyDown={onKeyDown}
    >
      <span className={classes.track} />
      <span className={classes.cap} style={{ bottom: `${value ?? 50}%` }} />
    </div>
  );
}
