import type { Place } from './place.ts';

/** Keeps what the audio of a take is aligned by; what was kept before is replaced. A take without audio keeps none. */
export function storeFeatures({ database }: Place, takeId: string, features: Uint8Array): void {
  const sql = `INSERT OR REPLACE INTO audio_features (audio_id, features)
    SELECT audio_id, ? FROM takes WHERE id = ?`;
  database.run(sql, features, takeId);
}

/** What the audio of a take is aligned by, or null where it is not kept. */
export function takeFeatures({ database }: Place, takeId: string): Uint8Array | null {
  const row = database.get(
    'SELECT f.features FROM takes t JOIN audio_features f ON f.audio_id = t.audio_id WHERE t.id = ?',
    takeId,
  );
  return row?.features instanceof Uint8Array ? row.features : null;
}
