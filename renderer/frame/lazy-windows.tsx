import { type ComponentType, useEffect, useState } from 'react';
import { provideCommand } from '../stores/commands.ts';
import { whenIdle } from '../stores/when-idle.ts';

const loadPalette = () => import('./palette.tsx');

/** The palette and the list of shortcuts: loaded when they are first asked for. */
export function LazyWindows() {
  const [Palette, setPalette] = useState<ComponentType | null>(null);
  const [Shortcuts, setShortcuts] = useState<ComponentType<{ opened: boolean; onClose: () => void }> | null>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const stops = [
      provideCommand('palette', async () => {
        const { Palette: loaded, spotlight } = await loadPalette();
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
  // Loaded before it is asked for, so that what is typed right after the key reaches it.
  useEffect(() => whenIdle(() => void loadPalette()), []);
  return (
    <>
      {Palette && <Palette />}
      {Shortcuts && <Shortcuts opened={opened} onClose={() => setOpened(false)} />}
    </>
  );
}
