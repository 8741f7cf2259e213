import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether packages can be installed here without asking anybody: Debian or a child of it, as root. */
export function canInstall(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

let updated = false;

/**
 * Installs system packages. A name that Debian 13 gave a `t64` ending is found under that one.
 * @throws Error with what apt said last
 */
export function aptInstall(packages: string[], say: (line: string) => void): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (words: string[]) => {
    const { status, stderr } = spawnSync('apt-get', words, { env, encoding: 'utf8', maxBuffer: 64_000_000 });
    if (status !== 0) throw new Error(`apt-get ${words[0]} failed: ${stderr.trim().split('\n').at(-1) ?? ''}`);
  };
  say(`Installing for the tests: ${packages.join(' ')}`);
  if (!updated) apt(['update', '-q']);
  updated = true;
  apt(['install', '-y', '-q', '--no-install-recommends', ...packages.map(currentName)]);
}

function currentName(name: string): string {
  return hasCandidate(`${name}t64`) ? `${name}t64` : name;
}

function hasCandidate(name: string): boolean {
  try {
    const policy = execFileSync('apt-cache', ['policy', name], { encoding: 'utf8' });
    return /Candidate: \S/.test(policy) && !policy.includes('Candidate: (none)');
  } catch {
    return false;
  }
}
