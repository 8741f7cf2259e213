import { Button } from '@mantine/core';
import { type CSSProperties, useEffect, useState } from 'react';
import { settingsThatDiffer } from '../../../../shared/controls/settings-that-differ.ts';
import { type Fault, toFault } from '../../../../shared/errors.ts';
import type { ListeningResults } from '../../../../shared/schemas/listening-results.ts';
import { FaultNotice } from '../../../elements/fault-notice.tsx';
import { useComparisons } from '../../../stores/compare/comparisons.ts';
import { readResults } from '../../../stores/listening/listening-calls.ts';
import type { ReportFormat } from '../../../stores/listening/listening-files.ts';
import { closeRoom, openRoom } from '../../../stores/listening/room.ts';
import { METHODS } from '../../../stores/listening/setup.ts';
import { loadTest, useListeningTests } from '../../../stores/listening/tests.ts';
import { whenInFull } from '../../takes/take-words.ts';
import { letterOf, slotColour } from '../slot-colours.ts';
import { AbxTable } from './abx-table.tsx';
import room from './blind-room.module.css';
import { saveReport } from './file-deeds.ts';
import { Outcome } from './outcome.tsx';
import { PreferenceBars } from './preference-bars.tsx';
import { RatingChart } from './rating-chart.tsx';
import classes from './results-page.module.css';
import { Section } from './section.tsx';

const REPORTS: readonly { format: ReportFormat; label: string; title: string }[] = [
  { format: 'html', label: 'HTML', title: 'One file with sound, pictures and statistics: opens in any browser' },
  { format: 'json', label: 'JSON', title: 'Everything, for programs' },
  { format: 'csv', label: 'CSV', title: 'One line for each answer, for spreadsheets' },
];

/** What a test came to, once it is revealed. */
export function ResultsPage({ testId }: { testId: string }) {
  const [results, setResults] = useState<ListeningResults | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  useEffect(() => {
    readResults(testId).then(setResults, (thrown) => setFault(toFault(thrown)));
    loadTest(testId).catch(() => undefined);
  }, [testId]);
  return (
    <>
      <header className={room.head}>
        <h1>{results?.name ?? 'Listening test'}</h1>
        {results && <span className={room.dim}>{METHODS[results.result.method].name}</span>}
        <span className={room.space} />
        {results && (
          // biome-ignore lint/a11y/useSemanticElements: buttons that belong together
          <div className={room.row} role="group" aria-label="Report">
            <span className={room.dim}>Report</span>
            {REPORTS.map(({ format, label, title }) => (
              <Button key={format} variant="default" title={title} onClick={() => void saveReport(testId, format)}>
                {label}
              </Button>
            ))}
          </div>
        )}
        <Button variant="subtle" color="gray" onClick={() => openRoom({ at: 'test', testId })}>
          The test
        </Button>
        <Button variant="subtle" color="gray" onClick={closeRoom}>
          Close
        </Button>
      </header>
      <main className={room.body}>
        <div className={room.column}>
          {fault && <FaultNotice fault={fault} />}
          {results && <Revealed results={results} />}
        </div>
      </main>
    </>
  );
}

function Revealed({ results }: { results: ListeningResults }) {
  const { result, words, listeners } = results;
  const comparisonId = useListeningTests(
    ({ tests }) => tests.find(({ id }) => id === results.testId)?.comparisonId ?? null,
  );
  const left = listeners.filter((one) => one.left !== null);
  return (
    <>
      <Section title="Who is who" about={`Revealed ${whenInFull(results.revealedAt)}.`}>
        <Slots results={results} comparisonId={comparisonId} />
      </Section>
      <Section title="What came out">
        {words.map((sentence) => (
          <p key={sentence} className={room.line}>
            {sentence}
          </p>
        ))}
      </Section>
      <Section title={result.method === 'abx' || result.method === 'preference' ? 'Answers' : 'Ratings'}>
        {result.method === 'abx' ? (
          <AbxTable results={results} result={result} />
        ) : result.method === 'preference' ? (
          <PreferenceBars results={results} result={result} />
        ) : (
          <RatingChart results={results} result={result} />
        )}
      </Section>
      {left.length > 0 && (
        <Section title="Left out">
          {left.map(({ id, listener, answered, of, left: why }) => (
            <p key={id} className={room.line}>
              {`${listener} (${answered} of ${of} answered). ${why}`}
            </p>
          ))}
        </Section>
      )}
      <Section title="Outcome" about="A comparison ends in something kept.">
        <Outcome results={results} comparisonId={comparisonId} />
      </Section>
    </>
  );
}

/** The slots by their letters and colours: from the reveal on they have them. */
function Slots({ results, comparisonId }: { results: ListeningResults; comparisonId: string | null }) {
  const comparison = useComparisons(({ current }) => (current?.id === comparisonId ? current : null));
  return (
    <ul className={classes.slots}>
      {results.slots.map(({ id, name, voiceName, voiceId, settings }, place) => {
        const there = comparison?.slots.findIndex((slot) => slot.id === id) ?? -1;
        const more = [
          ...settingsThatDiffer(settings),
          ...(there >= 0 && there !== place ? [`slot ${letterOf(there)} of the comparison`] : []),
        ];
        return (
          <li key={id} style={{ '--slot': slotColour(place) } as CSSProperties}>
            <b className={classes.letter}>{letterOf(place)}</b>
            {name || voiceName || voiceId}
            <span className={room.dim}>{more.join(', ')}</span>
          </li>
        );
      })}
    </ul>
  );
}
