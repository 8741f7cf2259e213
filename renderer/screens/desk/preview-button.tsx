import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPlayerStopFilled, IconVolume } from '@tabler/icons-react';
import type { Voice } from '../../../shared/schemas/voice.ts';
import { usePlayer } from '../../player/player-store.ts';
import { previewOf, togglePreview } from '../../stores/preview.ts';

/** Plays a short sample of a voice. @param modelId one of its models; null for its own */
export function PreviewButton({
  voice,
  modelId = null,
  size = 28,
}: {
  voice: Voice;
  modelId?: string | null;
  size?: number;
}) {
  const sounds = usePlayer((state) => previewOf(state) === voice.id);
  const label = sounds ? `Stop the sample of ${voice.name}` : `Hear a sample of ${voice.name}`;
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={size}
        aria-label={label}
        color={sounds ? 'lamp' : 'gray'}
        onClick={() => togglePreview(voice.id, modelId)}
      >
        {sounds ? <IconPlayerStopFilled size={14} /> : <IconVolume size={16} stroke={1.5} />}
      </ActionIcon>
    </Tooltip>
  );
}
