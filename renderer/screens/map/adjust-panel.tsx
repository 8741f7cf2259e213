import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { MappingRow } from '../../../shared/schemas/mapping.ts';
import { provideCommand } from '../../stores/commands.ts';
import { changeRow, endAdjusting, isSameChoice, useChoiceDesk } from '../../stores/mapping/rows.ts';
import { ControlPanel } from '../desk/control-panel.tsx';
import { DeskContext } from '../desk/desk-context.ts';
import { VoicePicker } from '../desk/voice-picker.tsx';
import { tellUndo } from '../takes/notices.tsx';
import classes from './adjust-panel.module.css';
import { sourceName } from './map-words.ts';
import { PairPlayer } from './pair-player.tsx';
import pane from './row-detail.module.css';

const DESK = { store: useChoiceDesk, live: false };

/** Voice and controls of what takes a voice’s place, heard against the old one while they are moved. */
export function AdjustPanel({ row }: { row: MappingRow }) {
  const panel = useRef<HTMLElement>(null);
  const latest = useRef(row);
  latest.current = row;
  useEffect(() => {
    panel.current?.focus();
    const before = latest.current;
    return () => {
      const { id, choice } = latest.current;
      if (isSameChoice(before.choice, choice)) return;
      const undo = () => changeRow(id, { choice: before.choice, byHand: before.byHand });
      tellUndo(`The successor of ${sourceName(before.source)} was adjusted`, undo);
    };
  }, []);
  const close = () => {
    endAdjusting();
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-adjust]')?.focus());
  };
  // Escape closes it wherever the focus is, before it stops the sound.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it closes is the one that is open
  useEffect(() => provideCommand('stop', close), []);
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
      className={`${pane.pane} ${classes.panel}`}
      aria-label={`Voice and controls of the successor of ${sourceName(row.source)}`}
      onKeyDown={onKey}
    >
      <header className={classes.head}>
        <h2>Successor of {sourceName(row.source)}</h2>
        <ActionIcon aria-label="Close" onClick={close}>
          <IconX size={16} stroke={1.6} />
        </ActionIcon>
      </header>
      <div className={classes.listen}>
        <PairPlayer row={row} />
      </div>
      <DeskContext value={DESK}>
        <VoicePicker />
        <ControlPanel />
      </DeskContext>
    </section>
  );
}
