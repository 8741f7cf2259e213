import { Popover, Skeleton, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Model, Voice } from '../../../shared/schemas/voice.ts';
import { FaultNotice } from '../../elements/fault-notice.tsx';
import { Tag } from '../../elements/tag.tsx';
import { provideCommand } from '../../stores/commands.ts';
import { useSession } from '../../stores/session.ts';
import { closeVoices, openVoices, useVoiceBrowser } from '../../stores/voice-browser.ts';
import { chosenModelId, modelIdsOf, useVoices, voiceOf } from '../../stores/voices.ts';
import { whenIdle } from '../../stores/when-idle.ts';
import { useDesk } from './desk-context.ts';
import { ModelSelect } from './model-select.tsx';
import { PreviewButton } from './preview-button.tsx';
import classes from './voice-picker.module.css';
import { voiceTrouble } from './voice-trouble.ts';
import { VoiceTroubleButton } from './voice-trouble-button.tsx';
import { about, speaks } from './voice-words.ts';

type Browser = typeof import('./voice-browser.tsx').VoiceBrowser;

/**
 * The window of all voices, loaded before it is asked for. Not by `lazy`: what is typed right after the key that opens
 * it must find its search there, and React shows what stands in for a lazy part for a third of a second.
 */
function useBrowser(wanted: boolean): Browser | null {
  const [browser, setBrowser] = useState<Browser | null>(null);
  const there = browser !== null;
  useEffect(() => {
    const load = () => void import('./voice-browser.tsx').then(({ VoiceBrowser }) => setBrowser(() => VoiceBrowser));
    if (!there && !wanted) return whenIdle(load);
    if (!there) load();
    return;
  }, [there, wanted]);
  return browser;
}

/** The voice on the desk, and the way to all others. */
export function VoicePicker() {
  const { opened, language } = useVoiceBrowser();
  const VoiceBrowser = useBrowser(opened);
  const { voices, models, lists, status, fault } = useVoices();
  const providers = useSession((state) => state.status?.providers ?? null);
  const voiceId = useDesk((state) => state.voiceId);
  const chosen = useDesk((state) => state.modelId);
  const voice = voiceOf({ voices }, voiceId);
  const trouble = status === 'ready' ? voiceTrouble(voiceId, voice, providers, lists) : null;
  const modelId = chosenModelId({ voices }, voiceId, chosen);
  useEffect(() => provideCommand('voices', openVoices), []);
  if (status === 'failed' && fault !== null) {
    return (
      <div className={classes.failed}>
        <FaultNotice fault={fault} />
      </div>
    );
  }
  return (
    <div className={classes.picker} data-browser={VoiceBrowser ? 'loaded' : 'loading'}>
      <Popover
        opened={opened}
        onChange={(wanted) => (wanted ? openVoices() : closeVoices())}
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
            onClick={() => (opened ? closeVoices() : openVoices())}
            disabled={voices.length === 0}
          >
            <span className={classes.words}>
              <span className={classes.name}>
                {voice?.name ?? (status === 'loading' ? <Skeleton width={90} height={13} /> : 'Choose a voice')}
                {voice?.experimental && <Tag>experimental</Tag>}
              </span>
              <span className={classes.about} data-trouble={trouble?.fault ? true : undefined} title={trouble?.words}>
                {trouble?.words ?? (voice === null ? ' ' : inOneLine(voice, voices, models))}
              </span>
            </span>
            <IconChevronDown size={16} stroke={1.5} aria-hidden />
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown aria-label="Voices">
          {opened && VoiceBrowser && <VoiceBrowser language={language} onClose={closeVoices} />}
          {opened && !VoiceBrowser && <div data-autofocus tabIndex={-1} className={classes.waiting} />}
        </Popover.Dropdown>
      </Popover>
      {voice !== null && <ModelSelect voice={voice} />}
      {trouble !== null && <VoiceTroubleButton trouble={trouble} small={voice !== null} />}
      {trouble === null && voice !== null && <PreviewButton voice={voice} modelId={modelId} size={36} />}
    </div>
  );
}

/** What a voice is; without its model, where that stands beside it. */
function inOneLine(voice: Voice, voices: Voice[], models: Model[]): string {
  if (modelIdsOf(voice).length < 2) return about(voice, voices, models);
  return [speaks(voice), voice.gender === 'unknown' ? null : voice.gender].filter(Boolean).join(' · ');
}
