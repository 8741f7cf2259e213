import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { Connection, ConnectionLimits } from '../../../../shared/schemas/connection.ts';
import { useConnections } from '../../../stores/connections.ts';
import { FieldRow } from './field-row.tsx';
import classes from './limits-fields.module.css';
import { useSaving } from './use-saving.ts';

interface Limit {
  field: keyof ConnectionLimits;
  label: string;
  note: string;
  least: number;
  most: number;
  /** It is shown in s and kept in ms. */
  seconds: boolean;
}

const LIMITS: readonly Limit[] = [
  { field: 'connectMs', label: 'Connect', note: 'Until a connection stands.', least: 0.1, most: 120, seconds: true },
  {
    field: 'firstByteMs',
    label: 'First byte',
    note: 'From asking to the first byte of the answer.',
    least: 0.5,
    most: 900,
    seconds: true,
  },
  {
    field: 'betweenBytesMs',
    label: 'Between bytes',
    note: 'Between two pieces of an answer.',
    least: 0.5,
    most: 600,
    seconds: true,
  },
  {
    field: 'connections',
    label: 'Connections',
    note: 'To one address, open at once.',
    least: 1,
    most: 100,
    seconds: false,
  },
  {
    field: 'atOnce',
    label: 'Texts at once',
    note: 'Empty for as many as the provider allows.',
    least: 1,
    most: 100,
    seconds: false,
  },
];

/** How long a provider is waited for, and how much it is asked for at once. */
export function LimitsFields({ connection }: { connection: Connection }) {
  return LIMITS.map((limit) => <LimitField key={limit.field} connection={connection} limit={limit} />);
}

function LimitField({ connection, limit }: { connection: Connection; limit: Limit }) {
  const { field, label, note, least, most, seconds } = limit;
  const kept = connection.limits[field];
  const shown = kept === null ? '' : seconds ? kept / 1000 : kept;
  const [draft, setDraft] = useState<string | number | null>(null);
  const saving = useSaving();

  async function commit(): Promise<void> {
    if (draft === null) return;
    const wanted = wantedOf(draft, limit);
    if (wanted === undefined || wanted === kept) return setDraft(null);
    const limits: ConnectionLimits = { ...connection.limits, [field]: wanted };
    await saving.save(() => useConnections.getState().change(connection.id, { limits }));
    setDraft((now) => (now === draft ? null : now));
  }

  return (
    <FieldRow label={label} saving={saving}>
      {(ids) => (
        <div className={classes.limit}>
          <NumberInput
            {...ids}
            w={120}
            hideControls
            value={draft ?? shown}
            min={least}
            max={most}
            step={1}
            decimalScale={seconds ? 1 : 0}
            suffix={seconds ? ' s' : ''}
            placeholder={field === 'atOnce' ? 'As allowed' : ''}
            error={saving.fault !== null}
            onChange={setDraft}
            onBlur={() => void commit()}
            onKeyDown={(event) => {
              if (event.key === 'Enter') void commit();
              if (event.key === 'Escape') setDraft(null);
            }}
          />
          <span className={classes.note}>{note}</span>
        </div>
      )}
    </FieldRow>
  );
}

/** What was typed, as it is kept: within its limits; undefined where it is no number that could be. */
function wantedOf(draft: string | number, { field, least, most, seconds }: Limit): number | null | undefined {
  if (draft === '') return field === 'atOnce' ? null : undefined;
  const value = Number(draft);
  if (!Number.isFinite(value)) return undefined;
  const held = Math.min(most, Math.max(least, value));
  return Math.round(seconds ? held * 1000 : held);
}

/** The limits that differ from the usual, in a few words. */
export function limitWords({ connectMs, firstByteMs, atOnce }: ConnectionLimits): string {
  const words = [`${connectMs / 1000} s to connect`, `${firstByteMs / 1000} s for the first byte`];
  if (atOnce !== null) words.push(`${atOnce} ${atOnce === 1 ? 'text' : 'texts'} at once`);
  return words.join(', ');
}
