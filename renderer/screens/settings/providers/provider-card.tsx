import { Button } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import type { ConnectionView, KeyPlace, ProviderKindAbout } from '../../../../shared/schemas/connection.ts';
import { closeTest, startTest, stopTest, useConnectionTests } from '../../../stores/connection-tests.ts';
import { useConnections } from '../../../stores/connections.ts';
import { arrived, useProviderCards } from '../../../stores/provider-cards.ts';
import { CardFields } from './card-fields.tsx';
import { CardHead } from './card-head.tsx';
import { FieldFault } from './field-row.tsx';
import classes from './provider-card.module.css';
import { fieldOf, healthFault } from './provider-words.ts';
import { FieldDeed, TestLines } from './test-lines.tsx';
import { useSaving } from './use-saving.ts';

interface ProviderCardProps {
  view: ConnectionView;
  /** Undefined where this Timbre knows no such kind. */
  about: ProviderKindAbout | undefined;
  place: KeyPlace;
  onRemoved: () => void;
}

/** A provider: how it is, its test, and, unfolded, all that can be set. */
export function ProviderCard({ view, about, place, onRemoved }: ProviderCardProps) {
  const { connection, health, environment } = view;
  const { id, name } = connection;
  const body = useId();
  const open = useProviderCards((state) => state.unfolded.includes(id));
  const wanted = useProviderCards((state) => (state.wanted?.id === id ? state.wanted : null));
  const test = useConnectionTests((state) => state.tests[id]);
  const [warned, setWarned] = useState(false);
  const refreshing = useSaving();
  const card = useRef<HTMLLIElement>(null);
  const foldButton = useRef<HTMLButtonElement>(null);
  const testButton = useRef<HTMLButtonElement>(null);
  const startButton = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (warned) startButton.current?.focus();
  }, [warned]);
  useEffect(() => {
    if (wanted === null) return;
    const inField = wanted.field && `[data-field="${wanted.field}"] :is(input, button)`;
    const place = (inField && card.current?.querySelector<HTMLElement>(inField)) || foldButton.current;
    place?.focus({ preventScroll: true });
    place?.scrollIntoView({ block: wanted.field === null ? 'start' : 'center' });
    arrived();
  }, [wanted]);

  // What was pressed is gone in a moment: the keyboard goes on beside it.
  function begin(): void {
    setWarned(false);
    testButton.current?.focus();
    void startTest(id);
  }

  const ask = () => (about?.costs ? setWarned(true) : begin());
  const fault = healthFault(health);
  const field = fault && fieldOf(fault);
  const told = test?.steps.some((step) => step.fault?.message === fault?.message);
  const atField = open && about !== undefined && field !== null && !(field in environment);
  return (
    <li ref={card} className={classes.card}>
      <CardHead
        view={view}
        open={open}
        controls={body}
        testing={test?.running ?? false}
        refreshing={refreshing.state === 'saving'}
        foldButton={foldButton}
        testButton={testButton}
        onTest={() => test?.running || ask()}
        onRefresh={() => void refreshing.save(() => useConnections.getState().refresh(id))}
      />
      {fault === null && health.note !== '' && <p className={classes.note}>{health.note}</p>}
      {refreshing.fault && (
        <div className={classes.part}>
          <FieldFault fault={refreshing.fault} />
        </div>
      )}
      {fault && !atField && !told && (
        <div className={classes.fault}>
          <FieldFault fault={fault} />
          {field !== null && !(field in environment) && <FieldDeed id={id} field={field} />}
        </div>
      )}
      {warned && (
        <div className={classes.ask}>
          <p className={classes.words}>
            The test ends with a short sentence of about 40 characters, which costs about as many credits.
          </p>
          <Button ref={startButton} variant="default" onClick={begin}>
            Start the test
          </Button>
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              setWarned(false);
              testButton.current?.focus();
            }}
          >
            Cancel
          </Button>
        </div>
      )}
      {test !== undefined && !warned && (
        <div className={classes.part}>
          <TestLines
            id={id}
            name={name}
            test={test}
            decided={environment}
            onAgain={ask}
            onStop={() => {
              testButton.current?.focus();
              stopTest(id);
            }}
            onClose={() => {
              closeTest(id);
              testButton.current?.focus();
            }}
          />
        </div>
      )}
      {open && (
        <section id={body} className={classes.body} aria-label={`Settings of ${name}`}>
          <CardFields
            view={view}
            about={about}
            place={place}
            keyAsked={wanted?.field === 'key'}
            faultOf={(at) => (atField && at === field ? fault : null)}
            onRemoved={onRemoved}
          />
        </section>
      )}
    </li>
  );
}
