import type { ReactNode } from 'react';
import { chanceWords } from '../../../../shared/listening/words.ts';
import type { ListeningResults, OverListenersResult, Power } from '../../../../shared/schemas/listening-results.ts';
import room from './blind-room.module.css';

/** A listener’s name by his session. */
export function nameOf({ listeners }: Pick<ListeningResults, 'listeners'>, session: string): string {
  return listeners.find(({ id }) => id === session)?.listener ?? '';
}

/** The rates for which the power of results is told, as heads of columns. */
function PowerHeads({ power }: { power: readonly Power[] }) {
  return power.map(({ rate }) => (
    <th
      key={rate}
      scope="col"
      data-right
      title="How often somebody would be found who is right, or chooses alike, so often"
    >
      {`power at ${Math.round(rate * 100)} %`}
    </th>
  ));
}

function PowerCells({ power }: { power: readonly Power[] }) {
  return power.map((one) => (
    <td key={one.rate} data-right>
      {chanceWords(one.power)}
    </td>
  ));
}

/** What came of one listener’s choices. */
interface ListenerRow {
  session: string;
  needed: number | null;
  p: number;
  power: readonly Power[];
}

interface ListenersTableProps<Row extends ListenerRow> {
  results: ListeningResults;
  listeners: readonly Row[];
  /** Head of the column that says what was answered, and what stands in it. */
  answered: string;
  cell: (row: Row) => ReactNode;
  /** Whether that is a picture, and no figure. */
  wide?: boolean;
  /** How p is found. */
  test: string;
}

/** What each listener answered, what he would have needed, and whom the test would have found. */
export function ListenersTable<Row extends ListenerRow>(props: ListenersTableProps<Row>) {
  const { results, listeners, answered, cell, wide = false, test } = props;
  const figure = wide ? undefined : true;
  return (
    <table className={room.table}>
      <thead>
        <tr>
          <th scope="col">Listener</th>
          <th scope="col" data-right={figure}>
            {answered}
          </th>
          <th scope="col" data-right>
            Needed
          </th>
          <th scope="col" data-right title={test}>
            p
          </th>
          <PowerHeads power={listeners[0]?.power ?? []} />
        </tr>
      </thead>
      <tbody>
        {listeners.map((one) => (
          <tr key={one.session}>
            <td>{nameOf(results, one.session)}</td>
            <td data-right={figure} style={wide ? { width: '40%' } : undefined}>
              {cell(one)}
            </td>
            <td data-right>{one.needed ?? 'none would do'}</td>
            <td data-right>{chanceWords(one.p)}</td>
            <PowerCells power={one.power} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The test over all listeners, in a line. */
export function OverLine({ over }: { over: OverListenersResult | null }) {
  if (over === null || over.listeners < 2) return null;
  const { listeners, p, exact, least } = over;
  const words =
    listeners < least
      ? `Over ${listeners} listeners: cannot be significant, at least ${least} are needed.`
      : `Over ${listeners} listeners: p = ${chanceWords(p)} (sign-flip test${exact ? ', every pattern counted' : ', patterns drawn'}).`;
  return <p className={room.line}>{words}</p>;
}
