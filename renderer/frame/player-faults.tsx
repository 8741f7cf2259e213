import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { FaultError } from '../../shared/errors.ts';
import { usePlayer } from '../player/player-store.ts';
import { tellFault } from '../screens/takes/notices.tsx';
import { useRender } from '../stores/render.ts';

const OUTPUT_NOTE = 'output';

/**
 * Tells what is wrong with the playing: a take or sample that could not be read, and an output that is gone or held
 * back. What is wrong with the take that is being made stands beside its text.
 */
export function PlayerFaults() {
  useEffect(
    () =>
      usePlayer.subscribe((now, before) => {
        if (now.fault !== before.fault && now.fault !== null && now.takeId !== useRender.getState().lastId) {
          tellFault(new FaultError(now.fault), 'It could not be played to its end');
        }
        if (now.device.state === before.device.state) return;
        notifications.hide(OUTPUT_NOTE);
        if (now.device.state === 'ok') return;
        notifications.show({ id: OUTPUT_NOTE, message: now.device.note, color: 'yellow', autoClose: false });
      }),
    [],
  );
  return null;
}
