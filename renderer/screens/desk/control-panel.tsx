import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { CONTROL_RANGE, NEUTRAL_SETTINGS } from '../../../shared/controls/controls.ts';
import { planControls } from '../../../shared/controls/plan-controls.ts';
import { ControlSlider } from '../../elements/control-slider.tsx';
import { OwnerBadge } from '../../elements/owner-badge.tsx';
import { provideCommand } from '../../stores/commands.ts';
import type { LiveControl } from '../../stores/desk.ts';
import { startSpeed } from '../../stores/voice-start.ts';
import classes from './control-panel.module.css';
import { badgeOf } from './control-words.ts';
import { useDesk, useDeskLive } from './desk-context.ts';
import { EmotionControl } from './emotion-control.tsx';
import { ParameterPanel } from './parameter-panel.tsx';
import { PresetMenu } from './preset-menu.tsx';
import { useDeskModel, useDeskVoice } from './use-desk-voice.ts';

const FADERS = [
  { control: 'speed', label: 'Speed', suffix: '×', digits: 2, text: (value: number) => `${value} times` },
  { control: 'pitch', label: 'Pitch', suffix: ' st', digits: 1, text: (value: number) => `${value} semitones` },
  { control: 'volume', label: 'Volume', suffix: ' dB', digits: 1, text: (value: number) => `${value} decibels` },
] as const satisfies { control: LiveControl; [more: string]: unknown }[];

/** Said of where a fader begins, where the voice decides that. */
const VOICES_OWN = 'the voice’s own';

/** The four controls, the model's own parameters, and presets. */
export function ControlPanel() {
  const settings = useDesk((state) => state.settings);
  const setControl = useDesk((state) => state.setControl);
  const resetControls = useDesk((state) => state.resetControls);
  const voice = useDeskVoice();
  const model = useDeskModel();
  const neutral = { ...NEUTRAL_SETTINGS, speed: startSpeed(voice, model) };
  const live = useDeskLive();
  const plan = model === null ? null : planControls(settings, model.capabilities);
  useEffect(() => provideCommand('reset-controls', resetControls), [resetControls]);
  return (
    <div className={classes.panel}>
      <div className={classes.head}>
        <h2>Controls</h2>
        <Button
          variant="subtle"
          color="gray"
          data-hidden={JSON.stringify(settings) === JSON.stringify(neutral) || undefined}
          className={classes.reset ?? ''}
          onClick={resetControls}
        >
          Reset all
        </Button>
        <PresetMenu />
      </div>
      <div className={classes.rows}>
        {FADERS.map(({ control, label, suffix, digits, text }) => {
          const badge = plan && badgeOf(control, plan, live);
          return (
            <ControlSlider
              key={control}
              label={label}
              {...CONTROL_RANGE[control]}
              neutral={neutral[control]}
              neutralIs={neutral[control] === CONTROL_RANGE[control].neutral ? undefined : VOICES_OWN}
              value={settings[control]}
              digits={digits}
              suffix={suffix}
              valueText={text}
              {...(badge === null ? {} : { description: badge.why, badge: <OwnerBadge {...badge} /> })}
              onChange={(value) => setControl(control, value)}
            />
          );
        })}
        <EmotionControl plan={plan} can={model?.capabilities ?? null} />
        {model !== null && <ParameterPanel voice={voice} model={model} />}
      </div>
    </div>
  );
}
