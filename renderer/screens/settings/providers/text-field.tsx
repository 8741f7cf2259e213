import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { FieldRow } from './field-row.tsx';
import { useSaving } from './use-saving.ts';

interface TextFieldProps {
  label: string;
  value: string;
  longest: number;
  /** Said in place of saving an empty text. */
  whenEmpty: string;
  onSave: (value: string) => Promise<void>;
}

/** One line of text that is saved on Enter and when it is left; Escape brings back what was there. */
export function TextField({ label, value, longest, whenEmpty, onSave }: TextFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const saving = useSaving();
  const empty = draft !== null && draft.trim() === '';

  async function commit(): Promise<void> {
    if (draft === null || empty) return;
    const wanted = draft.trim();
    if (wanted === value) return setDraft(null);
    if (await saving.save(() => onSave(wanted))) setDraft((now) => (now === draft ? null : now));
  }

  return (
    <FieldRow label={label} saving={saving} fault={empty ? { code: 'invalid', message: whenEmpty } : null}>
      {(ids) => (
        <TextInput
          {...ids}
          value={draft ?? value}
          maxLength={longest}
          error={empty || saving.fault !== null}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={() => void commit()}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void commit();
            if (event.key === 'Escape') setDraft(null);
          }}
        />
      )}
    </FieldRow>
  );
}
