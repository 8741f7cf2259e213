import { Popover, Skeleton, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { Tag } from '../../elements/tag.tsx';
import { provideCommand } from '../../stores/commands.ts';
import { useTune } from '../../stores/tune.ts';
import { useVoices, voiceOf } from '../../stores/voices.ts';
import { PreviewButton } from './preview-button.tsx';
import classes from './voice-picker.module.css';
import { about } from './voice-words.ts';

const VoiceBrowser = lazy(() => import('./voice-browser.tsx'));

/** The voice on the desk, and the way to all others. */
export function VoicePicker() {
  const [open, setOpen] = useState(false);
  const { voices, models, status, fault } = useVoices();
  const voiceId = useTune((state) => state.voiceId);
  const voice = voiceOf({ voices }, voiceId);
  useEffect(() => provideCommand('voices', () => setOpen(true)), []);
  if (status === 'failed' && fault !== null) {
    return (
      <div className={classes.failed}>
        <FaultNotice fault={fault} />
      </div>
    );
  }
  return (
    <div className={classes.picker}>
      <Popover
        opened={open}
        onChange={setOpen}
        position="bottom-end"
        width={520}
        offset={6}
        trapFocus
        returnFocus
        classNames={{ dropdown: classes.dropdown ?? '' }}
      >
        <Popover.Target>
          <UnstyledButton
            className={classes.voice}
            onClick={() => setOpen((now) => !now)}
            disabled={voices.length === 0}
          >
            <span className={classes.words}>
              <span className={classes.name}>
                {voice?.name ?? (status === 'loading' ? <Skeleton width={90} height={13} /> : 'Choose a voice')}
                {voice?.experimental && <Tag>experimental</Tag>}
              </span>
              <span className={classes.about}>
                {voice === null
                  ? status === 'loading'
                    ? ' '
                    : `“${voiceId}” is not there`
                  : about(voice, voices, models)}
              </span>
            </span>
            <IconChevronDown size={16} stroke={1.5} aria-hidden />
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown aria-label="Voices">
          <Suspense fallback={<div className={classes.waiting} />}>
            {open && <VoiceBrowser onClose={() => setOpen(false)} />}
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      {voice !== null && <PreviewButton voice={voice} size={36} />}
    </div>
  );
}
