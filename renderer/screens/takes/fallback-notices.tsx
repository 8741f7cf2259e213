import { Button, Stack, Text, VisuallyHidden } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { type Fallback, useFallbacks } from '../../stores/fallbacks.ts';
import { useNavigation } from '../../stores/navigation.ts';
import { openDetails } from '../../stores/take-details.ts';
import { tellFault } from './notices.tsx';

/** Milliseconds for which it is said. */
const SHOWN_MS = 15_000;

const shown = new Set<string>();

function showDetails(takeId: string): void {
  useNavigation.getState().go('tune');
  openDetails(takeId).catch((thrown) => tellFault(thrown, 'The take cannot be shown'));
}

/** Says who speaks in place of whom, and why. The same pair again takes the place of what was said of it before. */
function tell({ takeId, voiceName, answeredBy }: Fallback): string {
  const id = `fallback-${voiceName}-${answeredBy.voiceId}`;
  const title = `${answeredBy.voiceName || answeredBy.voiceId} speaks in place of ${voiceName}`;
  const notice = {
    id,
    title,
    // It is said by the line that is always there; an alert would break in on what is being read.
    role: 'group',
    'aria-label': title,
    color: 'yellow',
    autoClose: SHOWN_MS,
    onClose: () => shown.delete(id),
    message: (
      <Stack gap={8} align="flex-start">
        <Text size="xs" c="dimmed">
          {answeredBy.why.message}
        </Text>
        <Button
          variant="light"
          onClick={() => {
            notifications.hide(id);
            showDetails(takeId);
          }}
        >
          Details
        </Button>
      </Stack>
    ),
  };
  if (shown.has(id)) notifications.update(notice);
  else notifications.show(notice);
  shown.add(id);
  return `${title}: ${answeredBy.why.message}`;
}

/** Tells that another voice speaks than the one that was asked for. */
export function FallbackNotices() {
  const [words, setWords] = useState('');
  useEffect(() => useFallbacks.subscribe(({ latest }) => latest && setWords(tell(latest))), []);
  return <VisuallyHidden role="status">{words}</VisuallyHidden>;
}
