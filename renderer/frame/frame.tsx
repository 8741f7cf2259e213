import { lazy, Suspense } from 'react';
import { LaterScreen } from '../screens/later/later-screen.tsx';
import { TuneScreen } from '../screens/tune/tune-screen.tsx';
import { useNavigation } from '../stores/navigation.ts';
import classes from './frame.module.css';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';
import { TransportBar } from './transport-bar.tsx';

const SettingsScreen = lazy(() => import('../screens/settings/settings-screen.tsx'));

/** Rail, top bar, the room that is open, transport bar. */
export function Frame() {
  const screen = useNavigation((state) => state.screen);
  return (
    <div className={classes.frame}>
      <Rail />
      <TopBar />
      <main className={classes.main} id="main">
        {screen === 'tune' ? (
          <TuneScreen />
        ) : screen === 'settings' ? (
          <Suspense fallback={null}>
            <SettingsScreen />
          </Suspense>
        ) : (
          <LaterScreen screen={screen} />
        )}
      </main>
      <TransportBar />
    </div>
  );
}
