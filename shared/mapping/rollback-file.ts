import { z } from 'zod';
import { fault } from '../errors.ts';
import { MappedVoice, Mapping, MappingSide, MOST_ROWS } from '../schemas/mapping.ts';
import { IsoTime, isApproved, type MappingFile, type MappingFileRow, plainlyApproved } from './mapping-file.ts';
import { readJsonFile } from './read-mapping.ts';

/** A voice that came into use by a mapping, and the one that comes back in its place, as it was set. */
export const RollbackRow = z.object({ inUse: MappedVoice, restored: MappedVoice });
export type RollbackRow = z.infer<typeof RollbackRow>;

/** The way back from a mapping: restores the side that was left. */
export const RollbackFile = z.object({
  format: z.literal('timbre.mapping-rollback'),
  version: z.literal(1),
  /** Of the mapping that is taken back. */
  name: Mapping.shape.name,
  /** The side that is in use. */
  from: MappingSide,
  /** The side that is restored. */
  to: MappingSide,
  /** When the file was made. */
  madeAt: IsoTime,
  /** In the mapping's order. Several old voices may have had one successor: then it is in use in several rows. */
  rows: z.array(RollbackRow).max(MOST_ROWS),
  /** Names of approved voices that cannot come back: only recordings of them were there. */
  notRestored: z.array(z.string().max(200)).max(MOST_ROWS),
});
export type RollbackFile = z.infer<typeof RollbackFile>;

/** The old voice as it can be spoken with again; null where only recordings of it are there. */
function speakable({ voiceId, voiceName, modelId, settings }: MappingFileRow['old']): MappedVoice | null {
  return voiceId === null || settings === null ? null : { voiceId, voiceName, modelId, settings };
}

/**
 * The way back from what was approved of a mapping.
 *
 * @throws FaultError conflict where no approved voice can come back
 */
export function rollbackFile({ name, from, to, madeAt, rows }: MappingFile): RollbackFile {
  const approved = rows.filter(isApproved);
  const back = approved.flatMap(({ old, new: inUse }) => {
    const restored = speakable(old);
    return restored === null ? [] : [{ inUse, restored }];
  });
  if (back.length === 0) {
    throw fault('conflict', 'There is nothing to go back to: no approved row has an old voice that can speak.', {
      kept: 'The mapping is as it was.',
      todo: 'Approve a row first.',
    });
  }
  const notRestored = approved.flatMap(({ old }) => (speakable(old) === null ? [old.voiceName] : []));
  return {
    format: 'timbre.mapping-rollback',
    version: 1,
    name,
    from: to,
    to: from,
    madeAt,
    rows: back,
    notRestored,
  };
}

/**
 * The place of a mapping's row among those of its way back; null where it does not come back.
 *
 * @param place index in the mapping's rows; null for none
 */
export function placeInRollback({ rows }: MappingFile, place: number | null): number | null {
  const comesBack = (row: MappingFileRow | undefined) => row && isApproved(row) && speakable(row.old) !== null;
  return place !== null && comesBack(rows[place]) ? rows.slice(0, place).filter(comesBack).length : null;
}

/** A rollback file as JSON text. */
export const writeRollbackFile = (file: RollbackFile): string => `${JSON.stringify(file, null, 2)}\n`;

const AnyRollbackFile = RollbackFile.pick({ format: true }).extend({ version: z.number().int().min(1) });

/** Reads what {@link writeRollbackFile} wrote. @throws FaultError invalid, library_newer */
export const readRollbackFile = (text: string): RollbackFile =>
  readJsonFile(text, AnyRollbackFile, RollbackFile, 'the way back from a mapping');

/** The way back as a mapping of its own, from the side in use to the one that is restored, every row of it approved. */
export function rollbackMapping({ name, from, to, madeAt, rows }: RollbackFile): MappingFile {
  return {
    format: 'timbre.mapping',
    version: 1,
    name,
    from,
    to,
    madeAt,
    rows: rows.map(({ inUse, restored }) => ({
      old: { ...inUse, language: null, gender: 'unknown', accent: '' },
      new: restored,
      ...plainlyApproved(),
    })),
  };
}
