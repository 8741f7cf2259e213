import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { openSettings } from './remedy-button.tsx';
import type { VoiceTrouble } from './voice-trouble.ts';

/**
 * The way from a voice that cannot speak to the settings of its provider; nothing where there is nothing to set right.
 *
 * @param small only the sign
 */
export function VoiceTroubleButton({ trouble, small }: { trouble: VoiceTrouble; small: boolean }) {
  const { words, provider, fault } = trouble;
  if (provider !== null && fault === null) return null;
  const open = () => openSettings(provider ?? '', fault);
  if (!small) {
    return (
      <Button variant="default" onClick={open}>
        Open Settings
      </Button>
    );
  }
  return (
    <Tooltip label={[words, fault?.todo].filter(Boolean).join(' ')} multiline maw={320}>
      <ActionIcon size={36} aria-label="Open Settings" onClick={open}>
        <IconSettings size={16} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  );
}
