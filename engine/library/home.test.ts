import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { followMoves, resolveHome, resolveModelFolder, writePointer } from './home.ts';
import { temporaryFolder } from './test-library.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

test('the data folder follows the custom of each system', () => {
  expect(resolveHome({}, 'linux', '/home/ada')).toBe('/home/ada/.local/share/timbre');
  expect(resolveHome({ XDG_DATA_HOME: '/data' }, 'linux', '/home/ada')).toBe('/data/timbre');
  expect(resolveHome({ XDG_DATA_HOME: 'relative' }, 'linux', '/home/ada')).toBe('/home/ada/.local/share/timbre');
  expect(resolveHome({}, 'darwin', '/Users/ada')).toBe('/Users/ada/Library/Application Support/Timbre');
  expect(resolveHome({ APPDATA: '/appdata' }, 'win32', '/u')).toBe(join('/appdata', 'Timbre'));
  expect(resolveHome({}, 'win32', '/u')).toBe(join('/u', 'AppData', 'Roaming', 'Timbre'));
});

test('TIMBRE_HOME goes first; empty counts as not set', () => {
  expect(resolveHome({ TIMBRE_HOME: '/voices', XDG_DATA_HOME: '/data' }, 'linux', '/home/ada')).toBe('/voices');
  expect(resolveHome({ TIMBRE_HOME: '~/voices' }, 'linux', '/home/ada')).toBe('/home/ada/voices');
  expect(resolveHome({ TIMBRE_HOME: 'here' }, 'linux', '/home/ada')).toBe(resolve('here'));
  expect(resolveHome({ TIMBRE_HOME: '  ' }, 'linux', '/home/ada')).toBe('/home/ada/.local/share/timbre');
});

test('the model folder is that of the first home, or the one that is named', async () => {
  const [first, second] = ['first', 'second'].map((name) => join(folder.folder, name)) as [string, string];
  for (const each of [first, second]) await mkdir(each);
  await writeFile(join(second, 'library.sqlite'), '');
  await writePointer(first, second);
  const env = { TIMBRE_HOME: first };
  expect(resolveHome(env)).toBe(second);
  expect(resolveModelFolder(env)).toBe(join(first, 'models'));
  expect(resolveModelFolder({ ...env, TIMBRE_MODELS: ' ' })).toBe(join(first, 'models'));
  expect(resolveModelFolder({ ...env, TIMBRE_MODELS: '~/big' }, 'linux', '/home/ada')).toBe('/home/ada/big');
  expect(resolveModelFolder({}, 'linux', '/home/ada')).toBe('/home/ada/.local/share/timbre/models');
});

test('pointers are followed; a ring of them or a broken one leads nowhere', async () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => join(folder.folder, name)) as [string, string, string];
  for (const each of [a, b, c]) await mkdir(each);
  await writePointer(a, b);
  await writePointer(b, c);
  expect(followMoves(a)).toBe(c);
  await writePointer(c, a);
  expect(followMoves(a)).toBe(a);
  await writeFile(join(c, 'moved-to.json'), '{"format":"timbre.moved","to":"../relative"}');
  expect(followMoves(a)).toBe(c);
  expect(resolveHome({ TIMBRE_HOME: a })).toBe(a);
  await writeFile(join(c, 'library.sqlite'), '');
  expect(resolveHome({ TIMBRE_HOME: a })).toBe(c);
});
