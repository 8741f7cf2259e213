import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { TakeSort } from '../../../shared/schemas/take.ts';
import { useTakes } from '../../stores/takes.ts';
import { headingRole, ROWS, rowRole } from './grid-roles.ts';
import classes from './takes-list.module.css';

interface Column {
  key: string;
  label: string;
  /** Said to screen readers where there is no label. */
  name?: string;
  /** Orders a click goes through. */
  sorts: TakeSort[];
  right?: boolean;
  hint?: string;
}

const COLUMNS: Column[] = [
  { key: 'state', label: '', name: 'State', sorts: [] },
  { key: 'time', label: 'Time', sorts: ['newest', 'oldest'] },
  { key: 'name', label: 'Name, text', sorts: ['name'] },
  { key: 'voice', label: 'Voice', sorts: ['voice'] },
  { key: 'settings', label: 'Settings', sorts: [], hint: 'Settings that are not neutral' },
  { key: 'first', label: 'First sound', sorts: [], right: true, hint: 'From asking to the first byte of sound' },
  { key: 'duration', label: 'Duration', sorts: ['duration'], right: true },
  { key: 'loudness', label: 'Loudness', sorts: ['loudness'], right: true, hint: 'Integrated, BS.1770' },
  { key: 'cost', label: 'Cost', sorts: [], right: true },
  { key: 'rating', label: 'Rating', sorts: ['rating'] },
  { key: 'more', label: '', name: 'Actions', sorts: [] },
];

function Heading({ column }: { column: Column }) {
  const sort = useTakes((state) => state.filter.sort);
  const sorted = column.sorts.includes(sort);
  const className = `${classes.head} ${column.right ? classes.right : ''}`;
  const next = column.sorts[(column.sorts.indexOf(sort) + 1) % column.sorts.length];
  const Arrow =
    sort === 'newest' || sort === 'rating' || sort === 'duration' || sort === 'loudness'
      ? IconChevronDown
      : IconChevronUp;
  const order = sorted ? (Arrow === IconChevronUp ? 'ascending' : 'descending') : undefined;
  return (
    <span {...headingRole(column.label || column.name || column.key, order)} className={className} title={column.hint}>
      {next === undefined ? (
        column.label || <span className={classes.unseen}>{column.name}</span>
      ) : (
        <button
          type="button"
          className={className}
          data-sorted={sorted || undefined}
          onClick={() =>
            void useTakes.getState().setFilter({ sort: sorted && column.sorts.length === 1 ? 'newest' : next })
          }
        >
          {column.label}
          {sorted && <Arrow size={11} stroke={2} />}
        </button>
      )}
    </span>
  );
}

/** Names of the columns; those that can be sorted by are buttons. */
export function TakesHeader() {
  return (
    <div {...ROWS} className={classes.header}>
      <div {...rowRole(-1)} className={`${classes.columns} ${classes.names}`}>
        {COLUMNS.map((column) => (
          <Heading key={column.key} column={column} />
        ))}
      </div>
    </div>
  );
}
