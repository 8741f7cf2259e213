import { Button, TextInput } from '@mantine/core';
import { type CSSProperties, useState } from 'react';
import type { ListeningResults } from '../../../../shared/schemas/listening-results.ts';
import { bestShown, decisionOf, fileDecision } from '../../../stores/listening/outcome.ts';
import { NameDialog } from '../../projects/name-dialog.tsx';
import { tellDone, tellFault, tellUndo } from '../../takes/notices.tsx';
import { letterOf, slotColour } from '../slot-colours.ts';
import { keepAsPreset } from '../slot-menu.tsx';
import room from './blind-room.module.css';
import classes from './results-page.module.css';

/** What becomes of a test: the winner kept as a preset, the decision filed in the comparison. */
export function Outcome({ results, comparisonId }: { results: ListeningResults; comparisonId: string | null }) {
  const shown = bestShown(results);
  const [winner, setWinner] = useState(shown);
  const [note, setNote] = useState('');
  const [naming, setNaming] = useState(false);
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
        <span className={room.dim}>Best</span>
        {results.slots.map(({ id }, place) => (
          <button
            key={id}
            type="button"
            className={classes.pick}
            style={{ '--slot': slotColour(place) } as CSSProperties}
            aria-label={`${letterOf(place)} is best`}
            aria-pressed={winner === place}
            onClick={() => setWinner(place)}
          >
            {letterOf(place)}
          </button>
        ))}
        <Button
          variant="default"
          className={classes.none ?? ''}
          aria-pressed={winner === null}
          onClick={() => setWinner(null)}
        >
          None
        </Button>
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
          <Button variant="default" onClick={() => setNaming(true)}>
            {`Keep ${letterOf(winner ?? 0)} as a preset…`}
          </Button>
        )}
      </div>
      <NameDialog
        opened={naming}
        title="Keep the winner as a preset"
        label="Name"
        value={slot?.name || slot?.voiceName || ''}
        action="Keep"
        longest={120}
        onClose={() => setNaming(false)}
        onName={async (name) => {
          if (slot) await keepAsPreset(slot, name).then(() => tellDone(`Kept as “${name}”.`));
        }}
      />
    </>
  );
}
