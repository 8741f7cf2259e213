import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useCallback } from 'react';

/** Which theme is shown, and the way to the other one. Mantine keeps the choice in this browser. */
export function useTheme(): { dark: boolean; flip: () => void } {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('dark') === 'dark';
  const flip = useCallback(() => setColorScheme(dark ? 'light' : 'dark'), [dark, setColorScheme]);
  return { dark, flip };
}
