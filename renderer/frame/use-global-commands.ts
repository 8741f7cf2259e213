import { useEffect } from 'react';
import { type CommandId, provideCommand } from '../stores/commands.ts';
import { setHeard, useLive } from '../stores/live.ts';
import { useNavigation } from '../stores/navigation.ts';
import { playOrPause } from '../stores/play.ts';
import { cancelRender, renderTake } from '../stores/render.ts';
import { skip, stopPlaying, toggleLoop } from '../stores/transport.ts';

const COMMANDS: Partial<Record<CommandId, () => void>> = {
  play: () => void playOrPause(),
  stop: stopPlaying,
  loop: toggleLoop,
  'skip-back': () => skip(-1),
  'skip-forward': () => skip(1),
  heard: () => setHeard(useLive.getState().heard === 'rendered' ? 'sliders' : 'rendered'),
  render: () => void renderTake(),
  'another-take': () => void renderTake({ fresh: true }),
  cancel: () => void cancelRender(),
  tune: () => useNavigation.getState().go('tune'),
  compare: () => useNavigation.getState().go('compare'),
  map: () => useNavigation.getState().go('map'),
  settings: () => useNavigation.getState().go('settings'),
};

/** What can be done from anywhere in the studio. */
export function useGlobalCommands(): void {
  useEffect(() => {
    const undo = Object.entries(COMMANDS).map(([id, run]) => provideCommand(id as CommandId, run));
    return () => {
      for (const take of undo) take();
    };
  }, []);
}
