import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { type Fault, toFault } from '../../../shared/errors.ts';
import { verdictInForce, type WholeMapping } from '../../../shared/schemas/mapping.ts';
import type { AliasAnswer, AliasOutcome } from '../../../shared/schemas/mapping-deeds.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { openDialog } from '../../stores/mapping/map-view.ts';
import { giveAliases, takeBackAliases } from '../../stores/mapping/mapping-calls.ts';
import classes from './aliases-dialog.module.css';
import { countWords, sourceName } from './map-words.ts';

const OUTCOMES: Readonly<Record<AliasOutcome['outcome'], string>> = {
  given: 'given',
  there: 'was there',
  'taken away': 'taken back',
  'not there': 'was not there',
  refused: 'refused',
};

/** Gives the old voices' ids to the new voices' server as other names, so that callers keep them; or takes them back. */
export default function AliasesDialog({ mapping }: { mapping: WholeMapping }) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const [rows, setRows] = useState<AliasOutcome[] | null>(null);
  const approved = mapping.rows.filter((row) => verdictInForce(row)?.verdict === 'approved').length;
  const ask = async (call: (id: string) => Promise<AliasAnswer>) => {
    setBusy(true);
    setFault(null);
    try {
      setRows((await call(mapping.id)).rows);
    } catch (thrown) {
      setFault(toFault(thrown));
    }
    setBusy(false);
  };
  const nameOf = (rowId: string) => {
    const row = mapping.rows.find(({ id }) => id === rowId);
    return row ? sourceName(row.source) : 'A voice that was taken out';
  };
  return (
    <Modal opened onClose={() => openDialog(null)} size={520} title="Give the server the old ids">
      <p className={classes.about}>
        Each approved voice answers to the old voice’s id as well, on a server that keeps other names for its voices
        (chatterbox-tts-api). What asks that server keeps its ids. {countWords(approved, 'voice')} approved.
      </p>
      {fault !== null && <FaultNotice fault={fault} />}
      {rows !== null && (
        <ul className={classes.outcomes} aria-label="What became of each voice" aria-live="polite">
          {rows.length === 0 && <li>Nothing was to be done.</li>}
          {rows.map(({ rowId, alias, voiceId, outcome, fault: why }) => (
            <li key={`${rowId} ${voiceId}`} data-refused={outcome === 'refused' || undefined}>
              <span>{nameOf(rowId)}</span>
              <code>{alias}</code>
              <span>{OUTCOMES[outcome]}</span>
              {why !== null && <p>{[why.message, why.todo].filter(Boolean).join(' ')}</p>}
            </li>
          ))}
        </ul>
      )}
      <Group justify="flex-end" gap={8} mt={16}>
        <Button variant="default" disabled={busy} onClick={() => void ask(takeBackAliases)}>
          Take them back
        </Button>
        <Button data-autofocus loading={busy} disabled={approved === 0} onClick={() => void ask(giveAliases)}>
          Give {countWords(approved, 'id')}
        </Button>
      </Group>
    </Modal>
  );
}
