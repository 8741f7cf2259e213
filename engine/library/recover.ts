import { statSync } from 'node:fs';
import type { Fault } from '../../shared/errors.ts';
import { audioPath, samplesInFile } from './audio-files.ts';
import { processLives, removeDeadProcesses } from './locks.ts';
import type { Place } from './place.ts';

const CUT_OFF: Fault = {
  code: 'cut_short',
  message: 'Timbre stopped, or could not store it, while this take was being made.',
  kept: 'What had arrived is kept.',
  todo: 'Make another take.',
};

/**
 * Turns takes that a dead process left `rendering`, or whose end could not be stored, into incomplete ones, with the samples that had arrived. Only the
 * library's owner may call it.
 *
 * @returns the ids of those takes
 */
export function recoverTakes(place: Place): string[] {
  const { database, home } = place;
  const rows = database.all(`SELECT id, audio_id, writer FROM takes WHERE state = 'rendering'`);
  const recovered: string[] = [];
  const alive = new Map<string, boolean>();
  for (const row of rows) {
    const writer = String(row.writer);
    const own = writer === place.processId;
    const lives = own ? place.making.has(String(row.id)) : (alive.get(writer) ?? processLives(home, writer));
    if (!own) alive.set(writer, lives);
    if (lives) continue;
    const path = audioPath(home, String(row.audio_id));
    const samples = samplesInFile(path);
    const written = statSync(path, { throwIfNoEntry: false });
    database.transaction(() => {
      database.run('UPDATE audio SET samples = ? WHERE id = ?', samples, String(row.audio_id));
      database.run(
        `UPDATE takes SET state = 'incomplete', samples = ?, fault = ?, last_byte_at = ?, writer = NULL
         WHERE id = ? AND state = 'rendering'`,
        samples,
        JSON.stringify(CUT_OFF),
        samples > 0 && written !== undefined ? written.mtimeMs : null,
        String(row.id),
      );
    });
    recovered.push(String(row.id));
  }
  removeDeadProcesses(home, place.processId);
  return recovered;
}
