import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { type Fault, toFault } from '../../../../shared/errors.ts';
import type { Connection } from '../../../../shared/schemas/connection.ts';
import { closeTest } from '../../../stores/connection-tests.ts';
import { useConnections } from '../../../stores/connections.ts';
import { closeSwitch } from '../../../stores/model-switches.ts';
import { FieldFault } from './field-row.tsx';
import classes from './provider-card.module.css';

interface RemoveProviderProps {
  connection: Connection;
  /** The variable that sets it up; then it cannot be removed here. */
  variable: string | null;
  onRemoved: () => void;
}

/** Removes a provider, after it was said what goes and what stays. */
export function RemoveProvider({ connection, variable, onRemoved }: RemoveProviderProps) {
  const { id, name } = connection;
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);

  async function remove(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await useConnections.getState().remove(id);
      closeTest(id);
      closeSwitch(id);
      onRemoved();
    } catch (thrown) {
      setFault(toFault(thrown));
      setBusy(false);
    }
  }

  return (
    <div className={classes.last}>
      {variable !== null && (
        <p className={classes.dim}>
          {variable} in the environment sets it up: take it out there to remove this provider.
        </p>
      )}
      <Button
        variant="default"
        disabled={variable !== null}
        onClick={() => {
          setFault(null);
          setAsking(true);
        }}
      >
        Remove {name}…
      </Button>
      <Modal opened={asking} onClose={() => busy || setAsking(false)} title={`Remove ${name}`}>
        <p className={classes.words}>
          <strong>Goes for good:</strong> its addresses, its key, and what is set for it here. Nothing is removed at the
          provider itself.
        </p>
        <p className={classes.words}>
          <strong>Is kept:</strong> every take that was made with it, and the presets with its voices. They can be
          rendered again once it is set up again.
        </p>
        {fault && <FieldFault fault={fault} />}
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
            Cancel
          </Button>
          <Button color="red" loading={busy} onClick={() => void remove()}>
            Remove
          </Button>
        </Group>
      </Modal>
    </div>
  );
}
