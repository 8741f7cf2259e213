import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type CSSProperties, useEffect, useState } from 'react';
import { settingsThatDiffer } from '../../../../shared/controls/settings-that-differ.ts';
import { type Fault, toFault } from '../../../../shared/errors.ts';
import type { ListeningResults } from '../../../../shared/schemas/listening-results.ts';
import { useComparisons } from '../../../stores/compare/comparisons.ts';
import { readResults } from '../../../stores/listening/listening-calls.ts';
import { openRoom } from '../../../stores/listening/room.ts';
import { loadTest, useListeningTests } from '../../../stores/listening/tests.ts';
import { whenInFull } from '../../takes/take-words.ts';
import { ReportItems } from '../report-items.tsx';
import { letterOf, slotColour } from '../slot-colours.ts';
import { AbxTable } from './abx-table.tsx';
import room from './blind-room.module.css';
import { saveReport } from './file-deeds.ts';
import { Outcome } from './outcome.tsx';
import { PreferenceBars } from './preference-bars.tsx';
import { RatingChart } from './rating-chart.tsx';
import classes from './results-page.module.css';
import { RoomPage } from './room-page.tsx';
import { Section } from './section.tsx';

/** What a test came to, once it is revealed. */
export function ResultsPage({ testId }: { testId: string }) {
  const [results, setResults] = useState<ListeningResults | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  useEffect(() => {
    readResults(testId).then(setResults, (thrown) => setFault(toFault(thrown)));
    loadTest(testId).catch(() => undefined);
  }, [testId]);
  const deeds = (
    <>
      {results && (
        <Menu position="bottom-end" width={240}>
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={15} stroke={1.6} />}>
              Report
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <ReportItems lines="answer" onPick={(request) => void saveReport(testId, request)} />
          </Menu.Dropdown>
        </Menu>
      )}
      <Button variant="subtle" color="gray" onClick={() => openRoom({ at: 'test', testId })}>
        The test
      </Button>
    </>
  );
  return (
    <RoomPage test={results && { name: results.name, method: results.result.method }} fault={fault} deeds={deeds}>
      {results && <Revealed results={results} />}
    </RoomPage>
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
