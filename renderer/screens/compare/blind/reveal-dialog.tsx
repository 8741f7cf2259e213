import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { type Fault, toFault } from '../../../../shared/errors.ts';
import type { ListeningTest } from '../../../../shared/schemas/listening.ts';
import { FaultNotice } from '../../../elements/fault-notice.tsx';
import { revealTest } from '../../../stores/listening/listening-calls.ts';
import { openRoom } from '../../../stores/listening/room.ts';
import { noteTest } from '../../../stores/listening/tests.ts';

/** Asks once before a test is revealed, and names who is not done. */
export function RevealDialog({ test, opened, onClose }: { test: ListeningTest; opened: boolean; onClose: () => void }) {
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const open = test.sessions.filter(({ state }) => state === 'running' || state === 'away');
  const reveal = async () => {
    setBusy(true);
    setFault(null);
    try {
      noteTest(await revealTest(test.id, open.length > 0));
      openRoom({ at: 'results', testId: test.id });
    } catch (thrown) {
      setFault(toFault(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Reveal the test?" size="md">
      <Text size="sm">Who is who is shown, with what was answered. After that the test takes no more answers.</Text>
      {open.length > 0 && (
        <>
          <Text size="sm" mt="sm">
            Not done yet, and to be broken off. What they answered is kept and shown, and does not count:
          </Text>
          <ul>
            {open.map(({ id, listener, state, answered, of }) => (
              <li key={id}>
                {`${listener}: ${state === 'away' ? 'elsewhere, by a file' : `${answered} of ${of} answered`}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {fault && <FaultNotice fault={fault} />}
      <Group justify="flex-end" mt="md" gap="xs">
        <Button variant="default" onClick={onClose}>
          Not yet
        </Button>
        <Button loading={busy} onClick={() => void reveal()}>
          Reveal
        </Button>
      </Group>
    </Modal>
  );
}
