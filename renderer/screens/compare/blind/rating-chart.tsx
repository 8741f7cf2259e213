import type { CSSProperties } from 'react';
import { chanceWords } from '../../../../shared/listening/words.ts';
import type { ListeningResults, RatingResult } from '../../../../shared/schemas/listening-results.ts';
import { letterOf, slotColour } from '../slot-colours.ts';
import room from './blind-room.module.css';
import { nameOf } from './listeners-table.tsx';
import { QUALITIES } from './rating-trial.tsx';
import classes from './results-page.module.css';

const WIDTH = 680;
const HEIGHT = 300;
const LEFT = 74;
const TOP = 12;
const BOTTOM = 34;
const PLOT = HEIGHT - TOP - BOTTOM;

/** Where a rating stands in the picture. */
const yOf = (rating: number) => TOP + PLOT * (1 - rating / 100);

type Rated = RatingResult['rated'][number];

const titleOf = ({ kind }: Rated, index: number) =>
  kind === 'slot' ? letterOf(index) : kind === 'reference' ? 'Reference' : 'Anchor';
const colourOf = ({ kind }: Rated, index: number) => (kind === 'slot' ? slotColour(index) : 'var(--tb-dim)');

/** Mean ratings with their intervals, and a dot for each listener. */
export function RatingChart({ results, result }: { results: ListeningResults; result: RatingResult }) {
  const { rated } = result;
  const step = (WIDTH - LEFT) / rated.length;
  const left = new Set(results.listeners.filter((one) => one.left !== null).map(({ id }) => id));
  return (
    <>
      <svg className={classes.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="Ratings, see the table">
        <title>Mean of each, with its 95 % interval; a dot for each listener</title>
        {QUALITIES.map((quality, index) => (
          <g key={quality}>
            <line x1={LEFT} x2={WIDTH} y1={yOf(100 - index * 20)} y2={yOf(100 - index * 20)} stroke="var(--tb-line)" />
            <text x={LEFT - 10} y={yOf(90 - index * 20) + 4} textAnchor="end">
              {quality}
            </text>
          </g>
        ))}
        <line x1={LEFT} x2={WIDTH} y1={yOf(0)} y2={yOf(0)} stroke="var(--tb-line-strong)" />
        {rated.map((one, index) => (
          <Column
            // biome-ignore lint/suspicious/noArrayIndexKey: slots stand in their order
            key={index}
            results={results}
            one={one}
            title={titleOf(one, index)}
            colour={colourOf(one, index)}
            x={LEFT + step * (index + 0.5)}
            left={left}
          />
        ))}
      </svg>
      <RatingTable results={results} result={result} />
    </>
  );
}

interface ColumnProps {
  results: ListeningResults;
  one: Rated;
  title: string;
  colour: string;
  x: number;
  /** Sessions that do not count: their dots are hollow. */
  left: ReadonlySet<string>;
}

function Column({ results, one, title, colour, x, left }: ColumnProps) {
  const { mean, interval, listeners } = one;
  return (
    <g style={{ '--slot': colour } as CSSProperties} stroke={colour}>
      {listeners.map((own, index) => (
        <circle
          key={own.session}
          cx={x - 22 - (index % 3) * 8}
          cy={yOf(own.mean)}
          r={3}
          fill={left.has(own.session) ? 'none' : colour}
          fillOpacity={0.55}
          strokeOpacity={left.has(own.session) ? 0.8 : 0}
        >
          <title>{`${nameOf(results, own.session)}: ${own.mean.toFixed(0)}${left.has(own.session) ? ' (left out)' : ''}`}</title>
        </circle>
      ))}
      {interval && (
        <g strokeWidth={2}>
          <line x1={x} x2={x} y1={yOf(interval.low)} y2={yOf(interval.high)} />
          <line x1={x - 6} x2={x + 6} y1={yOf(interval.low)} y2={yOf(interval.low)} />
          <line x1={x - 6} x2={x + 6} y1={yOf(interval.high)} y2={yOf(interval.high)} />
        </g>
      )}
      {mean !== null && <circle cx={x} cy={yOf(mean)} r={6} fill={colour} stroke="var(--tb-ground)" strokeWidth={2} />}
      <text className={classes.name} x={x} y={HEIGHT - 10} textAnchor="middle" stroke="none">
        {title}
      </text>
    </g>
  );
}

const points = (value: number | null) => (value === null ? '–' : value.toFixed(1).replace('-', '−'));
const range = (interval: { low: number; high: number } | null) =>
  interval === null ? '–' : `${points(interval.low)} to ${points(interval.high)}`;

function RatingTable({ results, result }: { results: ListeningResults; result: RatingResult }) {
  const { rated, pairs, units } = result;
  const sessions = results.listeners.filter(({ id }) =>
    rated.some(({ listeners }) => listeners.some(({ session }) => session === id)),
  );
  return (
    <>
      <table className={room.table}>
        <thead>
          <tr>
            <th scope="col">Rated</th>
            <th scope="col" data-right>
              Mean
            </th>
            <th scope="col" data-right>
              95 % interval
            </th>
            <th scope="col" data-right>
              Ratings
            </th>
            {sessions.map(({ id, listener }) => (
              <th key={id} scope="col" data-right>
                {listener}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rated.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: slots stand in their order
            <tr key={index}>
              <td>{titleOf(one, index)}</td>
              <td data-right>{points(one.mean)}</td>
              <td data-right>{range(one.interval)}</td>
              <td data-right>{one.count}</td>
              {sessions.map(({ id }) => (
                <td key={id} data-right>
                  {points(one.listeners.find(({ session }) => session === id)?.mean ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {pairs.length > 0 && (
        <table className={room.table} style={{ maxWidth: 520 }}>
          <thead>
            <tr>
              <th scope="col">Difference, by the same listener and text</th>
              <th scope="col" data-right>
                Mean
              </th>
              <th scope="col" data-right>
                95 % interval
              </th>
              <th
                scope="col"
                data-right
                title={`Exact sign-flip test over ${units.of}, corrected for ${pairs.length} (Holm)`}
              >
                p
              </th>
            </tr>
          </thead>
          <tbody>
            {pairs.map(({ first, second, difference, interval, p }) => (
              <tr key={`${first}-${second}`}>
                <td>{`${titleOf(rated[first] as Rated, first)} − ${titleOf(rated[second] as Rated, second)}`}</td>
                <td data-right>{points(difference)}</td>
                <td data-right>{range(interval)}</td>
                <td data-right>{chanceWords(p)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
