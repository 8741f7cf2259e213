import { IconCheck } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import type { Fault } from '../../../../shared/errors.ts';
import type { ProviderField } from '../../../stores/provider-cards.ts';
import classes from './field-row.module.css';
import type { Saving } from './use-saving.ts';

/** What ties a control to the label and the words of its row. */
export interface RowIds {
  id: string;
  'aria-describedby': string;
}

interface FieldRowProps {
  label: string;
  /** Faults that are about this field lead here. */
  field?: ProviderField;
  saving?: Saving;
  /** What is wrong with it, where it is not a fault of saving. */
  fault?: Fault | null;
  /** The environment variable that decides it. */
  variable?: string | undefined;
  note?: ReactNode;
  /** The control has a label of its own. */
  plain?: boolean;
  children: (ids: RowIds) => ReactNode;
}

/** A label, its control, and beside it whether it is saved. */
export function FieldRow({ label, field, saving, fault = null, variable, note, plain, children }: FieldRowProps) {
  const id = useId();
  const words = `${id}-words`;
  const wrong = saving?.fault ?? fault;
  return (
    <div className={classes.row} data-field={field}>
      {plain ? (
        <span className={classes.label}>{label}</span>
      ) : (
        <label className={classes.label} htmlFor={id}>
          {label}
        </label>
      )}
      <div className={classes.control}>
        {children({ id, 'aria-describedby': words })}
        <div id={words} className={classes.words}>
          {wrong && <FieldFault fault={wrong} />}
          {variable !== undefined && <p className={classes.note}>Set by {variable} in the environment.</p>}
          {note !== undefined && note !== '' && <p className={classes.note}>{note}</p>}
        </div>
      </div>
      <SavedMark state={saving?.state ?? 'idle'} />
    </div>
  );
}

/** Says for a while that a field is saved, in a place that is always kept for it. */
export function SavedMark({ state }: { state: Saving['state'] }) {
  return (
    <span className={classes.mark} aria-live="polite">
      {state === 'saved' && (
        <>
          <IconCheck size={13} stroke={2} aria-hidden /> Saved
        </>
      )}
    </span>
  );
}

/** A fault at the field that it is about. */
export function FieldFault({ fault }: { fault: Fault }) {
  const more = [fault.kept, fault.todo, fault.said && `It said: “${fault.said}”`].filter(Boolean).join(' ');
  return (
    <p className={classes.fault} role="alert">
      {fault.message} {more !== '' && <span className={classes.more}>{more}</span>}
    </p>
  );
}
