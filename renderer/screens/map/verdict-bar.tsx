import { TextInput, UnstyledButton } from '@mantine/core';
import { IconCheck, IconClock, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { type MappingRow, verdictInForce } from '../../../shared/schemas/mapping.ts';
import { noteVerdict, type Verdict } from '../../stores/mapping/judge.ts';
import { tellFault } from '../takes/notices.tsx';
import { draftNote, judgeRow, keepDraftNote } from './deeds.tsx';
import classes from './verdict-bar.module.css';

const CHOICES = [
  { verdict: 'approved', label: 'Approve', key: 'A', Icon: IconCheck },
  { verdict: 'rejected', label: 'Reject', key: 'N', Icon: IconX },
  { verdict: 'later', label: 'Later', key: 'L', Icon: IconClock },
] as const satisfies readonly { verdict: Verdict; [more: string]: unknown }[];

/** What somebody says of a pair of voices after listening, with a note. */
export function VerdictBar({ row }: { row: MappingRow }) {
  const last = verdictInForce(row);
  const [typed, setTyped] = useState<string | null>(null);
  const note = typed ?? last?.note ?? draftNote(row.id);
  const keep = () => {
    if (typed === null) return;
    if (last === null) keepDraftNote(row.id, typed);
    else noteVerdict(row.id, typed).catch((thrown) => tellFault(thrown, 'The note was not kept'));
    setTyped(null);
  };
  const say = (verdict: Verdict) => {
    void judgeRow(row, verdict, note);
    setTyped(null);
  };
  return (
    <section className={classes.bar} aria-label="Verdict" data-verdict>
      <div className={classes.choices}>
        {CHOICES.map(({ verdict, label, key, Icon }) => (
          <UnstyledButton
            key={verdict}
            className={classes.choice}
            data-is={verdict}
            aria-pressed={last?.verdict === verdict}
            aria-keyshortcuts={key}
            disabled={verdict === 'approved' && row.choice === null}
            onClick={() => say(verdict)}
          >
            <Icon size={16} stroke={1.8} aria-hidden />
            {label}
            <kbd className={classes.key} aria-hidden>
              {key}
            </kbd>
          </UnstyledButton>
        ))}
      </div>
      <TextInput
        aria-label="Note on the verdict"
        placeholder="Why?"
        value={note}
        maxLength={10_000}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
    </section>
  );
}
