import { Button, Tooltip } from '@mantine/core';
import { useState } from 'react';
import type { MappingRow } from '../../../shared/schemas/mapping.ts';
import { nameJudge, useJudge } from '../../stores/mapping/judge.ts';
import { isSameChoice } from '../../stores/mapping/rows.ts';
import { NameDialog } from '../projects/name-dialog.tsx';
import { when, whenInFull } from '../takes/take-words.ts';
import { choiceName } from './map-words.ts';
import classes from './verdict-history.module.css';

/** Who said what of a row, and when; the newest first. */
export function VerdictHistory({ row }: { row: MappingRow }) {
  const name = useJudge((state) => state.name);
  const [naming, setNaming] = useState(false);
  const { verdicts, choice } = row;
  if (verdicts.length === 0) return null;
  return (
    <section aria-label="History">
      <h3 className={classes.head}>
        History
        {name !== null && (
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setNaming(true)}>
            {name === '' ? 'You judge without a name' : `You judge as ${name}`}
          </Button>
        )}
      </h3>
      <ol className={classes.list}>
        {verdicts.toReversed().map((said) => (
          <li key={said.id} className={classes.said}>
            <Tooltip label={whenInFull(said.at)}>
              <time className={classes.when} dateTime={new Date(said.at).toISOString()}>
                {when(said.at)}
              </time>
            </Tooltip>
            <span className={classes.words}>
              <span className={classes.verdict} data-is={said.verdict}>
                {said.verdict === 'later' ? 'for later' : said.verdict}
              </span>
              {said.choice !== null && ` ${choiceName(said.choice)}`}
              {said.by !== '' && ` by ${said.by}`}
              {!isSameChoice(said.choice, choice) && <span className={classes.past}> (chosen otherwise since)</span>}
              {said.note !== '' && <span className={classes.note}>{said.note}</span>}
            </span>
          </li>
        ))}
      </ol>
      <NameDialog
        opened={naming}
        title="Who is listening?"
        label="Your name"
        value={name ?? ''}
        action="Keep"
        longest={120}
        mayBeEmpty
        onClose={() => setNaming(false)}
        onName={async (given) => nameJudge(given)}
      />
    </section>
  );
}
