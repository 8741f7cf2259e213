import { IconArrowRight } from '@tabler/icons-react';
import { memo } from 'react';
import type { MappingRow } from '../../../shared/schemas/mapping.ts';
import { chosenCandidate } from '../../stores/mapping/coverage.ts';
import { CELL, rowRole } from '../takes/grid-roles.ts';
import { NO_FIGURE } from '../takes/take-words.ts';
import { DistanceBar } from './distance-bar.tsx';
import { choiceName, labelWords, rowWords, settingWords, sourceName } from './map-words.ts';
import classes from './rows-table.module.css';
import { VerdictMark } from './verdict-mark.tsx';

/** Id of a row in the page. */
export const mapRowId = (rowId: string): string => `map-row-${rowId}`;

// Drawn once for all rows.
const ARROW = <IconArrowRight size={15} stroke={1.5} aria-hidden />;

interface MapRowProps {
  row: MappingRow;
  place: number;
  top: number;
  largest: number;
  chosen: boolean;
  onChoose: (rowId: string) => void;
}

/** One voice and what takes its place. Its height never changes. */
export const MapRow = memo(function MapRow({ row, place, top, largest, chosen, onChoose }: MapRowProps) {
  const { source, choice } = row;
  const candidate = chosenCandidate(row);
  const { words, is } = rowWords(row);
  const labels = labelWords(source);
  return (
    <div
      id={mapRowId(row.id)}
      {...rowRole(place, chosen)}
      {...{ onClick: () => onChoose(row.id) }}
      className={`${classes.columns} ${classes.row}`}
      style={{ transform: `translateY(${top}px)` }}
      data-chosen={chosen || undefined}
      data-row={sourceName(source)}
    >
      <span {...CELL} className={classes.mark}>
        <VerdictMark row={row} />
      </span>
      <span {...CELL} className={classes.who}>
        <span className={classes.name}>{sourceName(source)}</span>
        <span className={classes.about} title={labels}>
          {labels || '\u00a0'}
        </span>
      </span>
      <span {...CELL} className={classes.arrow}>
        {ARROW}
      </span>
      <span {...CELL} className={classes.who}>
        {choice === null ? (
          <span className={classes.nobody}>nobody yet</span>
        ) : (
          <>
            <span className={classes.name}>{choiceName(choice)}</span>
            <span className={classes.about} title={settingWords(choice)}>
              {settingWords(choice)}
            </span>
          </>
        )}
      </span>
      <span {...CELL}>
        {candidate ? (
          <DistanceBar distance={candidate.distance} largest={largest} />
        ) : (
          <span className={classes.noFigure}>{NO_FIGURE}</span>
        )}
      </span>
      <span {...CELL} className={classes.left} data-is={is} title={words}>
        {words}
      </span>
    </div>
  );
});
