import { Button, Checkbox, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Fault, toFault } from '../../../shared/errors.ts';
import type { MappingRow, WholeMapping } from '../../../shared/schemas/mapping.ts';
import { MOST_REFERENCE_TAKES } from '../../../shared/schemas/mapping-deeds.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { useJudge } from '../../stores/mapping/judge.ts';
import { openDialog } from '../../stores/mapping/map-view.ts';
import { cloneVoice } from '../../stores/mapping/mapping-calls.ts';
import { showRows } from '../../stores/mapping/mappings.ts';
import { useProviderNames } from '../desk/voice-browser-sources.ts';
import { tellDone } from '../takes/notices.tsx';
import classes from './clone-dialog.module.css';
import { countWords, sourceName } from './map-words.ts';

/** Makes a new voice of what the old one was heard in, where somebody states that they hold the rights to it. */
export default function CloneDialog({ mapping, row }: { mapping: WholeMapping; row: MappingRow }) {
  const old = sourceName(row.source);
  const nameOf = useProviderNames();
  const judge = useJudge((state) => state.name);
  const [name, setName] = useState(old);
  const [rightsStated, setRights] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const takeIds = [...new Set([...row.source.recordings, ...(row.proposal?.takeIds ?? [])])].slice(
    0,
    MOST_REFERENCE_TAKES,
  );
  const provider = mapping.to.kind === 'provider' ? mapping.to.provider : '';
  const make = async () => {
    setBusy(true);
    setFault(null);
    try {
      const made = await cloneVoice(row.id, { provider, takeIds, name, rightsStated, by: judge ?? '' });
      showRows([made.row]);
      tellDone(`${name} is there, made of ${made.seconds.toFixed(0)} s of ${old}.`);
      openDialog(null);
    } catch (thrown) {
      setFault(toFault(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={() => openDialog(null)} size={500} title={`Make a voice of ${old}`}>
      <p className={classes.about}>
        {takeIds.length === 0
          ? `Nothing of ${old} was heard yet. Look for its nearest voices first, or add recordings of it.`
          : `${countWords(takeIds.length, 'recording')} of ${old}, at most 30 s together, become the reference of a new voice of ${nameOf(provider)}, which is then chosen in its place.`}
      </p>
      <TextInput
        label="Name of the new voice"
        value={name}
        maxLength={80}
        disabled={busy}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox
        mt={16}
        label={`I hold the rights to the voice of ${old}, or the consent of who does.`}
        checked={rightsStated}
        disabled={busy}
        onChange={(event) => setRights(event.currentTarget.checked)}
      />
      <p className={classes.help}>Who states it and when is kept in the history of this voice.</p>
      {fault !== null && <FaultNotice fault={fault} />}
      <Group justify="flex-end" gap={8} mt={16}>
        <Button variant="default" onClick={() => openDialog(null)}>
          Cancel
        </Button>
        <Button
          loading={busy}
          disabled={!rightsStated || takeIds.length === 0 || name.trim() === '' || provider === ''}
          onClick={() => void make()}
        >
          Make the voice
        </Button>
      </Group>
    </Modal>
  );
}
