import { create } from 'zustand';

/** The rooms of the studio, in the order of the rail. */
export const SCREENS = ['tune', 'compare', 'map', 'review', 'activity', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];

interface Navigation {
  screen: Screen;
  go(screen: Screen): void;
}

function screenOf(hash: string): Screen {
  const name = hash.replace(/^#\/?/, '');
  return SCREENS.find((screen) => screen === name) ?? 'tune';
}

/** Which room is shown; the address bar carries it, so that back, forward and reload work. */
export const useNavigation = create<Navigation>(() => ({
  screen: 'tune',
  go: (screen) => {
    location.hash = `#/${screen}`;
  },
}));

/** Follows the address. @returns ends it */
export function followAddress(): () => void {
  const read = () => useNavigation.setState({ screen: screenOf(location.hash) });
  read();
  addEventListener('hashchange', read);
  return () => removeEventListener('hashchange', read);
}
