import { EmptyState } from '@mantine/core';
import { IconActivity, IconChecklist } from '@tabler/icons-react';
import type { Screen } from '../../stores/navigation.ts';
import classes from './later-screen.module.css';

const PLACES = {
  review: {
    Icon: IconChecklist,
    title: 'Review',
    text: 'Listen through the lines of a script, give each a verdict and mark the exact spot, and leave with a report. This room is not furnished yet; takes in Tune can be rated and carry a note.',
  },
  activity: {
    Icon: IconActivity,
    title: 'Activity',
    text: 'See what the studio asked of its providers, how fast they answered and what it cost. This room is not furnished yet.',
  },
} as const;

/** Says what a room is for that opens later. */
export function LaterScreen({ screen }: { screen: Exclude<Screen, 'tune' | 'compare' | 'map' | 'settings'> }) {
  const { Icon, title, text } = PLACES[screen];
  return (
    <section className={classes.place} aria-label={title}>
      <EmptyState icon={<Icon size={40} stroke={1.2} aria-hidden />}>
        <h1 className={classes.title}>{title}</h1>
        <p className={classes.text}>{text}</p>
      </EmptyState>
    </section>
  );
}
