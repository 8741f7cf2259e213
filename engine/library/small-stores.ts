import { z } from 'zod';
import { fault } from '../../shared/errors.ts';
import { BlendRequest } from '../../shared/schemas/voice.ts';
import type { StoredBlend } from './library.ts';
import type { Place } from './place.ts';

const StoredBlendRow = BlendRequest.extend({ id: z.string() });

/** Blended voices, the oldest first. */
export function blends(place: Place): StoredBlend[] {
  const rows = place.database.all('SELECT id, name, parts FROM blends ORDER BY created_at, id');
  return rows.flatMap((row) => {
    try {
      return [StoredBlendRow.parse({ ...row, parts: JSON.parse(String(row.parts)) })];
    } catch {
      place.report(`Blended voice ${String(row.id)} cannot be read and is left out.`);
      return [];
    }
  });
}

export function addBlend(place: Place, blend: StoredBlend): void {
  if (place.database.get('SELECT id FROM blends WHERE id = ?', blend.id) !== undefined) {
    throw fault('conflict', 'There is already a blended voice with this id.', { param: 'id' });
  }
  place.database.run(
    'INSERT INTO blends (id, name, parts, created_at) VALUES (?, ?, ?, ?)',
    blend.id,
    blend.name,
    JSON.stringify(blend.parts),
    Date.now(),
  );
}

export function removeBlend(place: Place, id: string): void {
  if (place.database.run('DELETE FROM blends WHERE id = ?', id) === 0) {
    throw fault('not_found', 'There is no such blended voice.', { param: 'id' });
  }
}

/** A preference's JSON value; null where it was never set or cannot be read. */
export function preference(place: Place, name: string): unknown {
  const row = place.database.get('SELECT value FROM preferences WHERE name = ?', name);
  return row === undefined ? null : parsedValue(place, name, row.value);
}

/** All preferences by name; null where one cannot be read. */
export function preferences(place: Place): Record<string, unknown> {
  const rows = place.database.all('SELECT name, value FROM preferences ORDER BY name');
  return Object.fromEntries(rows.map(({ name, value }) => [String(name), parsedValue(place, String(name), value)]));
}

function parsedValue(place: Place, name: string, value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    place.report(`Preference ${name} cannot be read and counts as never set.`);
    return null;
  }
}

export function setPreference(place: Place, name: string, value: unknown): void {
  place.database.run(
    'INSERT INTO preferences (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    name,
    JSON.stringify(value ?? null),
  );
}
