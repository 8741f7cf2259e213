import classes from './distance-bar.module.css';
import { distanceWords } from './map-words.ts';

interface DistanceBarProps {
  distance: number;
  /** What a full bar stands for. */
  largest: number;
}

/** How far a voice is from another one, as a bar with its number. Shorter is nearer. */
export function DistanceBar({ distance, largest }: DistanceBarProps) {
  const part = largest > 0 ? Math.min(1, distance / largest) : 0;
  return (
    <span className={classes.distance} title="Distance in all, pitch, rate and level taken out: 0 is the same voice">
      <span className={classes.track} aria-hidden>
        <span className={classes.bar} style={{ width: `${Math.max(4, part * 100)}%` }} />
      </span>
      <span className={classes.number}>{distanceWords(distance)}</span>
    </span>
  );
}
