import { Button, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { type CSSProperties, useState } from 'react';
import type { Comparison, ComparisonText, Decision } from '../../../shared/schemas/comparison.ts';
import { decide, decisionFor, noteDecision } from '../../stores/compare/decide.ts';
import { NameDialog } from '../projects/name-dialog.tsx';
import { tellDone, tellUndo } from '../takes/notices.tsx';
import { when, whenInFull } from '../takes/take-words.ts';
import classes from './decide-bar.module.css';
import { letterOf, slotColour } from './slot-colours.ts';
import { keepAsPreset } from './slot-menu.tsx';

/** What came of listening: which slot is best, and what becomes of it. */
export function DecideBar({ comparison, text }: { comparison: Comparison; text: ComparisonText }) {
  const [all, setAll] = useState(false);
  const several = comparison.texts.length > 1;
  const decision = decisionFor(comparison, text.id);
  const choose = (winner: string | null, letter: string) => {
    const undo = decide(all && several ? null : text.id, winner);
    tellUndo(winner === null ? 'Filed: no difference' : `Filed: ${letter} is best`, async () => undo());
  };
  return (
    <section className={classes.bar} aria-label="Decision" data-decision>
      <span className={classes.label}>Best</span>
      {comparison.slots.map(({ id }, place) => (
        <button
          key={id}
          type="button"
          className={classes.choice}
          style={{ '--slot': slotColour(place) } as CSSProperties}
          aria-label={`${letterOf(place)} is best`}
          aria-pressed={decision?.winner === id}
          onClick={() => choose(id, letterOf(place))}
        >
          {letterOf(place)}
        </button>
      ))}
      <Button
        variant="default"
        aria-pressed={decision !== null && decision.winner === null}
        className={classes.none ?? ''}
        onClick={() => choose(null, '')}
      >
        No difference
      </Button>
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
  const [naming, setNaming] = useState(false);
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
        <Button variant="default" className={classes.none ?? ''} onClick={() => setNaming(true)}>
          Keep {place < 0 ? 'it' : letterOf(place)} as a preset…
        </Button>
      )}
      <NameDialog
        opened={naming}
        title="Keep the winner as a preset"
        label="Name"
        value={winner?.name || winner?.voiceName || ''}
        action="Keep"
        longest={120}
        onClose={() => setNaming(false)}
        onName={async (name) => {
          if (winner) await keepAsPreset(winner, name).then(() => tellDone(`Kept as “${name}”.`));
        }}
      />
    </>
  );
}
