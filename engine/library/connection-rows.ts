import { fault } from '../../shared/errors.ts';
import { Connection } from '../../shared/schemas/connection.ts';
import { parseJson } from '../../shared/text/parse-json.ts';
import type { Place } from './place.ts';

/** Providers that were set up, the oldest first. */
export function connections(place: Place): Connection[] {
  const rows = place.database.all('SELECT id, settings FROM connections ORDER BY created_at, id');
  return rows.flatMap((row) => {
    const parsed = Connection.safeParse(parseJson(String(row.settings)));
    if (parsed.success && parsed.data.id === row.id) return [parsed.data];
    place.report(`The provider ${String(row.id)} cannot be read and is left out.`);
    return [];
  });
}

/** @throws FaultError conflict where there is one of this id */
export function addConnection(place: Place, connection: Connection): void {
  const added = place.database.run(
    'INSERT OR IGNORE INTO connections (id, settings, created_at) VALUES (?, ?, ?)',
    connection.id,
    JSON.stringify(connection),
    Date.now(),
  );
  if (added === 0) throw fault('conflict', 'There is already a provider of this name.', { param: 'id' });
}

/** @throws FaultError not_found */
export function replaceConnection(place: Place, connection: Connection): void {
  const sql = 'UPDATE connections SET settings = ? WHERE id = ?';
  if (place.database.run(sql, JSON.stringify(connection), connection.id) === 0) throw noConnection();
}

/** Removes it with what it listed. @throws FaultError not_found */
export function removeConnection(place: Place, id: string): void {
  place.database.transaction(() => {
    place.database.run('DELETE FROM voice_lists WHERE provider = ?', id);
    if (place.database.run('DELETE FROM connections WHERE id = ?', id) === 0) throw noConnection();
  });
}

/** What a provider listed last, as JSON, and when, in ms since the epoch; null where nothing is kept. */
export function voiceList(place: Place, provider: string): { list: unknown; at: number } | null {
  const row = place.database.get('SELECT list, read_at FROM voice_lists WHERE provider = ?', provider);
  return row === undefined ? null : { list: parseJson(String(row.list)), at: Number(row.read_at) };
}

/** Keeps what a provider listed. @param at ms since the epoch */
export function storeVoiceList(place: Place, provider: string, list: unknown, at: number): void {
  place.database.run(
    `INSERT INTO voice_lists (provider, list, read_at) VALUES (?, ?, ?)
     ON CONFLICT (provider) DO UPDATE SET list = excluded.list, read_at = excluded.read_at`,
    provider,
    JSON.stringify(list),
    at,
  );
}

export function dropVoiceList(place: Place, provider: string): void {
  place.database.run('DELETE FROM voice_lists WHERE provider = ?', provider);
}

function noConnection() {
  return fault('not_found', 'There is no such provider.', { param: 'id' });
}
