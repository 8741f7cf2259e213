import { Button, Modal } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Slot } from '../../../shared/schemas/comparison.ts';

const MappingPlaces = lazy(() => import('./mapping-places.tsx'));

interface UseInMappingProps {
  winner: Slot;
  /** All slots of the comparison: the old voice of a row may be among them. */
  slots: readonly Slot[];
}

/** Lets the winner take the place of an old voice in a mapping of the project. */
export function UseInMapping({ winner, slots }: UseInMappingProps) {
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        Use in a mapping…
      </Button>
      <Modal
        closeButtonProps={{ 'aria-label': 'Close' }}
        opened={opened}
        onClose={close}
        size={520}
        title={`Whose place does ${winner.name || winner.voiceName || winner.voiceId} take?`}
      >
        <Suspense fallback={null}>{opened && <MappingPlaces winner={winner} slots={slots} onClose={close} />}</Suspense>
      </Modal>
    </>
  );
}
