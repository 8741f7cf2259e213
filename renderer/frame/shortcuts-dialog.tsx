import { ActionIcon, Button, Modal, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Chord } from '../elements/chord.tsx';
import { chordOf } from '../stores/chord.ts';
import { COMMAND_GROUPS, COMMAND_IDS, COMMANDS, type CommandId } from '../stores/commands.ts';
import { chordsOf, commandOf, useShortcuts } from '../stores/shortcuts.ts';
import classes from './shortcuts-dialog.module.css';

/** Lists what each key does; a press on a row lets it be changed. */
export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [listening, setListening] = useState<CommandId | null>(null);
  const changed = useShortcuts((state) => Object.keys(state.overrides).length > 0);
  const resetAll = useShortcuts((state) => state.resetAll);
  const note = useCapture(listening, () => setListening(null));
  return (
    <Modal opened={opened} onClose={onClose} title="Shortcuts" size={720} closeOnEscape={listening === null}>
      <p className={classes.lead} role="status">
        {note ?? 'Press a row to give it another key.'}
      </p>
      <div className={classes.groups}>
        {COMMAND_GROUPS.map((group) => (
          <section key={group} className={classes.group}>
            <h3>{group}</h3>
            <ul>
              {COMMAND_IDS.filter((id) => COMMANDS[id].group === group).map((id) => (
                <ShortcutRow
                  key={id}
                  id={id}
                  listening={listening === id}
                  onListen={() => setListening(listening === id ? null : id)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <div className={classes.foot}>
        <Button variant="default" disabled={!changed} onClick={resetAll}>
          All as they were
        </Button>
      </div>
    </Modal>
  );
}

function ShortcutRow({ id, listening, onListen }: { id: CommandId; listening: boolean; onListen: () => void }) {
  const overrides = useShortcuts((state) => state.overrides);
  const reset = useShortcuts((state) => state.reset);
  const chords = chordsOf({ overrides }, id);
  const own = chords.join() === COMMANDS[id].chords.join();
  return (
    <li className={classes.row}>
      <UnstyledButton className={classes.change} data-listening={listening || undefined} onClick={onListen}>
        <span>{COMMANDS[id].label}</span>
        <span className={classes.keys}>
          {listening ? 'Press a key' : chords.map((chord) => <Chord key={chord} chord={chord} />)}
          {!listening && chords.length === 0 && <span className={classes.none}>none</span>}
        </span>
      </UnstyledButton>
      <Tooltip label="As it was">
        <ActionIcon
          size={22}
          aria-label={`${COMMANDS[id].label}: as it was`}
          className={classes.reset ?? ''}
          data-hidden={own || undefined}
          onClick={() => reset(id)}
        >
          <IconArrowBackUp size={14} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

/** Takes the next chord for a command: Escape leaves it, Backspace takes its key away. Returns what to tell of it. */
function useCapture(id: CommandId | null, onDone: () => void): string | null {
  const [note, setNote] = useState<string | null>(null);
  useEffect(() => {
    if (id === null) return;
    setNote('Press the new key. Escape leaves it as it is, Backspace takes it away.');
    const listen = (event: KeyboardEvent) => {
      const chord = chordOf(event);
      if (chord === null || chord === 'Tab' || chord === 'Shift+Tab') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { assign, overrides } = useShortcuts.getState();
      const before = commandOf({ overrides }, chord);
      if (chord === 'Backspace') assign(id, []);
      else if (chord !== 'Escape') assign(id, [chord]);
      const taken = before !== null && before !== id && chord !== 'Escape' && chord !== 'Backspace';
      setNote(taken ? `It was taken from “${COMMANDS[before].label}”.` : null);
      onDone();
    };
    addEventListener('keydown', listen, true);
    return () => removeEventListener('keydown', listen, true);
  }, [id, onDone]);
  return note;
}
