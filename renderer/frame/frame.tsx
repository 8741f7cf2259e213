import { lazy, Suspense } from 'react';
import { LaterScreen } from '../screens/later/later-screen.tsx';
import { FallbackNotices } from '../screens/takes/fallback-notices.tsx';
import { TuneScreen } from '../screens/tune/tune-screen.tsx';
import { useListeningRoom } from '../stores/listening/room.ts';
import { useNavigation } from '../stores/navigation.ts';
import { DropZone } from './drop-zone.tsx';
import classes from './frame.module.css';
import { LazyWindows } from './lazy-windows.tsx';
import { LibraryBanner } from './library-banner.tsx';
import { PlayerFaults } from './player-faults.tsx';
import { Rail } from './rail.tsx';
import { TopBar } from './top-bar.tsx';
import { TransportBar } from './transport-bar.tsx';
import { useGlobalCommands } from './use-global-commands.ts';

const BlindRoom = lazy(() => import('../screens/compare/blind/blind-room.tsx'));
const CompareScreen = lazy(() => import('../screens/compare/compare-screen.tsx'));
const MapScreen = lazy(() => import('../screens/map/map-screen.tsx'));
const SettingsScreen = lazy(() => import('../screens/settings/settings-screen.tsx'));

/** Rail, top bar, the room that is open, transport bar. */
export function Frame() {
  const screen = useNavigation((state) => state.screen);
  // A listener who is to hear blind is shown nothing else of the studio: it is not on the page meanwhile.
  const listens = useListeningRoom((state) => state.open !== null);
  useGlobalCommands();
  if (listens) {
    return (
      <Suspense fallback={null}>
        <BlindRoom />
      </Suspense>
    );
  }
  return (
    <div className={classes.frame}>
      <Rail />
      <TopBar />
      <main className={classes.main}>
        <LibraryBanner />
        <div className={classes.room}>
          {screen === 'tune' ? (
            <TuneScreen />
          ) : screen === 'compare' ? (
            <Suspense fallback={null}>
              <CompareScreen />
            </Suspense>
          ) : screen === 'map' ? (
            <Suspense fallback={null}>
              <MapScreen />
            </Suspense>
          ) : screen === 'settings' ? (
            <Suspense fallback={null}>
              <SettingsScreen />
            </Suspense>
          ) : (
            <LaterScreen screen={screen} />
          )}
        </div>
      </main>
      <TransportBar />
      <LazyWindows />
      <DropZone />
      <PlayerFaults />
      <FallbackNotices />
    </div>
  );
}
