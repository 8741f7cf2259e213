import { sameJson } from '../canonical.ts';
import { NEUTRAL_SETTINGS } from '../controls/controls.ts';
import { fault } from '../errors.ts';
import {
  type MappedVoice,
  type MappingRow,
  MappingVerdict,
  SourceVoice,
  verdictInForce,
  type WholeMapping,
} from '../schemas/mapping.ts';
import type { MappingChange } from '../schemas/mapping-deeds.ts';
import { voiceIdParts } from '../voice-id.ts';
import { isApproved, type MappingFileRow } from './mapping-file.ts';
import type { ReadMapping } from './read-mapping.ts';

/** What a file changes of one row, and the old voice where it is to be added. */
export interface PlannedChange extends Omit<MappingChange, 'added'> {
  /** The old voice, where it is not in the mapping. */
  added: SourceVoice | null;
}

/** What a file changes of a mapping. */
export interface PlannedChanges {
  changes: PlannedChange[];
  /** Rows of the file that change nothing. */
  unchanged: number;
  problems: string[];
}

/** Where and when a file is read. */
export interface Reading {
  /** Name of the file. */
  name: string;
  /** Milliseconds since the epoch. */
  now: number;
  /** Makes the id of a verdict. */
  newId(): string;
}

/** What formats that an agent reads carry of speed, pitch in st and volume in dB is as fine as this, give or take half. */
const FINENESS = 0.001;

/** Whether two voices are set alike, as far as every format can tell. */
function sameVoice(a: MappedVoice | null, b: MappedVoice): boolean {
  if (a === null || a.voiceId !== b.voiceId || a.modelId !== b.modelId) return false;
  const [{ speed, pitch, volume, ...rest }, { speed: s, pitch: p, volume: v, ...others }] = [a.settings, b.settings];
  const alike = Math.max(Math.abs(speed - s), Math.abs(pitch - p), Math.abs(volume - v)) <= FINENESS;
  return alike && sameJson(rest, others);
}

const localOf = (voiceId: string) => voiceIdParts(voiceId).local;

/** What a voice is called in a sentence. */
const wordsFor = ({ old }: MappingFileRow) => `“${old.voiceName || old.voiceId || 'a voice without a name'}”`;

/**
 * The row of an old voice: by its id; by the provider's own id where just one row has it, for a second connection of a
 * kind has another prefix; by its name where it is known by recordings alone.
 */
function rowOf({ rows }: WholeMapping, { old }: MappingFileRow): MappingRow | null {
  const { voiceId, voiceName } = old;
  if (voiceId === null) {
    return rows.find(({ source }) => source.voiceId === null && source.voiceName === voiceName) ?? null;
  }
  const exact = rows.find(({ source }) => source.voiceId === voiceId);
  if (exact) return exact;
  const [near, another] = rows.filter(
    ({ source }) => source.voiceId !== null && localOf(source.voiceId) === localOf(voiceId),
  );
  return near && !another ? near : null;
}

/** @throws FaultError conflict where the file leads from the mapping's new voices to its old ones */
function refuseWayBack(mapping: WholeMapping, rows: readonly MappingFileRow[]): void {
  const { from, to } = mapping;
  if (to.kind !== 'provider' || (from.kind === 'provider' && from.provider === to.provider)) return;
  const leadsBack = ({ old }: MappingFileRow) =>
    old.voiceId !== null && voiceIdParts(old.voiceId).provider === to.provider;
  if (rows.length === 0 || !rows.every((row) => leadsBack(row) && rowOf(mapping, row) === null)) return;
  throw fault('conflict', 'The file leads the other way: its old voices are of the side that this mapping goes to.', {
    kept: 'Nothing was changed.',
    todo: 'Make a mapping that goes the other way, and read the file there.',
  });
}

/** A voice as it comes into a mapping. Settings that no file tells are neutral ones. */
const sourceOf = ({ old }: MappingFileRow): SourceVoice =>
  SourceVoice.parse({ ...old, settings: old.settings ?? NEUTRAL_SETTINGS });

/** Whether what the file says stands already: the same of the same pair, by the same person, not earlier. */
function stands(inForce: MappingVerdict | null, row: MappingFileRow): boolean {
  if (inForce?.verdict !== row.verdict) return false;
  // A file that does not tell who and when has nothing to add.
  if (row.at === null && row.by === '') return true;
  const notEarlier = row.at === null || inForce.at >= Date.parse(row.at);
  return inForce.by === row.by && inForce.note.startsWith(row.note) && notEarlier;
}

/**
 * What a file says of a row, so that it is in force: with its time where that is the newest, and else now, with its time
 * in the note.
 */
function verdictOf(
  row: MappingFileRow,
  verdicts: readonly MappingVerdict[],
  choice: MappedVoice | null,
  { name, now, newId }: Reading,
): MappingVerdict {
  const newest = verdicts.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const said = row.at === null ? null : Date.parse(row.at);
  const asSaid = said !== null && said >= newest;
  const source = `From the file “${name}”${row.at === null ? '' : `, said at ${row.at}`}.`;
  const note = asSaid ? row.note : [row.note, source].filter((part) => part !== '').join('\n');
  return MappingVerdict.parse({
    id: newId(),
    at: asSaid ? said : Math.max(now, newest),
    by: row.by,
    verdict: row.verdict,
    note: note.slice(0, 10_000),
    choice,
  });
}

function changeOf(file: MappingFileRow, row: MappingRow | null, reading: Reading): PlannedChange {
  const known = row?.choice ?? null;
  // A file without a new voice says nothing of the one that is chosen here.
  const becomes = file.new === null || sameVoice(known, file.new) ? null : file.new;
  const choice = becomes ?? known;
  const verdicts = row?.verdicts ?? [];
  const inForce = row ? verdictInForce(row) : null;
  const ofThisPair = file.new !== null || known === null;
  const said = file.verdict !== null && ofThisPair && !(file.verdict === 'approved' && choice === null);
  const stood = stands(verdictInForce({ verdicts: [...verdicts], choice }), file);
  return {
    rowId: row?.id ?? null,
    added: row ? null : sourceOf(file),
    oldVoiceId: row ? row.source.voiceId : file.old.voiceId,
    oldVoiceName: row?.source.voiceName || file.old.voiceName,
    choice: becomes && { was: known, becomes },
    verdict: said && !stood ? { was: inForce, becomes: verdictOf(file, verdicts, choice, reading) } : null,
  };
}

const changesNothing = ({ added, choice, verdict }: PlannedChange) => !added && !choice && !verdict;

/**
 * What a file that was read changes of a mapping: choices, which then are choices by hand; verdicts with their who and
 * when; old voices that are not in the mapping are added. What else the mapping says stays as it is.
 *
 * @throws FaultError conflict where the file leads the other way
 */
export function mappingChanges(mapping: WholeMapping, read: ReadMapping, reading: Reading): PlannedChanges {
  refuseWayBack(mapping, read.rows);
  const problems = [...read.problems];
  const seen = new Set<string>();
  const changes: PlannedChange[] = [];
  let unchanged = 0;
  for (const file of read.rows) {
    const row = rowOf(mapping, file);
    const key = row?.id ?? JSON.stringify([file.old.voiceId, file.old.voiceId === null ? file.old.voiceName : '']);
    if (seen.has(key)) {
      problems.push(`${wordsFor(file)} is in the file more than once; what it says first counts.`);
      continue;
    }
    seen.add(key);
    if (file.verdict === 'approved' && !isApproved(file)) {
      problems.push(`${wordsFor(file)} is said to be approved, but has no new voice: that verdict is left out.`);
    }
    const change = changeOf(file, row, reading);
    if (changesNothing(change)) unchanged += 1;
    else changes.push(change);
  }
  return { changes, unchanged, problems };
}
