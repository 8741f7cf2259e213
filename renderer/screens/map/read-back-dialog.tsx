import { Button, FileButton, Group, Modal } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { type Fault, toFault } from '../../../shared/errors.ts';
import type { WholeMapping } from '../../../shared/schemas/mapping.ts';
import type { MappingChange, MappingReading } from '../../../shared/schemas/mapping-deeds.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { openDialog, useMapView } from '../../stores/mapping/map-view.ts';
import { applyReadBack, planReadBack } from '../../stores/mapping/read-back.ts';
import { tellDone, tellFault } from '../takes/notices.tsx';
import { choiceName, countWords } from './map-words.ts';
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
  const [read, setRead] = useState<{ file: File; reading: MappingReading } | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const open = async (file: File | null) => {
    if (file === null) return;
    setFault(null);
    setRead(null);
    try {
      setRead({ file, reading: await planReadBack(mapping.id, file) });
    } catch (thrown) {
      setFault(toFault(thrown));
    }
  };
  const apply = async () => {
    if (read === null) return;
    setBusy(true);
    try {
      await applyReadBack(read.file);
      tellDone(`“${read.file.name}” was read into the mapping.`);
      openDialog(null);
    } catch (thrown) {
      tellFault(thrown, 'It was not taken over');
      setBusy(false);
    }
  };
  const some = read !== null && read.reading.changes.length > 0;
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
      {read !== null && <Summary name={read.file.name} reading={read.reading} />}
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

function Summary({ name, reading }: { name: string; reading: MappingReading }) {
  const { changes, unchanged, problems } = reading;
  const added = changes.filter((change) => change.added).length;
  return (
    <section className={classes.summary} aria-label={`What ${name} changes`} aria-live="polite">
      <p className={classes.counts}>
        <strong>{name}</strong>: {countWords(changes.length - added, 'row')} changed, {countWords(added, 'voice')}{' '}
        added, {unchanged} as before.
      </p>
      <ul className={classes.list}>
        {changes.slice(0, LISTED).map((change) => (
          <Change key={`${change.rowId} ${change.oldVoiceId} ${change.oldVoiceName}`} change={change} />
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

function Change({ change }: { change: MappingChange }) {
  const { oldVoiceName, oldVoiceId, choice, verdict, added } = change;
  return (
    <li>
      <span className={classes.who}>{oldVoiceName || oldVoiceId}</span>
      {choice !== null && ` → ${choiceName(choice.becomes)}`}
      {verdict !== null && (
        <span className={classes.verdict} data-is={verdict.becomes.verdict}>
          {' '}
          {verdict.becomes.verdict}
          {verdict.becomes.by !== '' && ` by ${verdict.becomes.by}`}
        </span>
      )}
      {added && <span className={classes.dim}> added</span>}
    </li>
  );
}

export default ReadBackDialog;
