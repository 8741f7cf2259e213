import { IconDots } from '@tabler/icons-react';
import { type MouseEvent, memo } from 'react';
import type { Take } from '../../../shared/schemas/take.ts';
import type { SelectHow } from '../../stores/takes-selection.ts';
import { CELL, rowRole, takeRowId } from './grid-roles.ts';
import { Rating } from './rating.tsx';
import { Cost, StateButton, Title, Voice } from './take-cells.tsx';
import { rateTake } from './take-deeds.tsx';
import {
  clock,
  firstSound,
  levelWords,
  NO_FIGURE,
  settingsThatDiffer,
  takeSeconds,
  when,
  whenInFull,
} from './take-words.ts';
import classes from './takes-list.module.css';

// Drawn once for all rows: rows come and go while the list scrolls, and must be cheap.
const DOTS = <IconDots size={15} stroke={1.6} aria-hidden />;

interface TakeRowProps {
  take: Take;
  row: number;
  top: number;
  selected: boolean;
  chosen: boolean;
  onSelect: (id: string, how: SelectHow) => void;
  onPlay: (take: Take) => void;
  onMenu: (take: Take, x: number, y: number) => void;
}

/** One take in the list. Its height never changes. */
export const TakeRow = memo(function TakeRow(props: TakeRowProps) {
  const { take, row, top, selected, chosen, onSelect, onPlay, onMenu } = props;
  const first = firstSound(take);
  const seconds = takeSeconds(take);
  const settings = settingsThatDiffer(take.settings).join('  ');
  const loudness = take.measurements?.loudness ?? null;
  const hands = {
    onClick: (event: MouseEvent) =>
      onSelect(take.id, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'alone'),
    onDoubleClick: () => onPlay(take),
    onContextMenu: (event: MouseEvent) => {
      event.preventDefault();
      onMenu(take, event.clientX, event.clientY);
    },
  };
  return (
    <div
      id={takeRowId(take.id)}
      {...rowRole(row, selected)}
      {...hands}
      className={`${classes.row} ${classes.columns}`}
      data-selected={selected || undefined}
      data-chosen={chosen || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span {...CELL}>
        <StateButton take={take} onPlay={() => onPlay(take)} />
      </span>
      <span className={`${classes.cell} ${classes.dim}`} {...CELL} title={whenInFull(take.createdAt)}>
        {when(take.createdAt)}
      </span>
      <Title take={take} />
      <Voice take={take} />
      <span className={`${classes.cell} ${classes.dim}`} {...CELL} title={settings}>
        {settings || NO_FIGURE}
      </span>
      <span className={classes.figure} {...CELL}>
        {take.cached ? (
          <span
            className={classes.dim}
            title="The same audio was in the library already; the voice was not asked again"
          >
            cached
          </span>
        ) : first === null ? (
          <span className={classes.dim}>{NO_FIGURE}</span>
        ) : (
          <>
            {first.toLocaleString()}
            <span className={classes.unit}>ms</span>
          </>
        )}
      </span>
      <span className={classes.figure} {...CELL}>
        {seconds === null ? <span className={classes.dim}>{NO_FIGURE}</span> : clock(seconds)}
      </span>
      <span className={classes.figure} {...CELL}>
        {loudness === null ? (
          <span className={classes.dim}>{NO_FIGURE}</span>
        ) : (
          <>
            {levelWords(loudness)}
            <span className={classes.unit}>LUFS</span>
          </>
        )}
      </span>
      <span className={`${classes.figure} ${classes.dim}`} {...CELL}>
        <Cost take={take} />
      </span>
      <span {...CELL}>
        <Rating value={take.rating} onRate={(rating) => void rateTake(take, rating)} />
      </span>
      <span {...CELL}>
        <button
          type="button"
          className={classes.more}
          tabIndex={-1}
          aria-label="What can be done with this take"
          onClick={(event) => {
            event.stopPropagation();
            onMenu(take, event.clientX, event.clientY);
          }}
        >
          {DOTS}
        </button>
      </span>
    </div>
  );
});
