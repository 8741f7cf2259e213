import { Tooltip } from '@mantine/core';
import classes from './owner-badge.module.css';

/** What a badge can say of a control, in the order of how far it is from what was rendered. */
export type OwnerWord = 'native' | 'studio' | 'preview' | 'next render' | 'no effect';

/** Says who does a control; why stands in the tooltip. */
export function OwnerBadge({ word, why }: { word: OwnerWord; why: string }) {
  return (
    <Tooltip label={why} position="left">
      <span className={classes.badge} data-word={word}>
        {word}
      </span>
    </Tooltip>
  );
}
