import { Button, Progress, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Fault, toFault } from '../../../shared/errors.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { chooseFolder, moveLibrary } from '../../stores/projects-calls.ts';
import { useTasks } from '../../stores/tasks.ts';
import { tellDone } from '../takes/notices.tsx';
import classes from './library-section.module.css';

/** The engine's name for this task. */
const TASK = 'library-move';

/** Moves the library to another folder: copied, checked, and only then used. */
export function MoveLibrary({ desktop, onDone }: { desktop: boolean; onDone: () => void }) {
  const [target, setTarget] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const task = useTasks((state) => state.tasks[TASK]);

  async function choose(): Promise<void> {
    try {
      const folder = await chooseFolder();
      if (folder !== null) setTarget(folder);
    } catch (thrown) {
      setFault(toFault(thrown));
    }
  }

  async function move(): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      await moveLibrary(target.trim());
      tellDone('The library is in its new folder');
      setTarget('');
      onDone();
    } catch (thrown) {
      setFault(toFault(thrown));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (target.trim() !== '') void move();
      }}
    >
      <div className={classes.move}>
        <TextInput
          label="Move to another folder"
          description="It is copied and checked, and only then taken out of the old folder. Keep that folder: it tells where the library went."
          descriptionProps={{ fz: 11 }}
          placeholder="The whole path of an empty folder"
          spellCheck={false}
          value={target}
          disabled={busy}
          onChange={(event) => setTarget(event.currentTarget.value)}
        />
        {desktop && (
          <Button variant="default" disabled={busy} onClick={() => void choose()}>
            Choose…
          </Button>
        )}
        <Button type="submit" variant="default" disabled={target.trim() === ''} loading={busy}>
          Move
        </Button>
      </div>
      {busy && (
        <Progress
          mt="xs"
          size={4}
          animated={task?.progress == null}
          value={(task?.progress ?? 1) * 100}
          aria-label="Moving the library"
        />
      )}
      {fault && <FaultNotice fault={fault} onClose={() => setFault(null)} />}
    </form>
  );
}
