import { fault } from '../../shared/errors.ts';
import type { Place } from './place.ts';

/** Says that something needs a take, so that a clean-up keeps it. Saying it twice is the same as once. */
export function addReference(place: Place, takeId: string, kind: string, referrer: string): void {
  if (place.database.get('SELECT id FROM takes WHERE id = ?', takeId) === undefined) {
    throw fault('not_found', 'There is no such take.', { param: 'takeId' });
  }
  place.database.run(
    'INSERT OR IGNORE INTO take_references (take_id, kind, ref_id) VALUES (?, ?, ?)',
    takeId,
    kind,
    referrer,
  );
}

/** Says which takes a referrer needs, in place of those it needed before. One that is gone for good is none of them. */
export function replaceReferences(place: Place, kind: string, referrer: string, takeIds: Iterable<string>): void {
  removeReferences(place, kind, referrer);
  const sql = `INSERT OR IGNORE INTO take_references (take_id, kind, ref_id)
    SELECT id, ?, ? FROM takes WHERE id IN (SELECT value FROM json_each(?))`;
  place.database.run(sql, kind, referrer, JSON.stringify([...takeIds]));
}

/** Takes back every reference of one referrer. */
export function removeReferences(place: Place, kind: string, referrer: string): void {
  place.database.run('DELETE FROM take_references WHERE kind = ? AND ref_id = ?', kind, referrer);
}
