import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import classes from './app.module.css';
import { Frame } from './frame/frame.tsx';
import { styleNonce } from './theme/nonce.ts';
import { cssVariables, theme } from './theme/theme.ts';

/** The whole page. */
export function App() {
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
