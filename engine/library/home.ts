import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { writeWhole } from './files.ts';

/** The database's file name in a library's folder. */
export const DATABASE_FILE = 'library.sqlite';
/** The file name of keys. */
export const KEY_FILE = 'keys.json';
/** Left in a folder that a library was moved away from. */
export const POINTER_FILE = 'moved-to.json';

/** Says where a library was moved to. */
export const MovedTo = z.object({
  format: z.literal('timbre.moved'),
  to: z.string().refine(isAbsolute),
});
export type MovedTo = z.infer<typeof MovedTo>;

/** Moves a pointer leads through at most, so that a ring of them ends. */
const MOST_MOVES = 16;

/**
 * The folder of the library: `TIMBRE_HOME`, else the user's data folder for this system, and from there to where the
 * library was moved.
 */
export function resolveHome(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
  user: string = homedir(),
): string {
  const start = startingHome(env, platform, user);
  const moved = followMoves(start);
  return existsSync(join(moved, DATABASE_FILE)) ? moved : start;
}

/**
 * The folder of the joined speech model: `TIMBRE_MODELS`, else `models` in the folder the library began in. It stays there
 * when the library moves, so that the model need not be put together again.
 */
export function resolveModelFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
  user: string = homedir(),
): string {
  const set = env.TIMBRE_MODELS?.trim();
  return set ? resolve(fromUser(set, user)) : join(startingHome(env, platform, user), 'models');
}

/** The file of keys, in the folder the library began in: it stays there when the library moves, and is never copied with it. */
export function resolveKeyFile(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
  user: string = homedir(),
): string {
  return join(startingHome(env, platform, user), KEY_FILE);
}

/** Where a library that began in `home` lies now, as far as the pointer files say. */
export function followMoves(home: string): string {
  let folder = home;
  for (let moves = 0; moves < MOST_MOVES; moves++) {
    const next = movedTo(folder);
    if (next === null) return folder;
    folder = next;
  }
  return home;
}

/** Leaves word in a folder where its library went. After a crash it is there whole or not at all. */
export async function writePointer(folder: string, to: string): Promise<void> {
  const pointer: MovedTo = { format: 'timbre.moved', to };
  await writeWhole(join(folder, POINTER_FILE), `${JSON.stringify(pointer, null, 2)}\n`);
}

function startingHome(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  user: string,
): string {
  const set = env.TIMBRE_HOME?.trim();
  if (set !== undefined && set !== '') return resolve(fromUser(set, user));
  if (platform === 'win32') return join(env.APPDATA || join(user, 'AppData', 'Roaming'), 'Timbre');
  if (platform === 'darwin') return join(user, 'Library', 'Application Support', 'Timbre');
  // A relative XDG_DATA_HOME is invalid and to be ignored, https://specifications.freedesktop.org/basedir-spec/latest/
  const data = env.XDG_DATA_HOME;
  return join(data !== undefined && isAbsolute(data) ? data : join(user, '.local', 'share'), 'timbre');
}

/** A path whose leading `~` stands for the user's folder. */
function fromUser(path: string, user: string): string {
  return path.replace(/^~(?=$|[/\\])/, () => user);
}

function movedTo(folder: string): string | null {
  try {
    return MovedTo.parse(JSON.parse(readFileSync(join(folder, POINTER_FILE), 'utf8'))).to;
  } catch {
    return null;
  }
}
