import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NEUTRAL_SETTINGS } from '../../shared/controls/controls.ts';
import { PresetFile } from '../../shared/schemas/preset.ts';
import { TakeQuery } from '../../shared/schemas/take.ts';
import type { Library } from './library.ts';
import { openLibrary } from './open-library.ts';
import { addTake, draftOf, firstProject, temporaryFolder } from './test-library.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let library: Library;
let projectId: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  library = await openLibrary({ home: folder.folder });
  projectId = firstProject(library);
});
afterEach(async () => {
  await library.close();
  await folder.remove();
});

const input = (name: string, speed = 1) => ({
  projectId,
  name,
  voiceId: 'builtin:kokoro/af_heart',
  voiceName: 'Heart',
  settings: { ...NEUTRAL_SETTINGS, speed },
});
const names = () => library.presets(projectId).map((preset) => preset.name);

test('a new library has one project, and the last one is replaced when it is removed', () => {
  expect(library.projects()).toMatchObject([{ name: 'First project', takes: 0, presets: 0 }]);
  library.removeProject(projectId);
  expect(library.projects()).toHaveLength(1);
  expect(firstProject(library)).not.toBe(projectId);
});

test('a project is removed and restored with its takes and presets, but not with those removed before', async () => {
  const second = library.createProject('  Second ');
  expect(second.name).toBe('Second');
  const take = await addTake(library, draftOf(second.id), undefined, 'key');
  const removed = await addTake(library, draftOf(second.id));
  library.removeTakes([removed.id]);
  library.createPreset({ ...input('warm'), projectId: second.id });
  library.removeProject(second.id);
  expect(library.projects()).toHaveLength(1);
  expect(library.takes(TakeQuery.parse({})).total).toBe(0);
  expect(library.takeByKey('key')).toBeNull();
  expect(library.presets()).toEqual([]);
  expect(library.restoreProject(second.id)).toMatchObject({ name: 'Second', takes: 1, presets: 1 });
  expect(library.takes(TakeQuery.parse({ projectId: second.id })).takes).toEqual([take]);
});

test('project names are checked, unknown projects refused', () => {
  expect(library.renameProject(projectId, 'Renamed').name).toBe('Renamed');
  const code = (work: () => unknown) => {
    try {
      work();
      return 'none';
    } catch (thrown) {
      return thrown instanceof Error && 'fault' in thrown ? (thrown.fault as { code: string }).code : 'other';
    }
  };
  expect(code(() => library.renameProject(projectId, ' '))).toBe('invalid');
  expect(code(() => library.createProject('x'.repeat(121)))).toBe('invalid');
  expect(code(() => library.renameProject(randomUUID(), 'x'))).toBe('not_found');
  expect(code(() => library.removeProject(randomUUID()))).toBe('not_found');
  expect(code(() => library.createPreset({ ...input('x'), projectId: randomUUID() }))).toBe('not_found');
});

test('presets of one name are two presets; they are renamed, removed and restored by id', () => {
  const a = library.createPreset(input('calm', 0.9));
  const b = library.createPreset(input('calm', 1.1));
  expect(a.id).not.toBe(b.id);
  expect(library.updatePreset(a.id, { name: 'calmer' })).toMatchObject({
    id: a.id,
    name: 'calmer',
    settings: { speed: 0.9 },
  });
  expect(names()).toEqual(expect.arrayContaining(['calmer', 'calm']));
  library.removePreset(b.id);
  expect(names()).toEqual(['calmer']);
  expect(() => library.updatePreset(b.id, { name: 'x' })).toThrow('no such preset');
  expect(() => library.updatePreset(a.id, { name: '' })).toThrow('cannot be kept');
  expect(library.restorePreset(b.id)).toEqual(b);
});

test('presets are exported and brought in elsewhere with the same settings', () => {
  library.createPreset(input('slow', 0.7));
  library.createPreset(input('fast', 1.6));
  const file = PresetFile.parse(JSON.parse(JSON.stringify(library.exportPresets(projectId))));
  const second = library.createProject('Second');
  const brought = library.importPresets(second.id, file);
  expect(brought).toHaveLength(2);
  expect(library.exportPresets(second.id).presets).toEqual(expect.arrayContaining(file.presets));
  expect(new Set(library.presets().map((preset) => preset.id)).size).toBe(4);
});

test('blends and preferences are kept over a restart', async () => {
  const blend = {
    id: 'blend/one',
    name: 'Both',
    parts: [
      { voice: 'a', weight: 0.25 },
      { voice: 'b', weight: 0.75 },
    ],
  };
  library.addBlend(blend);
  expect(() => library.addBlend(blend)).toThrow('already');
  expect(library.preference('favourites')).toBeNull();
  library.setPreference('favourites', ['a', 'b']);
  library.setPreference('favourites', ['b']);
  await library.close();
  library = await openLibrary({ home: folder.folder });
  expect(library.blends()).toEqual([blend]);
  expect(library.preference('favourites')).toEqual(['b']);
  expect(library.preferences()).toEqual({ favourites: ['b'] });
  library.removeBlend(blend.id);
  expect(library.blends()).toEqual([]);
  expect(() => library.removeBlend(blend.id)).toThrow('no such');
});
