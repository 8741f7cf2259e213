import { chordKeys } from '../stores/chord.ts';
import classes from './chord.module.css';

/** A chord as keys. */
export function Chord({ chord }: { chord: string }) {
  return (
    <span className={classes.chord}>
      {chordKeys(chord).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
