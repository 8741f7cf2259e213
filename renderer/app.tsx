import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { Frame } from './frame/frame.tsx';
import { followAddress } from './stores/navigation.ts';
import { styleNonce } from './theme/nonce.ts';
import { cssVariables, theme } from './theme/theme.ts';

/** The whole page. */
export function App() {
  useEffect(() => followAddress(), []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="dark"
      getStyleNonce={styleNonce}
    >
      <Frame />
      <Notifications position="bottom-right" limit={4} autoClose={8000} />
    </MantineProvider>
  );
}
