import { Loader } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconClockFilled,
} from '@tabler/icons-react';
import type { MappingRow } from '../../../shared/schemas/mapping.ts';
import { type Standing, standingOf } from '../../stores/mapping/coverage.ts';
import { STANDING_WORDS } from './map-words.ts';
import classes from './verdict-mark.module.css';

const SIGNS = {
  approved: <IconCircleCheckFilled size={17} aria-hidden />,
  rejected: <IconCircleXFilled size={17} aria-hidden />,
  later: <IconClockFilled size={17} aria-hidden />,
  open: <IconCircle size={16} stroke={1.5} aria-hidden />,
} as const satisfies Record<Standing, unknown>;

/** What was said of a row, or how far the looking for a successor is, as a sign with its name. */
export function VerdictMark({ row }: { row: Pick<MappingRow, 'verdicts' | 'choice' | 'state'> }) {
  const standing = standingOf(row);
  const { state } = row;
  if (state === 'running') return <Loader size={14} aria-label="being looked for" />;
  const [is, words, sign] =
    standing !== 'open'
      ? [standing, STANDING_WORDS[standing], SIGNS[standing]]
      : state === 'failed'
        ? ['failed', 'failed', <IconAlertTriangle key="failed" size={16} stroke={1.6} aria-hidden />]
        : state === 'queued'
          ? ['queued', 'waits for its turn', <IconCircleDashed key="queued" size={16} stroke={1.5} aria-hidden />]
          : ['open', STANDING_WORDS.open, SIGNS.open];
  return (
    <span className={classes.mark} data-is={is} title={words} role="img" aria-label={words}>
      {sign}
    </span>
  );
}
