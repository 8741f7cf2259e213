import type { KeyboardEvent } from 'react';

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/**
 * Arrow keys among the radios of a group: the next one gets the focus and is chosen, around at the ends (WAI-ARIA radio
 * group pattern).
 */
export function onRadioKeys(choose: (place: number) => void) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    const by = STEPS[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const radios = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')];
    const at = radios.indexOf(event.target as HTMLElement);
    const next = (at + by + radios.length) % radios.length;
    radios[next]?.focus();
    choose(next);
  };
}
