import { UnstyledButton } from '@mantine/core';
import {
  IconActivity,
  IconAdjustmentsHorizontal,
  IconArrowsShuffle,
  IconChecklist,
  IconSettings,
  IconWaveSine,
} from '@tabler/icons-react';
import { SCREENS, type Screen, useNavigation } from '../stores/navigation.ts';
import { Mark } from './mark.tsx';
import classes from './rail.module.css';

const ROOMS = {
  tune: { label: 'Tune', Icon: IconAdjustmentsHorizontal },
  compare: { label: 'Compare', Icon: IconWaveSine },
  map: { label: 'Map', Icon: IconArrowsShuffle },
  review: { label: 'Review', Icon: IconChecklist },
  activity: { label: 'Activity', Icon: IconActivity },
  settings: { label: 'Settings', Icon: IconSettings },
} as const satisfies Record<Screen, unknown>;

/** The way from room to room. */
export function Rail() {
  const { screen, go } = useNavigation();
  return (
    <nav className={classes.rail} aria-label="Rooms">
      <Mark className={classes.mark} />
      {SCREENS.map((name) => {
        const { label, Icon } = ROOMS[name];
        return (
          <UnstyledButton
            key={name}
            className={classes.item}
            data-last={name === 'settings' || undefined}
            aria-current={screen === name ? 'page' : undefined}
            onClick={() => go(name)}
          >
            <Icon size={20} stroke={1.5} aria-hidden />
            <span>{label}</span>
          </UnstyledButton>
        );
      })}
    </nav>
  );
}
