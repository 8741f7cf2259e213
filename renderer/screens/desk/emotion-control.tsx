import { Select, Slider, VisuallyHidden } from '@mantine/core';
import { useId } from 'react';
import { type Capabilities, EmotionName } from '../../../shared/controls/controls.ts';
import type { Plan } from '../../../shared/controls/plan-controls.ts';
import { OwnerBadge } from '../../elements/owner-badge.tsx';
import { emotionBadge } from './control-words.ts';
import { useDesk, useDeskLive } from './desk-context.ts';
import classes from './emotion-control.module.css';

/** An emotion by name, and how much of it. */
export function EmotionControl({ plan, can }: { plan: Plan | null; can: Capabilities | null }) {
  const settings = useDesk((state) => state.settings);
  const setEmotion = useDesk((state) => state.setEmotion);
  const { loaded } = useDeskLive();
  const whyId = useId();
  const { name, intensity } = settings.emotion;
  const badge = plan && emotionBadge(plan, settings, loaded);
  const still = name === 'neutral';
  const data = EmotionName.options.map((value) => ({
    value,
    label: value === 'neutral' || can === null || can.emotion.names.includes(value) ? value : `${value} (no effect)`,
  }));
  return (
    <div className={classes.row}>
      <span className={classes.label}>Emotion</span>
      <Select
        aria-label="Emotion"
        aria-describedby={whyId}
        allowDeselect={false}
        data={data}
        value={name}
        comboboxProps={{ width: 190, position: 'bottom-start' }}
        renderOption={({ option }) => <span>{option.label}</span>}
        onChange={(next) => next !== null && setEmotion({ name: EmotionName.parse(next) })}
      />
      <Slider
        min={0}
        max={1}
        step={0.05}
        precision={2}
        value={intensity}
        disabled={still}
        thumbLabel="Intensity of the emotion"
        thumbValueText={(value) => `${Math.round(value * 100)} percent`}
        onChange={(next) => setEmotion({ intensity: next })}
      />
      <span className={classes.number} data-off={still || undefined}>
        {still ? '–' : `${Math.round(intensity * 100)} %`}
      </span>
      <span className={classes.badge}>{badge && <OwnerBadge {...badge} />}</span>
      <VisuallyHidden id={whyId}>{badge?.why}</VisuallyHidden>
    </div>
  );
}
