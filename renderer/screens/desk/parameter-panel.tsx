import { ActionIcon, Collapse, NumberInput, Select, Switch, Textarea, Tooltip, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconDice5 } from '@tabler/icons-react';
import { useState } from 'react';
import type { ParameterSpec, ParameterValue } from '../../../shared/controls/controls.ts';
import type { Model, Voice } from '../../../shared/schemas/voice.ts';
import { ControlSlider } from '../../elements/control-slider.tsx';
import { isVoicesOwn, startValue } from '../../stores/voice-start.ts';
import { useDesk } from './desk-context.ts';
import classes from './parameter-panel.module.css';

/** Largest seed a take can carry. */
const LARGEST_SEED = 4_294_967_295;

/** Most characters of a parameter that a take can carry. */
const LONGEST_TEXT = 2000;

/** The model's own parameters, beginning where the voice begins, and its seed; nothing where it has neither. */
export function ParameterPanel({ voice, model }: { voice: Voice | null; model: Model }) {
  const [open, setOpen] = useState(false);
  const { parameters, seed } = model.capabilities;
  if (parameters.length === 0 && seed === null) return null;
  const what = [parameters.length > 0 && 'parameters', seed !== null && 'seed'].filter(Boolean).join(' and ');
  return (
    <div className={classes.panel}>
      <UnstyledButton className={classes.toggle} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight size={14} stroke={1.5} aria-hidden />
        {model.name} {what}
      </UnstyledButton>
      <Collapse expanded={open}>
        {seed !== null && <SeedControl min={seed.min} max={Math.min(seed.max, LARGEST_SEED)} />}
        {parameters.map((spec) => (
          <Parameter key={spec.name} spec={spec} start={startValue(voice, spec)} own={isVoicesOwn(voice, spec)} />
        ))}
      </Collapse>
    </div>
  );
}

function SeedControl({ min, max }: { min: number; max: number }) {
  const seed = useDesk((state) => state.settings.seed);
  const setSeed = useDesk((state) => state.setSeed);
  return (
    <div className={classes.row}>
      <span>Seed</span>
      <NumberInput
        aria-label="Seed"
        placeholder="by chance"
        min={min}
        max={max}
        allowDecimal={false}
        hideControls
        value={seed ?? ''}
        onChange={(next) => setSeed(typeof next === 'number' ? next : null)}
      />
      <Tooltip label="Throw the dice">
        <ActionIcon
          aria-label="Throw the dice"
          onClick={() => setSeed(min + Math.floor(Math.random() * (max - min + 1)))}
        >
          <IconDice5 size={16} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** @param start what it is while nobody sets it @param own the voice decides that, not the model */
function Parameter({ spec, start, own }: { spec: ParameterSpec; start: ParameterValue; own: boolean }) {
  const set = useDesk((state) => state.setParameter);
  const value: ParameterValue = useDesk((state) => state.settings.parameters[spec.name] ?? start);
  const change = (next: ParameterValue) => set(spec.name, next === start ? null : next);
  if (spec.kind === 'number') {
    const step = spec.step ?? 0.01;
    return (
      <ControlSlider
        label={spec.label}
        value={Number(value)}
        min={spec.min ?? 0}
        max={spec.max ?? 1}
        step={step}
        neutral={Number(start)}
        neutralIs={own ? 'the voice’s own' : undefined}
        digits={step >= 1 ? 0 : 2}
        suffix=""
        valueText={String}
        description={spec.help}
        onChange={change}
      />
    );
  }
  return (
    <div className={classes.row} data-text={spec.kind === 'text' || undefined}>
      <Tooltip label={spec.help}>
        <span>{spec.label}</span>
      </Tooltip>
      {spec.kind === 'switch' ? (
        <Switch
          aria-label={spec.label}
          checked={value === true}
          onChange={(event) => change(event.currentTarget.checked)}
        />
      ) : spec.choices ? (
        <Select
          aria-label={spec.label}
          allowDeselect={false}
          data={spec.choices}
          value={String(value)}
          onChange={(next) => next !== null && change(next)}
        />
      ) : (
        <Textarea
          aria-label={spec.label}
          autosize
          minRows={1}
          maxRows={4}
          maxLength={spec.max ?? LONGEST_TEXT}
          value={String(value)}
          onChange={(event) => change(event.currentTarget.value)}
        />
      )}
    </div>
  );
}
