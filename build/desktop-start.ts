import { setTimeout as pause } from 'node:timers/promises';
import { startChild } from './child.ts';
import { ROOT } from './paths.ts';

/** How the desktop app ended; `not-started` if its window never came. */
export type DesktopEnd = { kind: 'ended'; code: number } | { kind: 'not-started'; why: string };

/** A window that is not there after so many ms will not come. */
const READY_WITHIN_MS = 60_000;
/** Lines of the runtime's own complaints that are looked at. */
const REMEMBERED = 40;

/** What Electron's words mean, most telling first. */
const MEANINGS: [RegExp, (found: RegExpExecArray) => string][] = [
  [
    /error while loading shared libraries: ([^:\s]+)/,
    ([, library]) => `the desktop runtime needs the system library ${library}, which is not installed`,
  ],
  [
    /SUID sandbox helper|No usable sandbox|namespace sandbox|Failed to move to new namespace|credentials\.cc/i,
    () => 'this system does not let Chromium make its sandbox (user namespaces are switched off)',
  ],
  [/Running as root without --no-sandbox/, () => 'Chromium does not run as root'],
  [
    /Missing X server|cannot open display|Unable to open X display|Failed to (?:connect|initialize).*(?:display|Wayland)/i,
    () => 'the display cannot be opened',
  ],
  [/GLIBC_[\d.]+' not found/, () => 'this system is older than the desktop runtime supports'],
];

/**
 * Runs the desktop app to its end. The app reports over its channel: `ready` once its window can be shown, `second`
 * if another start of it is already running (which then shows its window).
 *
 * @param executable the Electron executable
 */
export async function runDesktop(executable: string): Promise<DesktopEnd> {
  const complaints: string[] = [];
  const { child, ended } = startChild(executable, [ROOT], {
    cwd: ROOT,
    stdio: ['inherit', 'inherit', 'pipe', 'ipc'],
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints.push(...text.split('\n').filter((line) => line.trim() !== ''));
    complaints.splice(0, Math.max(0, complaints.length - REMEMBERED));
    if (ready) process.stderr.write(withoutChromium(text));
  });

  let ready = false;
  const started = new Promise<'ready'>((resolve) => {
    child.on('message', (message) => {
      if (message !== 'ready' && message !== 'second') return;
      ready = true;
      resolve('ready');
    });
  });
  const patience = new AbortController();
  const late = pause(READY_WITHIN_MS, 'late' as const, { signal: patience.signal }).catch(() => 'late' as const);

  try {
    const first = await Promise.race([started, late, ended]);
    if (first === 'ready') return { kind: 'ended', code: await ended };
    if (first !== 'late') {
      if (stoppedByPerson(first)) return { kind: 'ended', code: first };
      return { kind: 'not-started', why: meaning(complaints) };
    }
    child.kill('SIGKILL');
    await ended;
    return { kind: 'not-started', why: `its window did not come within ${READY_WITHIN_MS / 1000} s` };
  } catch (error) {
    return { kind: 'not-started', why: error instanceof Error ? error.message : String(error) };
  } finally {
    patience.abort();
  }
}

/** Chromium's own log lines (`[pid:date:ERROR:file.cc(1)] …`) say nothing to a person once the window is there. */
const withoutChromium = (text: string) => text.replace(/^\[\d+:[^\]]*:(?:ERROR|WARNING|INFO):[^\n]*\n?/gm, '');

/** Ended by SIGINT, SIGTERM or SIGHUP. */
const stoppedByPerson = (code: number) => [130, 143, 129].includes(code);

/** What the runtime's complaints say, as the middle of a sentence. */
export function meaning(complaints: string[]): string {
  const text = complaints.join('\n');
  for (const [pattern, words] of MEANINGS) {
    const found = pattern.exec(text);
    if (found) return words(found);
  }
  const last = complaints.findLast((line) => /error|fatal|fail|cannot/i.test(line)) ?? complaints.at(-1);
  return last ? `it ended with: ${last.trim().slice(0, 200)}` : 'it ended at once without a word';
}
