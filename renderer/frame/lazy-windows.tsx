import { type ComponentType, useEffect, useState } from 'react';
import { provideCommand } from '../stores/commands.ts';

/** The palette and the list of shortcuts: loaded when they are first asked for. */
export function LazyWindows() {
  const [Palette, setPalette] = useState<ComponentType | null>(null);
  const [Shortcuts, setShortcuts] = useState<ComponentType<{ opened: boolean; onClose: () => void }> | null>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const stops = [
      provideCommand('palette', async () => {
        const { Palette: loaded, spotlight } = await import('./palette.tsx');
        setPalette(() => loaded);
        spotlight.open();
      }),
      provideCommand('shortcuts', async () => {
        const { ShortcutsDialog } = await import('./shortcuts-dialog.tsx');
        setShortcuts(() => ShortcutsDialog);
        setOpened(true);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return (
    <>
      {Palette && <Palette />}
      {Shortcuts && <Shortcuts opened={opened} onClose={() => setOpened(false)} />}
    </>
  );
}
