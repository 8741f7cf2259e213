import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ListeningResults } from '../../../../shared/schemas/listening-results.ts';
import { bestShown, decisionOf, fileDecision } from '../../../stores/listening/outcome.ts';
import { tellFault, tellUndo } from '../../takes/notices.tsx';
import { KeepWinner } from '../keep-winner.tsx';
import { letterOf } from '../slot-colours.ts';
import { UseInMapping } from '../use-in-mapping.tsx';
import { WinnerChoice } from '../winner-choice.tsx';
import room from './blind-room.module.css';

/** What becomes of a test: the winner kept as a preset or used in a mapping, the decision filed in the comparison. */
export function Outcome({ results, comparisonId }: { results: ListeningResults; comparisonId: string | null }) {
  const shown = bestShown(results);
  const [winner, setWinner] = useState(shown);
  const [note, setNote] = useState('');
  const [filed, setFiled] = useState(false);
  const slot = winner === null ? undefined : results.slots[winner];
  const file = async () => {
    if (comparisonId === null) return;
    try {
      const undo = await fileDecision(comparisonId, decisionOf(results, winner, note || (results.words[0] ?? '')));
      setFiled(true);
      tellUndo('Filed in the comparison', async () => {
        undo();
        setFiled(false);
      });
    } catch (thrown) {
      tellFault(thrown, 'It was not filed');
    }
  };
  return (
    <>
      <p className={room.line}>
        {results.result.method === 'abx'
          ? 'An ABX tells whether a difference is heard, not which of them is better. You may decide all the same.'
          : shown === null
            ? 'The test has not shown one of them to be best. You may decide all the same.'
            : `The test has shown ${letterOf(shown)} to be best.`}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that belong together */}
      <div className={room.row} role="group" aria-label="Best">
        <WinnerChoice slots={results.slots} chosen={winner} none="None" onChoose={setWinner} />
      </div>
      <div className={room.row}>
        <TextInput
          aria-label="Note on the decision"
          placeholder={results.words[0] ?? 'Why?'}
          w={360}
          maxLength={10_000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button disabled={comparisonId === null || filed} onClick={() => void file()}>
          {filed ? 'Filed' : 'File in the comparison'}
        </Button>
        {slot && (
          <>
            <KeepWinner winner={slot} letter={letterOf(winner ?? 0)} />
            <UseInMapping winner={slot} slots={results.slots} />
          </>
        )}
      </div>
    </>
  );
}
