import { ActionIcon, Button, Progress } from '@mantine/core';
import { IconPlayerStop, IconX } from '@tabler/icons-react';
import type { MatchRun } from '../../../shared/schemas/match-run.ts';
import { continueRun, putAwayRun, runInView, stopRun, useMatchRuns } from '../../stores/mapping/runs.ts';
import { tellFault } from '../takes/notices.tsx';
import { costWords, countWords } from './map-words.ts';
import classes from './run-line.module.css';

const STATE_WORDS: Record<MatchRun['state'], string> = {
  running: 'Looking for nearest voices',
  interrupted: 'The search was interrupted',
  stopped: 'The search was stopped',
  done: 'The search is done',
};

/** What came of a run so far, or of all of it. */
function wordsOf({ state, done, rows, failed, fault, note }: MatchRun): string {
  const found = `${done} of ${countWords(rows, 'voice')} found`;
  const amiss = failed.length > 0 ? `, ${failed.length} failed` : '';
  if (state === 'running') return note;
  return `${found}${amiss}.${fault ? ` ${[fault.message, fault.todo].filter(Boolean).join(' ')}` : ''}`;
}

/** How far the search for nearest voices is, what it has cost so far, and the way to stop it or go on. */
export function RunLine() {
  const run = useMatchRuns(runInView);
  if (run === null) return null;
  const { state, done, failed, rows, renders, cost } = run;
  const over = done + failed.length;
  const again = state === 'done' && failed.length > 0;
  const open = state === 'stopped' || state === 'interrupted' || again;
  const stop = () => stopRun(run).catch((thrown) => tellFault(thrown, 'It was not stopped'));
  const goOn = () => continueRun(run).catch((thrown) => tellFault(thrown, 'It does not go on'));
  return (
    <section className={classes.line} aria-label="Search" data-is={state}>
      <span className={classes.state}>{STATE_WORDS[state]}</span>
      {state === 'running' && (
        <Progress
          className={classes.bar ?? ''}
          size={4}
          value={rows === 0 ? 0 : (over / rows) * 100}
          aria-label={`${over} of ${rows} voices`}
        />
      )}
      <span className={classes.figures}>
        {state === 'running' && `${over} of ${rows} · `}
        {countWords(renders, 'render')} · {costWords(cost)}
      </span>
      <span className={classes.note} title={wordsOf(run)}>
        {wordsOf(run)}
      </span>
      {state === 'running' ? (
        <Button variant="default" leftSection={<IconPlayerStop size={15} stroke={1.6} />} onClick={() => void stop()}>
          Stop
        </Button>
      ) : (
        <>
          {open && (
            <Button variant="default" onClick={() => void goOn()}>
              {again ? 'Try the failed again' : 'Continue'}
            </Button>
          )}
          <ActionIcon aria-label="Put this away" onClick={() => putAwayRun(run.id)}>
            <IconX size={15} stroke={1.6} />
          </ActionIcon>
        </>
      )}
      <span className={classes.unseen} role="status">
        {state === 'running' ? STATE_WORDS.running : `${STATE_WORDS[state]}: ${wordsOf(run)}`}
      </span>
    </section>
  );
}
