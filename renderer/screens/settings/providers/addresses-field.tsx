import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Fault } from '../../../../shared/errors.ts';
import { addressFault, type ConnectionView, type ProviderKindAbout } from '../../../../shared/schemas/connection.ts';
import { useConnections } from '../../../stores/connections.ts';
import { type AddressRow, afterLeaving, following, rowsOf, unsaved, whyNot } from './address-rows.ts';
import classes from './addresses-field.module.css';
import { FieldRow } from './field-row.tsx';
import { furtherWords, serverWords } from './provider-words.ts';
import { useSaving } from './use-saving.ts';

/** Most addresses that a provider may have. */
const MOST = 16;

interface AddressesFieldProps {
  view: ConnectionView;
  about: ProviderKindAbout;
  fault: Fault | null;
}

/** Where a provider is: one address, or several where the kind has many. */
export function AddressesField({ view, about, fault }: AddressesFieldProps) {
  const { connection, environment, servers } = view;
  const { address } = about;
  const variable = environment.addresses;
  const [rows, setRows] = useState<AddressRow[]>(() => rowsOf(connection.addresses));
  const saving = useSaving();
  const list = useRef<HTMLDivElement>(null);
  const known = connection.addresses;
  const knownText = known.join('\n');
  useEffect(() => {
    setRows((now) => following(now, knownText === '' ? [] : knownText.split('\n')));
  }, [knownText]);

  async function write(wanted: AddressRow[], addresses: string[]): Promise<void> {
    setRows(wanted);
    if (addresses.join('\n') === knownText) return;
    const saved = await saving.save(() => useConnections.getState().change(connection.id, { addresses }));
    if (!saved) setRows(unsaved(wanted, known));
  }

  function leave(key: number): void {
    const now = afterLeaving(rows, key, address.needed);
    void write(now.rows, now.addresses);
  }

  function remove(key: number): void {
    const at = rows.findIndex((row) => row.key === key);
    const left = rows.filter((row) => row.key !== key);
    void write(left, left.map(({ saved }) => saved).filter(Boolean));
    // The keyboard stays among the addresses.
    requestAnimationFrame(() => list.current?.querySelectorAll('input')[Math.max(0, at - 1)]?.focus());
  }

  function add(): void {
    setRows([...rows, ...rowsOf([''])]);
    requestAnimationFrame(() => [...(list.current?.querySelectorAll('input') ?? [])].at(-1)?.focus());
  }

  const faults = rows.map((row) => whyNot(row, address.needed && rows.length === 1));
  return (
    <FieldRow
      label={address.label}
      field="addresses"
      plain
      saving={saving}
      fault={faults.some(Boolean) ? null : fault}
      variable={variable}
      note={
        address.needed ? undefined : `Empty for its usual address. ${known.length === 0 ? furtherWords(about) : ''}`
      }
    >
      {({ 'aria-describedby': words }) => (
        <div ref={list} className={classes.addresses}>
          {rows.map(({ key, text }, at) => (
            <div key={key}>
              <div className={classes.line}>
                <TextInput
                  className={classes.input ?? ''}
                  aria-label={rows.length > 1 ? `Address ${at + 1}` : 'Address'}
                  aria-describedby={words}
                  placeholder={address.placeholder}
                  spellCheck={false}
                  autoComplete="off"
                  type="url"
                  inputMode="url"
                  maxLength={500}
                  disabled={variable !== undefined}
                  value={text}
                  error={faults[at] ?? false}
                  onChange={(event) => {
                    const typed = event.currentTarget.value;
                    setRows(rows.map((row) => (row.key === key ? { ...row, text: typed } : row)));
                  }}
                  onBlur={() => leave(key)}
                  onKeyDown={(event) => event.key === 'Enter' && leave(key)}
                />
                {rows.length > 1 && variable === undefined && (
                  <ActionIcon aria-label={`Remove address ${at + 1}`} onClick={() => remove(key)}>
                    <IconX size={14} stroke={1.6} />
                  </ActionIcon>
                )}
              </div>
              {servers
                .filter((server) => server.address === text)
                .map((server) => (
                  <p key={server.address} className={classes.server} data-state={server.state}>
                    {serverWords(server)}
                  </p>
                ))}
            </div>
          ))}
          {address.many && variable === undefined && rows.length < MOST && (
            <Button
              className={classes.add ?? ''}
              variant="subtle"
              color="gray"
              leftSection={<IconPlus size={13} stroke={1.8} />}
              disabled={rows.some(({ text }) => addressFault(text.trim()) !== null)}
              onClick={add}
            >
              Add an address
            </Button>
          )}
        </div>
      )}
    </FieldRow>
  );
}
