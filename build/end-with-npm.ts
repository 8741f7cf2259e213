const LOOK_EVERY_MS = 500;

/**
 * npm passes a signal on only to the shell it runs a script with, and some shells (dash) die of it without telling
 * their child. Ends this process in order, as SIGTERM would, when that shell is gone.
 */
export function endWithNpm(): void {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS);
  timer.unref();
}
