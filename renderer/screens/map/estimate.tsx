import { Button } from '@mantine/core';
import type { EstimateState } from '../../stores/mapping/runs.ts';
import classes from './estimate.module.css';
import { costWords, countWords, durationWords } from './map-words.ts';

interface EstimateProps extends EstimateState {
  /** Lets voices of any labels be compared for these rows. */
  onAnyLabels: (rowIds: readonly string[]) => void;
}

/** What a search will ask for, before anything is asked. Its height stays as it is while it is reckoned. */
export function Estimate({ estimate, fault, onAnyLabels }: EstimateProps) {
  if (fault !== null) {
    return (
      <p className={classes.fault} role="alert">
        {fault.message} {fault.todo}
      </p>
    );
  }
  const figures = [
    ['Cost', estimate && costWords(estimate.cost)],
    ['Renders', estimate?.renders.toLocaleString('en')],
    ['Characters', estimate?.characters.toLocaleString('en')],
    ['Time', estimate && `about ${durationWords(estimate.seconds)}`],
  ] as const;
  const without = estimate?.withoutCandidates ?? [];
  return (
    <div className={classes.estimate} aria-live="polite" aria-busy={estimate === null}>
      <dl className={classes.figures}>
        {figures.map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{words ?? '…'}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.free}>
        {estimate === null
          ? 'Reckoning…'
          : `For nothing: ${countWords(estimate.cached, 'take')} that ${estimate.cached === 1 ? 'is' : 'are'} there, ${countWords(estimate.free, 'recording')} of what was spoken before.`}
      </p>
      {without.length > 0 && (
        <p className={classes.without}>
          {countWords(without.length, 'voice')} {without.length === 1 ? 'has' : 'have'} no candidate with the same
          language, gender and accent.{' '}
          <Button variant="subtle" size="compact-xs" onClick={() => onAnyLabels(without)}>
            Compare any labels
          </Button>
        </p>
      )}
    </div>
  );
}
