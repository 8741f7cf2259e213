import { chanceWords } from '../../../../shared/listening/words.ts';
import type {
  AbxResult,
  ListeningResults,
  OverListenersResult,
  Power,
} from '../../../../shared/schemas/listening-results.ts';
import room from './blind-room.module.css';

/** A listener’s name by his session. */
export function nameOf({ listeners }: Pick<ListeningResults, 'listeners'>, session: string): string {
  return listeners.find(({ id }) => id === session)?.listener ?? '';
}

/** The rates for which the power of results is told, as heads of columns. */
export function PowerHeads({ power }: { power: readonly Power[] }) {
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

export function PowerCells({ power }: { power: readonly Power[] }) {
  return power.map((one) => (
    <td key={one.rate} data-right>
      {chanceWords(one.power)}
    </td>
  ));
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

/** Right answers of each listener, what they would have needed, and whom the test would have found. */
export function AbxTable({ results, result }: { results: ListeningResults; result: AbxResult }) {
  const power = result.listeners[0]?.power ?? [];
  return (
    <>
      <table className={room.table}>
        <thead>
          <tr>
            <th scope="col">Listener</th>
            <th scope="col" data-right>
              Right
            </th>
            <th scope="col" data-right>
              Needed
            </th>
            <th scope="col" data-right title="Exact one-sided binomial test">
              p
            </th>
            <PowerHeads power={power} />
          </tr>
        </thead>
        <tbody>
          {result.listeners.map((one) => (
            <tr key={one.session}>
              <td>{nameOf(results, one.session)}</td>
              <td data-right>{`${one.hits} of ${one.trials}`}</td>
              <td data-right>{one.needed ?? 'none would do'}</td>
              <td data-right>{chanceWords(one.p)}</td>
              <PowerCells power={one.power} />
            </tr>
          ))}
        </tbody>
      </table>
      <OverLine over={result.over} />
    </>
  );
}
