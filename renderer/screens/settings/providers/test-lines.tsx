import { Button, Loader } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconMinus } from '@tabler/icons-react';
import type { TestStep } from '../../../../shared/schemas/connection.ts';
import type { ConnectionTest } from '../../../stores/connection-tests.ts';
import { type ProviderField, showProvider } from '../../../stores/provider-cards.ts';
import { FieldFault } from './field-row.tsx';
import { FIELD_DEEDS, fieldOf, millisecondWords, TEST_STEPS } from './provider-words.ts';
import classes from './test-lines.module.css';

interface TestLinesProps {
  id: string;
  name: string;
  test: ConnectionTest;
  /** Fields that the environment decides: no button leads to them. */
  decided: Readonly<Record<string, string>>;
  onAgain: () => void;
  onStop: () => void;
  onClose: () => void;
}

/** The steps of a test of a provider, as they happen. */
export function TestLines({ id, name, test, decided, onAgain, onStop, onClose }: TestLinesProps) {
  const { steps, running, cancelled, fault } = test;
  return (
    <section className={classes.test} aria-label={`Test of ${name}`} aria-busy={running}>
      <ol className={classes.steps}>
        {TEST_STEPS.map(({ step, title }) => (
          <Step
            key={step}
            id={id}
            title={title}
            told={steps.find((one) => one.step === step)}
            stopped={!running}
            decided={decided}
          />
        ))}
      </ol>
      <div className={classes.foot}>
        <span role="status" className={classes.dim}>
          {cancelled ? 'The test was cancelled.' : running ? '' : endWords(steps)}
        </span>
        {fault && <FieldFault fault={fault} />}
        {running ? (
          <Button variant="default" onClick={onStop}>
            Cancel the test
          </Button>
        ) : (
          <span className={classes.deeds}>
            <Button variant="default" onClick={onAgain}>
              Test again
            </Button>
            <Button variant="subtle" color="gray" onClick={onClose}>
              Close the test
            </Button>
          </span>
        )}
      </div>
    </section>
  );
}

function endWords(steps: readonly TestStep[]): string {
  if (steps.some(({ state }) => state === 'failed')) return 'It does not work yet.';
  return steps.length === TEST_STEPS.length ? 'It works.' : '';
}

interface StepProps {
  id: string;
  title: string;
  /** Undefined before its turn. */
  told: TestStep | undefined;
  /** Nothing more is told. */
  stopped: boolean;
  decided: Readonly<Record<string, string>>;
}

function Step({ id, title, told, stopped, decided }: StepProps) {
  const state = told === undefined || (told.state === 'running' && stopped) ? 'skipped' : told.state;
  const field = told?.fault ? fieldOf(told.fault) : null;
  return (
    <li className={classes.step} data-state={state}>
      <span className={classes.sign}>
        <Sign state={told === undefined && !stopped ? 'waiting' : state} />
      </span>
      <span className={classes.title}>{title}</span>
      <span className={classes.ms}>{told?.ms == null ? '' : millisecondWords(told.ms)}</span>
      {told !== undefined && told.note !== '' && <span className={classes.note}>{told.note}</span>}
      {told?.fault && (
        <div className={classes.fault}>
          <FieldFault fault={told.fault} />
          {field !== null && !(field in decided) && <FieldDeed id={id} field={field} />}
        </div>
      )}
    </li>
  );
}

function Sign({ state }: { state: TestStep['state'] | 'waiting' }) {
  if (state === 'running') return <Loader size={13} aria-label="Under way" />;
  if (state === 'done') return <IconCheck size={15} stroke={1.8} aria-label="Done" role="img" />;
  if (state === 'failed') return <IconAlertTriangle size={15} stroke={1.6} aria-label="Failed" role="img" />;
  const label = state === 'waiting' ? 'Not begun' : 'Left out';
  return <IconMinus size={15} stroke={1.6} aria-label={label} role="img" />;
}

/** Leads from a fault to the field that it is about. */
export function FieldDeed({ id, field }: { id: string; field: ProviderField }) {
  return (
    <Button variant="default" onClick={() => showProvider(id, field)}>
      {FIELD_DEEDS[field]}
    </Button>
  );
}
