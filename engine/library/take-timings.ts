import { CharacterTimings } from '../../shared/schemas/take.ts';
import { parseJson } from '../../shared/text/parse-json.ts';
import type { Place } from './place.ts';

/** Keeps when each character of an audio is heard; what was kept before stays. */
export function storeTimings({ database }: Place, audioId: string, timings: CharacterTimings): void {
  const sql = 'INSERT OR IGNORE INTO audio_timings (audio_id, timings) VALUES (?, ?)';
  database.run(sql, audioId, JSON.stringify(timings));
}

/** When each character of a take is heard; null where that is not known. */
export function takeTimings(place: Place, takeId: string): CharacterTimings | null {
  const row = place.database.get(
    'SELECT m.timings FROM takes t JOIN audio_timings m ON m.audio_id = t.audio_id WHERE t.id = ?',
    takeId,
  );
  if (row === undefined) return null;
  const parsed = CharacterTimings.safeParse(parseJson(String(row.timings)));
  if (parsed.success) return parsed.data;
  place.report(`The timings of take ${takeId} cannot be read.`);
  return null;
}
