import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { type Fault, toFault } from '../../../shared/errors.ts';

interface NameDialogProps {
  opened: boolean;
  title: string;
  label: string;
  /** What stands in the field at first. */
  value: string;
  action: string;
  longest: number;
  /** An empty name is allowed and takes the name away. */
  mayBeEmpty?: boolean;
  onClose: () => void;
  /** @throws FaultError is shown at the field */
  onName: (name: string) => Promise<void>;
}

/** Asks for a name. */
export function NameDialog(props: NameDialogProps) {
  const { opened, title, label, value, action, longest, mayBeEmpty = false, onClose, onName } = props;
  const [name, setName] = useState(value);
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!opened) return;
    setName(value);
    setFault(null);
  }, [opened, value]);
  const empty = name.trim() === '' && !mayBeEmpty;

  async function submit(): Promise<void> {
    if (empty || busy) return;
    setBusy(true);
    try {
      await onName(name.trim());
      onClose();
    } catch (thrown) {
      setFault(toFault(thrown));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal closeButtonProps={{ 'aria-label': 'Close' }} opened={opened} onClose={onClose} title={title} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextInput
          data-autofocus
          size="sm"
          label={label}
          value={name}
          maxLength={longest}
          error={fault?.message}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={empty} loading={busy}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
