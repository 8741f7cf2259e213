import { Select } from '@mantine/core';
import type { Voice } from '../../../shared/schemas/voice.ts';
import { useTune } from '../../stores/tune.ts';
import { modelIdsOf, modelOf, useVoices } from '../../stores/voices.ts';
import classes from './model-select.module.css';
import { useDeskModel } from './use-desk-voice.ts';

/** Which of its models speaks the voice on the desk; nothing where it has one only. */
export function ModelSelect({ voice }: { voice: Voice }) {
  const current = useDeskModel();
  const models = useVoices((state) => state.models);
  const setModel = useTune((state) => state.setModel);
  const ids = modelIdsOf(voice);
  if (ids.length < 2) return null;
  const choices = ids.map((id) => ({
    value: id,
    label: modelOf({ voices: [voice], models }, voice.id, id)?.name ?? id,
  }));
  const about = (id: string) => {
    const description = modelOf({ voices: [voice], models }, voice.id, id)?.description;
    return [id === voice.model && 'The voice’s own.', description].filter(Boolean).join(' ');
  };
  return (
    <Select
      aria-label="Model"
      allowDeselect={false}
      className={classes.select ?? ''}
      data={choices}
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
