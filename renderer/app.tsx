import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import classes from './app.module.css';
import { Frame } from './frame/frame.tsx';
import { followAddress } from './stores/navigation.ts';
import { startStudio } from './stores/studio.ts';
import { styleNonce } from './theme/nonce.ts';
import { cssVariables, theme } from './theme/theme.ts';

/** The whole page. */
export function App() {
  useEffect(() => followAddress(), []);
  useEffect(() => startStudio(), []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="dark"
      getStyleNonce={styleNonce}
    >
      <Frame />
      <Notifications
        position="bottom-right"
        limit={4}
        autoClose={6000}
        containerWidth={380}
        className={classes.notices ?? ''}
      />
    </MantineProvider>
  );
}
