import type { AbxResult, ListeningResults } from '../../../../shared/schemas/listening-results.ts';
import { ListenersTable, OverLine } from './listeners-table.tsx';

/** Right answers of each listener, and of all together. */
export function AbxTable({ results, result }: { results: ListeningResults; result: AbxResult }) {
  return (
    <>
      <ListenersTable
        results={results}
        listeners={result.listeners}
        answered="Right"
        cell={({ hits, trials }) => `${hits} of ${trials}`}
        test="Exact one-sided binomial test"
      />
      <OverLine over={result.over} />
    </>
  );
}
