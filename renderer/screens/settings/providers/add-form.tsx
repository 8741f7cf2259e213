import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { type Fault, toFault } from '../../../../shared/errors.ts';
import { addressFault, type ConnectionView, type ProviderKindAbout } from '../../../../shared/schemas/connection.ts';
import { useConnections } from '../../../stores/connections.ts';
import classes from './add-provider.module.css';
import { FieldFault, FieldRow } from './field-row.tsx';
import { furtherWords } from './provider-words.ts';
import { takeKey } from './take-key.ts';

interface AddFormProps {
  about: ProviderKindAbout;
  onAdded: (view: ConnectionView) => void;
  onCancel: () => void;
}

/** What a kind of provider needs first: its address, its key, or both. */
export function AddForm({ about, onAdded, onCancel }: AddFormProps) {
  const { address, key } = about;
  const [typed, setTyped] = useState('');
  const [noKey, setNoKey] = useState(true);
  const [left, setLeft] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const wrong = typed.trim() === '' ? null : addressFault(typed.trim());
  const lacking = (address.needed && typed.trim() === '') || (key.need === 'required' && noKey);

  async function add(keyTyped: string): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const addresses = typed.trim() === '' ? [] : [typed.trim()];
      onAdded(await useConnections.getState().add({ kind: about.kind, addresses }, keyTyped === '' ? null : keyTyped));
    } catch (thrown) {
      const why = toFault(thrown);
      const again = keyTyped === '' ? undefined : 'The key has to be entered again.';
      setFault({ ...why, todo: [why.todo, again].filter(Boolean).join(' ') });
      setBusy(false);
      requestAnimationFrame(() => form.current?.querySelector('input')?.focus());
    }
  }

  const place = (
    <FieldRow
      key="address"
      label={address.needed ? 'Address' : 'Address, if another'}
      note={address.many ? 'Further ones can be added afterwards.' : furtherWords(about)}
      fault={left && wrong !== null ? { code: 'invalid', message: `This ${wrong}.` } : null}
    >
      {(ids) => (
        <TextInput
          {...ids}
          type="url"
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          maxLength={500}
          placeholder={address.placeholder}
          disabled={busy}
          value={typed}
          error={left && wrong !== null}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onBlur={() => setLeft(true)}
        />
      )}
    </FieldRow>
  );

  const secret = (
    <FieldRow key="key" label={key.need === 'required' ? 'Key' : 'Key, if any'} note={key.help}>
      {(ids) => (
        <TextInput
          {...ids}
          name="key"
          type="password"
          autoComplete="off"
          spellCheck={false}
          maxLength={512}
          placeholder={key.need === 'required' ? 'Paste it here' : 'None'}
          disabled={busy}
          onChange={(event) => setNoKey(event.currentTarget.value.trim() === '')}
        />
      )}
    </FieldRow>
  );

  return (
    <form
      ref={form}
      className={classes.form}
      aria-label={`Add ${about.name}`}
      autoComplete="off"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setLeft(true);
        if (wrong !== null || lacking || busy) return;
        const keyTyped = takeKey(event.currentTarget);
        setNoKey(true);
        void add(keyTyped);
      }}
      onKeyDown={(event) => event.key === 'Escape' && !busy && onCancel()}
    >
      <p className={classes.name}>Add {about.name}</p>
      {address.needed ? [place, secret] : [secret, place]}
      <FieldRow label="" plain>
        {() => (
          <>
            {fault && <FieldFault fault={fault} />}
            <div className={classes.deeds}>
              <Button type="submit" disabled={lacking && !busy} loading={busy}>
                Add and look
              </Button>
              <Button variant="subtle" color="gray" disabled={busy} onClick={onCancel}>
                Cancel
              </Button>
            </div>
          </>
        )}
      </FieldRow>
    </form>
  );
}
