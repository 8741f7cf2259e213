import { Button, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ModelSwitch } from '../../../../shared/schemas/connection.ts';
import { closeSwitch, startSwitch, useModelSwitches } from '../../../stores/model-switches.ts';
import { FieldRow } from './field-row.tsx';
import classes from './key-field.module.css';

/** Lets the servers of a provider load another model. */
export function ModelSwitchField({ id, choices, current }: ModelSwitch & { id: string }) {
  const switching = useModelSwitches((state) => state.switches[id]);
  const [wanted, setWanted] = useState<string | null>(null);
  const busy = switching !== undefined && switching.fault === null;
  const chosen = (busy ? switching.model : wanted) ?? current;
  const seconds = useSecondsSince(busy ? switching.began : null);
  const nameOf = (model: string) => choices.find((choice) => choice.id === model)?.name ?? model;
  return (
    <FieldRow
      label="Loaded model"
      fault={switching?.fault ?? null}
      note={
        busy
          ? `${nameOf(switching.model)} is being loaded, for ${seconds} s so far. It goes on while you work elsewhere.`
          : 'Loading another one takes the server some time, in which it cannot speak.'
      }
    >
      {(ids) => (
        <div className={classes.entry}>
          <Select
            {...ids}
            className={classes.input ?? ''}
            allowDeselect={false}
            disabled={busy}
            placeholder="Not known"
            value={chosen}
            data={choices.map((choice) => ({ value: choice.id, label: choice.name }))}
            onChange={(model) => {
              closeSwitch(id);
              setWanted(model);
            }}
          />
          <Button
            variant="default"
            loading={busy}
            disabled={chosen === null || chosen === current}
            onClick={() => chosen !== null && void startSwitch(id, chosen)}
          >
            Load this model
          </Button>
        </div>
      )}
    </FieldRow>
  );
}

/** Whole seconds since a moment, counting on. */
function useSecondsSince(began: number | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (began === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [began]);
  return began === null ? 0 : Math.max(0, Math.round((now - began) / 1000));
}
