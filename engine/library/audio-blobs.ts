import type { Place } from './place.ts';

/** What is computed of an audio and kept with it, packed: each in a table and column of its own. */
const TABLES = {
  /** What it is aligned by. */
  features: 'audio_features',
  /** How the voice in it speaks. */
  profile: 'audio_profiles',
} as const;
export type AudioBlob = keyof typeof TABLES;

/** Keeps something with the audio of a take; what was kept before is replaced. A take without audio keeps none. */
export function storeBlob({ database }: Place, what: AudioBlob, takeId: string, bytes: Uint8Array): void {
  const sql = `INSERT OR REPLACE INTO ${TABLES[what]} (audio_id, ${what}) SELECT audio_id, ? FROM takes WHERE id = ?`;
  database.run(sql, bytes, takeId);
}

/** What is kept with the audio of a take, or null where it is not. */
export function takeBlob({ database }: Place, what: AudioBlob, takeId: string): Uint8Array | null {
  const row = database.get(
    `SELECT b.${what} AS bytes FROM takes t JOIN ${TABLES[what]} b ON b.audio_id = t.audio_id WHERE t.id = ?`,
    takeId,
  );
  return row?.bytes instanceof Uint8Array ? row.bytes : null;
}
