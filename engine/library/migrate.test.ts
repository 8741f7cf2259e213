import { randomUUID } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LibraryDatabase } from './database.ts';
import type { Library } from './library.ts';
import { libraryVersion, MIGRATIONS, migrate } from './migrate.ts';
import { openLibrary } from './open-library.ts';
import { temporaryFolder } from './test-library.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: LibraryDatabase;

beforeEach(async () => {
  folder = await temporaryFolder();
  const library: Library = await openLibrary({ home: folder.folder });
  library.createProject('Kept');
  await library.close();
  database = new LibraryDatabase(join(folder.folder, 'library.sqlite'));
});
afterEach(async () => {
  database.close();
  await folder.remove();
});

const NEXT = [
  ...MIGRATIONS,
  'ALTER TABLE projects ADD COLUMN colour TEXT',
  'ALTER TABLE projects ADD COLUMN icon TEXT',
];
const columns = () => database.all('PRAGMA table_info(projects)').map((row) => row.name);
const backups = async () => (await readdir(join(folder.folder, 'backups'))).filter((name) => name.endsWith('.sqlite'));

test('each step is taken once, after a backup of what was there', async () => {
  await migrate(database, folder.folder, NEXT);
  expect(libraryVersion(database, NEXT.length)).toBe(NEXT.length);
  expect(columns()).toEqual(expect.arrayContaining(['colour', 'icon']));
  const [backup = ''] = await backups();
  const copy = new DatabaseSync(join(folder.folder, 'backups', backup));
  expect(copy.prepare("SELECT count(*) AS n FROM projects WHERE name = 'Kept'").get()).toEqual({ n: 1 });
  expect(copy.prepare('PRAGMA user_version').get()).toEqual({ user_version: MIGRATIONS.length });
  copy.close();
  await migrate(database, folder.folder, NEXT);
  expect(await backups()).toHaveLength(1);
});

test('a step that fails is taken back; those before it stay', async () => {
  const broken = [...NEXT.slice(0, -1), 'ALTER TABLE projects ADD COLUMN half TEXT; ALTER TABLE nowhere ADD COLUMN x'];
  await expect(migrate(database, folder.folder, broken)).rejects.toThrow();
  expect(libraryVersion(database, 99)).toBe(MIGRATIONS.length + 1);
  expect(columns()).toContain('colour');
  expect(columns()).not.toContain('half');
  await migrate(database, folder.folder, NEXT);
  expect(columns()).toContain('icon');
});

test('only the newest backups are kept', async () => {
  const steps = [...MIGRATIONS];
  for (let index = 0; index < 5; index++) {
    steps.push(`ALTER TABLE projects ADD COLUMN c${index} TEXT`);
    await migrate(database, folder.folder, steps);
  }
  const versions = (await backups()).map((name) => /-v(\d+)\.sqlite$/.exec(name)?.[1]);
  const newest = MIGRATIONS.length + 4;
  expect(new Set(versions)).toEqual(new Set([newest, newest - 1, newest - 2].map(String)));
});

test('projects of a library from before there was a shelf are all shown', async () => {
  const home = join(folder.folder, 'before');
  await mkdir(home);
  const before = new LibraryDatabase(join(home, 'library.sqlite'));
  before.prepare();
  await migrate(before, home, MIGRATIONS.slice(0, 4));
  const id = randomUUID();
  before.run('INSERT INTO projects (id, name, created_at) VALUES (?, ?, ?)', id, 'Old', 1);
  before.close();
  const library = await openLibrary({ home });
  try {
    expect(library.projects()).toMatchObject([{ id, name: 'Old' }]);
    expect(library.shelf()).not.toBe(id);
    expect(library.projects()).toHaveLength(1);
  } finally {
    await library.close();
  }
});
