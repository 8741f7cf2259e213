import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Slot } from '../../../shared/schemas/comparison.ts';
import { NameDialog } from '../projects/name-dialog.tsx';
import { tellDone } from '../takes/notices.tsx';
import { keepAsPreset } from './slot-menu.tsx';

/** Keeps the winner as a preset, under a name that is asked for. @param letter of its slot, if that is still there */
export function KeepWinner({ winner, letter }: { winner: Slot; letter: string | null }) {
  const [naming, setNaming] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setNaming(true)}>
        Keep {letter ?? 'it'} as a preset…
      </Button>
      <NameDialog
        opened={naming}
        title="Keep the winner as a preset"
        label="Name"
        value={winner.name || winner.voiceName || ''}
        action="Keep"
        longest={120}
        onClose={() => setNaming(false)}
        onName={async (name) => {
          await keepAsPreset(winner, name);
          tellDone(`Kept as “${name}”.`);
        }}
      />
    </>
  );
}
