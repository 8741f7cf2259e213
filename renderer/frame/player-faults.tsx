import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { FaultError } from '../../shared/errors.ts';
import { usePlayer } from '../player/player-store.ts';
import { tellFault } from '../screens/takes/notices.tsx';
import { useRender } from '../stores/render.ts';

const OUTPUT_NOTE = 'output';
/** Milliseconds for which it is said that another output has taken over. */
const TAKEN_OVER_MS = 12_000;

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
        const { state, note } = now.device;
        if (state === before.device.state && note === before.device.note) return;
        notifications.hide(OUTPUT_NOTE);
        if (note === '') return;
        // Where another output has taken over, all is well again: it is said, and need not stay.
        const autoClose = state === 'ok' && TAKEN_OVER_MS;
        notifications.show({ id: OUTPUT_NOTE, message: note, color: 'yellow', autoClose });
      }),
    [],
  );
  return null;
}
