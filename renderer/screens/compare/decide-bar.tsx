import { SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { useState } from 'react';
import type { Comparison, ComparisonText, Decision } from '../../../shared/schemas/comparison.ts';
import { decide, decisionFor, noteDecision } from '../../stores/compare/decide.ts';
import { tellUndo } from '../takes/notices.tsx';
import { when, whenInFull } from '../takes/take-words.ts';
import classes from './decide-bar.module.css';
import { KeepWinner } from './keep-winner.tsx';
import { letterOf } from './slot-colours.ts';
import { UseInMapping } from './use-in-mapping.tsx';
import { WinnerChoice } from './winner-choice.tsx';

/** What came of listening: which slot is best, and what becomes of it. */
export function DecideBar({ comparison, text }: { comparison: Comparison; text: ComparisonText }) {
  const [all, setAll] = useState(false);
  const several = comparison.texts.length > 1;
  const decision = decisionFor(comparison, text.id);
  const placeOf = (winner: string | null) =>
    winner === null ? null : comparison.slots.findIndex(({ id }) => id === winner);
  const chosen = decision === null ? undefined : placeOf(decision.winner);
  const choose = (place: number | null) => {
    const undo = decide(all && several ? null : text.id, place === null ? null : (comparison.slots[place]?.id ?? null));
    tellUndo(place === null ? 'Filed: no difference' : `Filed: ${letterOf(place)} is best`, async () => undo());
  };
  return (
    <section className={classes.bar} aria-label="Decision" data-decision>
      <WinnerChoice slots={comparison.slots} chosen={chosen} none="No difference" onChoose={choose} />
      {several && (
        <SegmentedControl
          size="xs"
          aria-label="What the decision is about"
          value={all ? 'all' : 'one'}
          data={[
            { value: 'one', label: 'this text' },
            { value: 'all', label: 'all texts' },
          ]}
          onChange={(value) => setAll(value === 'all')}
        />
      )}
      {decision !== null && <Decided key={decision.id} comparison={comparison} decision={decision} />}
    </section>
  );
}

function Decided({ comparison, decision }: { comparison: Comparison; decision: Decision }) {
  const [note, setNote] = useState(decision.note);
  const place = comparison.slots.findIndex(({ id }) => id === decision.winner);
  const winner = decision.slots.find(({ id }) => id === decision.winner);
  return (
    <>
      <Tooltip label={whenInFull(decision.at)}>
        <span className={classes.when}>{when(decision.at)}</span>
      </Tooltip>
      <TextInput
        className={classes.note ?? ''}
        aria-label="Note on the decision"
        placeholder="Why?"
        value={note}
        maxLength={10_000}
        onChange={(event) => setNote(event.currentTarget.value)}
        onBlur={() => note !== decision.note && noteDecision(decision.id, note)}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      {winner !== undefined && (
        <>
          <KeepWinner winner={winner} letter={place < 0 ? null : letterOf(place)} />
          <UseInMapping winner={winner} slots={decision.slots} />
        </>
      )}
    </>
  );
}
