import { EmptyState } from '@mantine/core';
import { IconArrowsShuffle } from '@tabler/icons-react';
import classes from './map-begin.module.css';
import { SidesForm } from './sides-form.tsx';

/** What this place is for, and the first step. */
export function MapBegin() {
  return (
    <div className={classes.begin}>
      <EmptyState icon={<IconArrowsShuffle size={40} stroke={1.2} aria-hidden />}>
        <h2 className={classes.title}>Bring every voice to its nearest one</h2>
        <p className={classes.words}>
          Choose where your voices are and where they should go. Timbre measures how each speaks, proposes the nearest
          voices with the settings that bring them closest, and says what is left. You listen and have the last word;
          you leave with a mapping that your voice agent can use.
        </p>
        <div className={classes.form}>
          <SidesForm />
        </div>
      </EmptyState>
    </div>
  );
}
