import { Button, FileButton, Group, Modal } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { type Fault, toFault } from '../../../shared/errors.ts';
import { readMapping } from '../../../shared/mapping/mapping-formats.ts';
import type { WholeMapping } from '../../../shared/schemas/mapping.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { openDialog, useMapView } from '../../stores/mapping/map-view.ts';
import { applyReadBack, planReadBack, type ReadBack } from '../../stores/mapping/read-back.ts';
import { tellDone, tellFault } from '../takes/notices.tsx';
import { choiceName, countWords, sourceName } from './map-words.ts';
import classes from './read-back-dialog.module.css';

/** Changes that are listed one by one. */
const LISTED = 100;

/** Brings verdicts and choices of a file into the mapping, after it was told what that changes. */
export function ReadBackDialog({ mapping }: { mapping: WholeMapping }) {
  const opened = useMapView((state) => state.dialog === 'read-back');
  return (
    <Modal opened={opened} onClose={() => openDialog(null)} size={560} title="Read a file back">
      {opened && <ReadBackForm key={mapping.id} mapping={mapping} />}
    </Modal>
  );
}

function ReadBackForm({ mapping }: { mapping: WholeMapping }) {
  const [read, setRead] = useState<{ name: string; plan: ReadBack } | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const open = async (file: File | null) => {
    if (file === null) return;
    setFault(null);
    setRead(null);
    try {
      setRead({ name: file.name, plan: planReadBack(mapping.rows, readMapping(await file.text(), file.name)) });
    } catch (thrown) {
      setFault(toFault(thrown));
    }
  };
  const apply = async () => {
    if (read === null) return;
    setBusy(true);
    try {
      await applyReadBack(read.plan);
      tellDone(`“${read.name}” was read into the mapping.`);
      openDialog(null);
    } catch (thrown) {
      tellFault(thrown, 'Not all of it was taken over');
      setBusy(false);
    }
  };
  const some = read !== null && read.plan.changes.length + read.plan.added.length > 0;
  return (
    <>
      <p className={classes.about}>
        Verdicts and choices of a file that Timbre wrote come into this mapping. Before anything is changed, you see
        what.
      </p>
      <FileButton onChange={(file) => void open(file)} accept=".json,.csv,.env,.py,.ts">
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconFileImport size={15} stroke={1.6} />} data-autofocus>
            {read === null ? 'Choose a file…' : 'Choose another file…'}
          </Button>
        )}
      </FileButton>
      {fault !== null && (
        <div className={classes.fault}>
          <FaultNotice fault={fault} />
        </div>
      )}
      {read !== null && <Summary {...read} />}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={() => openDialog(null)}>
          Cancel
        </Button>
        <Button disabled={!some} loading={busy} onClick={() => void apply()}>
          Take it over
        </Button>
      </Group>
    </>
  );
}

function Summary({ name, plan }: { name: string; plan: ReadBack }) {
  const { changes, added, same, problems } = plan;
  return (
    <section className={classes.summary} aria-label={`What ${name} changes`} aria-live="polite">
      <p className={classes.counts}>
        <strong>{name}</strong>: {countWords(changes.length, 'row')} changed, {countWords(added.length, 'voice')} added,{' '}
        {same} as before.
      </p>
      <ul className={classes.list}>
        {changes.slice(0, LISTED).map(({ row, choice, verdict }) => (
          <li key={row.id}>
            <span className={classes.who}>{sourceName(row.source)}</span>
            {choice !== undefined && ` → ${choiceName(choice)}`}
            {verdict !== null && (
              <span className={classes.verdict} data-is={verdict.verdict}>
                {' '}
                {verdict.verdict}
                {verdict.by !== '' && ` by ${verdict.by}`}
              </span>
            )}
          </li>
        ))}
        {added.slice(0, LISTED).map(({ old, new: next }) => (
          <li key={`${old.voiceId} ${old.voiceName}`}>
            <span className={classes.who}>{sourceName(old)}</span>
            {next !== null && ` → ${choiceName(next)}`} <span className={classes.dim}>added</span>
          </li>
        ))}
        {problems.map((problem) => (
          <li key={problem} className={classes.problem}>
            {problem}
          </li>
        ))}
      </ul>
    </section>
  );
}

export default ReadBackDialog;
