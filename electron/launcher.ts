import { app } from 'electron';

/**
 * Tells whoever started the app, if it listens (`build/desktop-start.ts`): `ready` when the window can be shown,
 * `second` when another start of it is already there.
 */
export function tellLauncher(word: 'ready' | 'second'): Promise<void> {
  const { send } = process;
  if (!send || !process.connected) return Promise.resolve();
  return new Promise((resolve) => {
    send.call(process, word, () => resolve());
  });
}

/** Ends the app with the program that started it, as Ctrl+C or a closed terminal would. */
export function endWithLauncher(): void {
  process.once('disconnect', () => app.quit());
}
