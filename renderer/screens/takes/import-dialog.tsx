import { ActionIcon, Button, Group, Loader, Modal, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import { MAX_TEXT_CHARACTERS } from '../../../shared/schemas/take.ts';
import { useTakes } from '../../stores/takes.ts';
import { type ImportEntry, useImports } from '../../stores/takes-import.ts';
import classes from './import-dialog.module.css';
import { bytesWords } from './take-words.ts';

function Mark({ entry }: { entry: ImportEntry }) {
  if (entry.state === 'reading') return <Loader size={14} aria-label="Being brought in" />;
  if (entry.state === 'done') return <IconCheck size={16} className={classes.good} aria-label="Brought in" />;
  if (entry.state === 'failed') return <IconAlertTriangle size={16} className={classes.bad} aria-label="Failed" />;
  return (
    <ActionIcon
      size={22}
      aria-label={`Leave ${entry.file.name} out`}
      onClick={() => useImports.getState().leaveOut(entry.key)}
    >
      <IconX size={14} stroke={1.6} />
    </ActionIcon>
  );
}

function Entry({ entry, busy }: { entry: ImportEntry; busy: boolean }) {
  return (
    <li className={classes.entry}>
      <div className={classes.file}>
        <span className={classes.name} title={entry.file.name}>
          {entry.file.name}
        </span>
        <span className={classes.size}>{bytesWords(entry.file.size)}</span>
        <span className={classes.mark}>
          <Mark entry={entry} />
        </span>
      </div>
      {entry.fault === null ? (
        <TextInput
          aria-label={`Text spoken in ${entry.file.name}`}
          placeholder="What is spoken in it, if known"
          value={entry.text}
          maxLength={MAX_TEXT_CHARACTERS}
          disabled={busy || entry.state === 'done'}
          onChange={(event) => useImports.getState().setText(entry.key, event.currentTarget.value)}
        />
      ) : (
        <p className={classes.why} role="alert">
          {entry.fault.message} {entry.fault.todo}
        </p>
      )}
    </li>
  );
}

/** Asks for the texts of audio files and brings them in as takes. */
export function ImportDialog() {
  const { entries, running, start, close } = useImports();
  const done = entries.filter(({ state }) => state === 'done').length;
  const failed = entries.filter(({ state }) => state === 'failed').length;
  const left = entries.length - done;
  const began = running || done + failed > 0;
  const words = began ? `${done} of ${entries.length} brought in${failed > 0 ? `, ${failed} failed` : ''}` : '';

  async function run(): Promise<void> {
    await start((take) => useTakes.getState().put(take));
    const after = useImports.getState().entries;
    if (after.length > 0 && after.every(({ state }) => state === 'done')) close();
  }

  return (
    <Modal
      closeButtonProps={{ 'aria-label': 'Close' }}
      opened={entries.length > 0}
      onClose={close}
      title="Bring in audio files as takes"
      size={520}
    >
      <ul className={classes.list}>
        {entries.map((entry) => (
          <Entry key={entry.key} entry={entry} busy={running} />
        ))}
      </ul>
      <Group justify="flex-end" gap="xs" mt="sm">
        <span className={classes.words} aria-live="polite">
          {words}
        </span>
        <Button variant="default" onClick={close}>
          {running ? 'Stop' : began ? 'Close' : 'Cancel'}
        </Button>
        <Button disabled={left === 0} loading={running} onClick={() => void run()}>
          {failed > 0 && !running ? 'Try again' : left === 1 ? 'Bring it in' : `Bring in ${left} files`}
        </Button>
      </Group>
    </Modal>
  );
}

export default ImportDialog;
