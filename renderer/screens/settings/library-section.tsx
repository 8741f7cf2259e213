import { Button, Group, Modal } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { type Fault, toFault } from '../../../shared/errors.ts';
import type { LibrarySpace } from '../../../shared/schemas/project.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { cleanUpLibrary, librarySpace, revealPath } from '../../stores/projects-calls.ts';
import { useSession } from '../../stores/session.ts';
import { forgetUndos, tellDone, tellFault } from '../takes/notices.tsx';
import { bytesWords } from '../takes/take-words.ts';
import classes from './library-section.module.css';
import { MoveLibrary } from './move-library.tsx';
import { Section } from './section.tsx';

const KINDS = [
  { key: 'audioBytes', label: 'Takes', tone: 'audio' },
  { key: 'modelBytes', label: 'Voice models', tone: 'models' },
  { key: 'databaseBytes', label: 'Database', tone: 'database' },
] as const;

function SpaceBar({ space }: { space: LibrarySpace }) {
  const total = Math.max(1, space.audioBytes + space.modelBytes + space.databaseBytes);
  return (
    <>
      <div className={classes.bar} aria-hidden="true">
        {KINDS.map(({ key, tone }) => (
          <div key={key} data-tone={tone} className={classes.part} style={{ flexGrow: space[key] / total }} />
        ))}
      </div>
      <ul className={classes.legend}>
        {KINDS.map(({ key, label, tone }) => (
          <li key={key}>
            <span className={classes.dot} data-tone={tone} aria-hidden="true" />
            {label} <span className={classes.figure}>{bytesWords(space[key])}</span>
          </li>
        ))}
        {space.diskFreeBytes !== null && (
          <li className={classes.free}>
            Free on this disk <span className={classes.figure}>{bytesWords(space.diskFreeBytes)}</span>
          </li>
        )}
      </ul>
    </>
  );
}

/** What would go, what is kept, and only then the button that does it: it cannot be undone. */
function CleanUp({ space, onDone }: { space: LibrarySpace; onDone: () => void }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const nothing = space.freeableTakes === 0 && space.freeableBytes === 0;
  const takes = `${space.freeableTakes.toLocaleString()} ${space.freeableTakes === 1 ? 'take' : 'takes'}`;

  async function run(): Promise<void> {
    setBusy(true);
    try {
      const freed = await cleanUpLibrary();
      forgetUndos();
      tellDone(`${bytesWords(freed.freedBytes)} freed, ${freed.takes.toLocaleString()} takes removed for good`);
      setAsking(false);
      onDone();
    } catch (thrown) {
      tellFault(thrown, 'The clean-up stopped');
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className={classes.line}>
      <p className={classes.words}>
        {nothing
          ? 'There is nothing to clean up.'
          : `A clean-up frees ${bytesWords(space.freeableBytes)}: ${takes} that were deleted or are incomplete.`}
      </p>
      <Button variant="default" disabled={nothing} onClick={() => setAsking(true)}>
        Clean up…
      </Button>
      <Modal
        closeButtonProps={{ 'aria-label': 'Close' }}
        opened={asking}
        onClose={() => setAsking(false)}
        title="Clean up the library"
      >
        <p className={classes.words}>
          <strong>Goes for good:</strong> {takes} that were deleted or are incomplete ({bytesWords(space.freeableBytes)}
          ). Deleting them can then no longer be undone.
        </p>
        <p className={classes.words}>
          <strong>Is kept:</strong> every whole take in a list, incomplete ones with a rating or a note, and everything
          a preset, baseline or mapping needs.
        </p>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
            Cancel
          </Button>
          <Button color="red" loading={busy} onClick={() => void run()}>
            Clean up
          </Button>
        </Group>
      </Modal>
    </div>
  );
}

/** Where the library lies, what it needs, clean-up and move. */
export function LibrarySection() {
  const [space, setSpace] = useState<LibrarySpace | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const desktop = useSession((state) => state.status?.shell === 'desktop');
  const libraryFault = useSession((state) => state.status?.libraryFault ?? null);
  const environment = useSession((state) => state.status?.environment.join(' and ') ?? '');
  const read = useCallback(() => {
    librarySpace().then(
      (now) => {
        setSpace(now);
        setFault(null);
      },
      (thrown) => setFault(toFault(thrown)),
    );
  }, []);
  useEffect(read, [read]);

  return (
    <Section title="Library" about="Takes, presets and projects, in one folder.">
      {/* What is wrong with the library itself stands over every room. */}
      {libraryFault === null && fault && <FaultNotice fault={fault} />}
      {space !== null && (
        <>
          <div className={classes.line}>
            <code className={classes.home}>{space.home}</code>
            {desktop && (
              <Button
                variant="default"
                onClick={() => {
                  revealPath(space.home).catch((thrown) => tellFault(thrown, 'The folder was not shown'));
                }}
              >
                Show
              </Button>
            )}
          </div>
          {environment !== '' && libraryFault === null && (
            <p className={classes.chosen}>Chosen by {environment} in the environment.</p>
          )}
          <SpaceBar space={space} />
          <CleanUp space={space} onDone={read} />
          <MoveLibrary desktop={desktop} onDone={read} />
        </>
      )}
    </Section>
  );
}
