import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type CSSProperties, type KeyboardEvent, useEffect, useRef } from 'react';
import type { Comparison } from '../../../shared/schemas/comparison.ts';
import { provideCommand } from '../../stores/commands.ts';
import { editSlot, useCompareView, useSlotDesk } from '../../stores/compare/slots.ts';
import { ControlPanel } from '../desk/control-panel.tsx';
import { DeskContext } from '../desk/desk-context.ts';
import { VoicePicker } from '../desk/voice-picker.tsx';
import { letterOf, slotColour } from './slot-colours.ts';
import classes from './slot-editor.module.css';

const DESK = { store: useSlotDesk, live: false };

/** Voice and controls of one slot, beside the others. */
export function SlotEditor({ comparison }: { comparison: Comparison }) {
  const editing = useCompareView((state) => state.editing);
  const panel = useRef<HTMLElement>(null);
  const place = comparison.slots.findIndex(({ id }) => id === editing);
  useEffect(() => {
    if (editing !== null) panel.current?.focus();
  }, [editing]);
  const close = () => {
    editSlot(null);
    document.querySelector<HTMLElement>(`[data-slot="${letterOf(place)}"] [data-who]`)?.focus();
  };
  const open = place >= 0;
  // Escape closes it wherever the focus is, before it stops the sound.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it closes is the one that is open
  useEffect(() => (open ? provideCommand('stop', close) : undefined), [open, place]);
  if (!open) return null;
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return (
    <section
      ref={panel}
      tabIndex={-1}
      className={classes.editor}
      style={{ '--slot': slotColour(place) } as CSSProperties}
      aria-label={`Voice and controls of slot ${letterOf(place)}`}
      onKeyDown={onKey}
    >
      <header className={classes.head}>
        <span className={classes.letter} aria-hidden>
          {letterOf(place)}
        </span>
        <h2>Slot {letterOf(place)}</h2>
        <ActionIcon aria-label="Close" onClick={close}>
          <IconX size={16} stroke={1.6} />
        </ActionIcon>
      </header>
      <DeskContext value={DESK}>
        <VoicePicker />
        <ControlPanel />
      </DeskContext>
    </section>
  );
}
