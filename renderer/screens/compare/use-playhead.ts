import { useEffect, useRef } from 'react';
import { usePlayer } from '../../player/player-store.ts';
import { player } from '../../player/studio-player.ts';

/** Calls back with the take that is in the player and its position in s, once per displayed frame and whenever it moves. */
export function usePlayhead(onMove: (takeId: string | null, position: number) => void): void {
  const latest = useRef(onMove);
  latest.current = onMove;
  useEffect(() => {
    const tell = () => {
      const { takeId, position, status } = usePlayer.getState();
      latest.current(status === 'idle' ? null : takeId, position);
    };
    tell();
    const stops = [
      player.onFrame(tell),
      usePlayer.subscribe((now, before) => {
        if (now.position !== before.position || now.takeId !== before.takeId || now.status !== before.status) tell();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
}
