import { Select } from '@mantine/core';
import type { Model, Voice } from '../../../shared/schemas/voice.ts';
import { modelIdsOf, modelOf, useVoices } from '../../stores/voices.ts';
import { useDesk } from './desk-context.ts';
import classes from './model-select.module.css';
import { useDeskModel } from './use-desk-voice.ts';

/** Which of its models speaks the voice on the desk; nothing where it has one only. */
export function ModelSelect({ voice }: { voice: Voice }) {
  const current = useDeskModel();
  const models = useVoices((state) => state.models);
  const setModel = useDesk((state) => state.setModel);
  const ids = modelIdsOf(voice);
  if (ids.length < 2) return null;
  const of = (id: string) => modelOf({ voices: [voice], models }, voice.id, id);
  const about = (id: string) =>
    [id === voice.model && 'The voice’s own.', beyondName(of(id))].filter(Boolean).join(' ');
  return (
    <Select
      aria-label="Model"
      allowDeselect={false}
      className={classes.select ?? ''}
      data={ids.map((id) => ({ value: id, label: of(id)?.name ?? id }))}
      value={current?.id ?? voice.model}
      maxDropdownHeight={420}
      comboboxProps={{ width: 340, position: 'bottom-end' }}
      renderOption={({ option, checked }) => (
        <span className={classes.option} data-checked={checked || undefined}>
          <span>{option.label}</span>
          <span className={classes.about}>{about(option.value)}</span>
        </span>
      )}
      onChange={(next) => next !== null && setModel(next)}
    />
  );
}

/** What is said of a model beyond its name, with which some begin. */
function beyondName(model: Model | null): string {
  if (model === null) return '';
  const { name, description } = model;
  return description.startsWith(`${name}.`) ? description.slice(name.length + 1).trim() : description;
}
