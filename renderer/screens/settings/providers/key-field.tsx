import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { Fault } from '../../../../shared/errors.ts';
import type { ConnectionView, KeyPlace, ProviderKindAbout } from '../../../../shared/schemas/connection.ts';
import { useConnections } from '../../../stores/connections.ts';
import { FieldRow, type RowIds } from './field-row.tsx';
import classes from './key-field.module.css';
import { keyPlaceWords } from './provider-words.ts';
import { takeKey } from './take-key.ts';
import { useSaving } from './use-saving.ts';

interface KeyFieldProps {
  view: ConnectionView;
  about: ProviderKindAbout;
  place: KeyPlace;
  fault: Fault | null;
  /** A fault led here: the key is to be entered. */
  asked: boolean;
}

/** The key of a provider: that it is there, its end, where it lies. It can be replaced and removed, never read. */
export function KeyField({ view, about, place, fault, asked }: KeyFieldProps) {
  const { connection, key, environment } = view;
  const none = key.where === 'none';
  const variable = environment.key;
  const [replacing, setReplacing] = useState(false);
  const saving = useSaving();
  const field = useRef<HTMLDivElement>(null);
  const focus = (what: 'input' | 'button') =>
    requestAnimationFrame(() => field.current?.querySelector<HTMLElement>(what)?.focus());
  const turn = (entering: boolean) => {
    setReplacing(entering);
    focus(entering ? 'input' : 'button');
  };
  useEffect(() => {
    if (!asked || variable !== undefined) return;
    setReplacing(true);
    requestAnimationFrame(() => field.current?.querySelector('input')?.focus());
  }, [asked, variable]);

  async function set(secret: string): Promise<void> {
    // The field stays until it is known what became of the key.
    setReplacing(true);
    if (await saving.save(() => useConnections.getState().setKey(connection.id, secret))) {
      const at = document.activeElement;
      const here = at === document.body || field.current?.contains(at) === true;
      setReplacing(false);
      // Somebody may have gone on to another field meanwhile.
      if (here) focus('button');
    } else focus('input');
  }

  async function remove(): Promise<void> {
    if (await saving.save(() => useConnections.getState().forgetKey(connection.id))) focus('input');
  }

  const entering = variable === undefined && (none || replacing);
  return (
    <FieldRow
      label="Key"
      field="key"
      plain={!entering}
      saving={saving}
      fault={fault}
      note={entering ? `${about.key.help} ${place.note}`.trim() : keyPlaceWords(key, variable)}
    >
      {(ids) => (
        <div ref={field}>
          {entering ? (
            <KeyEntry
              ids={ids}
              optional={about.key.need === 'optional'}
              wrong={saving.fault !== null || fault !== null}
              busy={saving.state === 'saving'}
              onKey={(secret) => void set(secret)}
              onCancel={none ? null : () => turn(false)}
            />
          ) : (
            <div className={classes.kept}>
              {key.last4 !== null && <span className={classes.end}>•••• {key.last4}</span>}
              {variable === undefined && (
                <span className={classes.deeds}>
                  <Button variant="default" onClick={() => turn(true)}>
                    Replace the key
                  </Button>
                  <Button variant="subtle" color="gray" onClick={() => void remove()}>
                    Remove the key
                  </Button>
                </span>
              )}
            </div>
          )}
        </div>
      )}
    </FieldRow>
  );
}

interface KeyEntryProps {
  ids: RowIds;
  optional: boolean;
  wrong: boolean;
  busy: boolean;
  onKey: (secret: string) => void;
  /** Null where there is no key to go back to. */
  onCancel: (() => void) | null;
}

/** Takes a key in. It is in the field alone, and no longer than until it is handed on. */
function KeyEntry({ ids, optional, wrong, busy, onKey, onCancel }: KeyEntryProps) {
  const [empty, setEmpty] = useState(true);
  return (
    <form
      className={classes.entry}
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        const secret = takeKey(event.currentTarget);
        setEmpty(true);
        if (secret !== '' && !busy) onKey(secret);
      }}
    >
      <TextInput
        {...ids}
        className={classes.input ?? ''}
        name="key"
        type="password"
        autoComplete="off"
        spellCheck={false}
        maxLength={512}
        placeholder={optional ? 'None' : 'Paste it here'}
        error={wrong}
        onChange={(event) => setEmpty(event.currentTarget.value.trim() === '')}
        onKeyDown={(event) => event.key === 'Escape' && onCancel?.()}
      />
      <Button type="submit" variant="default" disabled={empty} loading={busy}>
        Save the key
      </Button>
      {onCancel && (
        <Button variant="subtle" color="gray" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </form>
  );
}
