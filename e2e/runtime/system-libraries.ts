import { spawnSync } from 'node:child_process';
import { aptInstall, canInstall } from './apt.ts';

/** What Electron needs on Debian beside a virtual display. */
const ELECTRON_LIBRARIES = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libatk-bridge2.0-0',
  'libdrm2',
  'libxkbcommon0',
  'libcups2',
];
const VIRTUAL_DISPLAY = ['xvfb', 'xauth'];

/** Whether a display has to be made for the windows of the tests. */
export function needsVirtualDisplay(): boolean {
  return process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
}

/**
 * Makes sure that this Electron and, where there is no display, `xvfb-run` can run here.
 * @throws Error saying what is missing
 */
export function prepareSystem(electron: string, say: (line: string) => void): void {
  if (process.platform !== 'linux') return;
  const wanted = [
    ...(missingLibraries(electron).length > 0 ? ELECTRON_LIBRARIES : []),
    ...(needsVirtualDisplay() && !hasCommand('xvfb-run') ? VIRTUAL_DISPLAY : []),
    ...(needsVirtualDisplay() && hasCommand('xvfb-run') && !hasCommand('xauth') ? ['xauth'] : []),
  ];
  if (wanted.length === 0) return;
  if (!canInstall()) throw new Error(`The desktop tests need these packages: ${wanted.join(' ')}`);
  aptInstall(wanted, say);
  const still = missingLibraries(electron);
  if (still.length > 0) throw new Error(`Electron still misses ${still.join(', ')}.`);
}

function missingLibraries(executable: string): string[] {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  return (stdout ?? '')
    .split('\n')
    .filter((line) => line.includes('not found'))
    .map((line) => line.trim().split(' ')[0] ?? '');
}

function hasCommand(name: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
}
