import { Button, NumberInput, Switch, TextInput, UnstyledButton } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { type Fault, toFault } from '../../../../shared/errors.ts';
import type { Comparison } from '../../../../shared/schemas/comparison.ts';
import { type ListeningMethod, MOST_TRIALS } from '../../../../shared/schemas/listening.ts';
import { FaultNotice } from '../../../elements/fault-notice.tsx';
import { useCells } from '../../../stores/compare/cells.ts';
import { useComparisons } from '../../../stores/compare/comparisons.ts';
import { loadTakes } from '../../../stores/compare/render-slots.ts';
import { makeTest } from '../../../stores/listening/make-test.ts';
import { closeRoom, openRoom } from '../../../stores/listening/room.ts';
import {
  firstDraft,
  METHODS,
  missingTakes,
  plannedTrials,
  problemsOf,
  type SetupDraft,
  slotsOf,
  textsOf,
  withMethod,
} from '../../../stores/listening/setup.ts';
import { beginListener } from '../../../stores/listening/waiting.ts';
import room from './blind-room.module.css';
import { ListenersField } from './listeners-field.tsx';
import { MissingTakes } from './missing-takes.tsx';
import { PlanWords } from './plan-words.tsx';
import { ReferencesField } from './references-field.tsx';
import { Section } from './section.tsx';
import classes from './setup-page.module.css';
import { SlotsField, TextsField } from './slots-field.tsx';

/** A test is set up from the open comparison. */
export function SetupPage({ method }: { method: ListeningMethod }) {
  const comparison = useComparisons((state) => state.current);
  if (comparison === null) {
    return (
      <main className={room.body}>
        <div className={room.column}>
          <p>No comparison is open.</p>
          <Button onClick={closeRoom}>Close</Button>
        </div>
      </main>
    );
  }
  return <Setup key={comparison.id} comparison={comparison} method={method} />;
}

export interface FieldProps {
  comparison: Comparison;
  draft: SetupDraft;
  onChange: (change: Partial<SetupDraft>) => void;
}

function Setup({ comparison, method }: { comparison: Comparison; method: ListeningMethod }) {
  const [draft, setDraft] = useState(() => firstDraft(comparison, method));
  const [fault, setFault] = useState<Fault | null>(null);
  const [busy, setBusy] = useState(false);
  const takes = useCells((state) => state.takes);
  useEffect(() => void loadTakes(comparison, comparison.texts), [comparison]);
  const change = (part: Partial<SetupDraft>) => setDraft((before) => ({ ...before, ...part }));
  const missing = useMemo(() => missingTakes(comparison, draft, takes), [comparison, draft, takes]);
  const problems = problemsOf(comparison, draft);
  const open = problems.length === 0 && missing.length === 0;
  const here = draft.listeners.some(({ away }) => !away);
  const begin = async () => {
    setBusy(true);
    setFault(null);
    try {
      const made = await makeTest(comparison, draft);
      const [first] = made.here;
      if (first !== undefined && made.away.length === 0) await beginListener(made.test.id, first);
      else openRoom({ at: 'test', testId: made.test.id });
    } catch (thrown) {
      setFault(toFault(thrown));
      setBusy(false);
    }
  };
  const fields = { comparison, draft, onChange: change };
  return (
    <>
      <header className={room.head}>
        <h1>New blind test</h1>
        <span className={room.dim}>{comparison.name}</span>
        <span className={room.space} />
        <Button variant="subtle" color="gray" onClick={closeRoom}>
          Cancel
        </Button>
      </header>
      <main className={room.body}>
        <div className={room.column}>
          <Section title="Method">
            <Methods value={draft.method} onChange={(next) => setDraft(withMethod(draft, comparison, next))} />
          </Section>
          <Section title="What is heard">
            <SlotsField {...fields} />
            <TextsField {...fields} />
            <MissingTakes comparison={comparison} missing={missing} />
          </Section>
          {draft.method === 'mushra' && (
            <Section
              title="Reference"
              about="An approved recording of each text: heard openly, and once more hidden among the others."
            >
              <ReferencesField {...fields} />
            </Section>
          )}
          <Section title="How it is heard">
            <Switch
              label="Equal loudness: the louder ones are attenuated to the quietest (BS.1770)"
              checked={draft.equalLoudness}
              onChange={(event) => change({ equalLoudness: event.currentTarget.checked })}
            />
            <Switch
              label="The listener reads the text"
              checked={draft.showText}
              onChange={(event) => change({ showText: event.currentTarget.checked })}
            />
          </Section>
          <Section title="Listeners" about="On this machine one after the other, or elsewhere by a file.">
            <ListenersField {...fields} />
          </Section>
          <Section title="What it can show" about="Told before the first trial: it cannot be changed afterwards.">
            <Amount {...fields} />
            <PlanWords
              counts={{
                ...draft,
                texts: textsOf(comparison, draft).length,
                slots: slotsOf(comparison, draft).length,
              }}
              listeners={draft.listeners.length}
            />
          </Section>
          <Section title="Name">
            <TextInput
              aria-label="Name of the test"
              w={360}
              maxLength={120}
              value={draft.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
          </Section>
          {fault !== null && <FaultNotice fault={fault} onClose={() => setFault(null)} />}
        </div>
      </main>
      <footer className={room.foot}>
        <p className={room.said} role="status">
          {problems[0] ?? (missing.length > 0 ? 'Takes are missing.' : '')}
        </p>
        <Button size="md" disabled={!open} loading={busy} onClick={() => void begin()}>
          {here && draft.listeners.every(({ away }) => !away) ? 'Begin' : 'Make the test'}
        </Button>
      </footer>
    </>
  );
}

function Methods({ value, onChange }: { value: ListeningMethod; onChange: (method: ListeningMethod) => void }) {
  return (
    <div className={classes.methods} role="radiogroup" aria-label="Method">
      {(Object.keys(METHODS) as ListeningMethod[]).map((method) => (
        <UnstyledButton
          key={method}
          role="radio"
          aria-checked={value === method}
          className={classes.method}
          onClick={() => onChange(method)}
        >
          <strong>{METHODS[method].name}</strong>
          <span>{METHODS[method].asks}</span>
        </UnstyledButton>
      ))}
    </div>
  );
}

/** How many trials there are: fixed from here on. */
function Amount({ comparison, draft, onChange }: FieldProps) {
  const texts = textsOf(comparison, draft).length;
  const trials = plannedTrials(comparison, draft);
  if (draft.method === 'abx') {
    return (
      <Count
        label="Trials of each listener"
        value={draft.trials}
        onChange={(value) => onChange({ trials: value })}
        words="trials of each listener, chosen now: a test that goes on until it comes out well proves nothing."
      />
    );
  }
  if (draft.method === 'preference') {
    return (
      <Count
        label="Rounds"
        value={draft.rounds}
        onChange={(value) => onChange({ rounds: value })}
        words={`rounds of ${texts} ${texts === 1 ? 'text' : 'texts'}: ${trials} trials of each listener.`}
      />
    );
  }
  return (
    <p
      className={room.line}
    >{`One page for each text: ${trials} ${trials === 1 ? 'page' : 'pages'} of each listener.`}</p>
  );
}

interface CountProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
  /** What is counted. */
  words: string;
}

function Count({ label, value, onChange, words }: CountProps) {
  return (
    <div className={room.row}>
      <NumberInput
        aria-label={label}
        w={84}
        min={1}
        max={MOST_TRIALS}
        allowDecimal={false}
        value={value}
        onChange={(next) => onChange(Math.min(MOST_TRIALS, Math.max(1, Number(next) || 1)))}
      />
      <span>{words}</span>
    </div>
  );
}
