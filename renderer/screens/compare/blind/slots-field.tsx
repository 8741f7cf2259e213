import { Checkbox } from '@mantine/core';
import type { CSSProperties } from 'react';
import { settingsThatDiffer } from '../../../../shared/controls/settings-that-differ.ts';
import { METHODS } from '../../../stores/listening/setup.ts';
import { letterOf, slotColour } from '../slot-colours.ts';
import classes from './setup-page.module.css';
import type { FieldProps } from './setup-page.tsx';

const toggled = (ids: readonly string[], id: string) =>
  ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];

/** Which slots are heard. Where two are wanted, the third one that is chosen takes the place of the first. */
export function SlotsField({ comparison, draft, onChange }: FieldProps) {
  const { most } = METHODS[draft.method];
  const choose = (id: string) => onChange({ slotIds: toggled(draft.slotIds, id).slice(-most) });
  return (
    // biome-ignore lint/a11y/useSemanticElements: named by its label
    <div className={classes.chosen} role="group" aria-label="Slots">
      {comparison.slots.map(({ id, name, voiceName, voiceId, settings }, place) => (
        <Checkbox
          key={id}
          size="xs"
          checked={draft.slotIds.includes(id)}
          onChange={() => choose(id)}
          label={
            <span style={{ '--slot': slotColour(place) } as CSSProperties}>
              <span className={classes.slot}>{letterOf(place)}</span> {name || voiceName || voiceId}
              <span className={classes.traits}>{settingsThatDiffer(settings).join(', ')}</span>
            </span>
          }
        />
      ))}
    </div>
  );
}

/** Which texts are heard. */
export function TextsField({ comparison, draft, onChange }: FieldProps) {
  const texts = comparison.texts.filter(({ text }) => text.trim() !== '');
  return (
    // biome-ignore lint/a11y/useSemanticElements: named by its label
    <div className={classes.texts} role="group" aria-label="Texts">
      {texts.map(({ id, text }) => (
        <Checkbox
          key={id}
          size="xs"
          py={3}
          checked={draft.textIds.includes(id)}
          onChange={() => onChange({ textIds: toggled(draft.textIds, id) })}
          label={<span className={classes.text}>{text}</span>}
        />
      ))}
    </div>
  );
}
