import { randomUUID } from 'node:crypto';
import { type Fault, fault } from '../../shared/errors.ts';
import {
  KEPT_VERDICTS,
  type MappedVoice,
  MappingRow,
  type MappingRowPatch,
  type MappingVerdict,
  MOST_ROWS,
  type Proposal,
  type RowState,
  SourceVoice,
  verdictInForce,
} from '../../shared/schemas/mapping.ts';
import { parseJson } from '../../shared/text/parse-json.ts';
import { voiceIdParts } from '../../shared/voice-id.ts';
import type { Row } from './database.ts';
import type { Place } from './place.ts';
import { removeReferences, replaceReferences } from './references.ts';

/** Kind of the references by which a row keeps its takes. */
export const MAPPING_KIND = 'mapping';

/** Mappings that are there. */
export const LIVE_MAPPING = `deleted_at IS NULL AND project_id IN (SELECT id FROM projects WHERE deleted_at IS NULL)`;
const SELECT = 'SELECT id, mapping_id AS mappingId, place, content, updated_at AS updatedAt FROM mapping_rows';
const LIVE = `deleted_at IS NULL AND mapping_id IN (SELECT id FROM mappings WHERE ${LIVE_MAPPING})`;

/** A voice is the same under the same id; one that only recordings are known of, by those and its name. */
function voiceKey({ voiceId, voiceName, recordings }: SourceVoice): string {
  return voiceId ?? JSON.stringify([voiceName, recordings.toSorted()]);
}

/** Rows of mappings: voices and their successors. Each change is a transaction, and touches one row alone. */
export class MappingRows {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  /** Those of a mapping, in their order. */
  all(mappingId: string): MappingRow[] {
    const sql = `${SELECT} WHERE ${LIVE} AND mapping_id = ? ORDER BY place, id`;
    return this.#place.database.all(sql, mappingId).flatMap((row) => this.#parse(row) ?? []);
  }

  /** One of them, or null. */
  one(id: string): MappingRow | null {
    const row = this.#place.database.get(`${SELECT} WHERE ${LIVE} AND id = ?`, id);
    return row === undefined ? null : this.#parse(row);
  }

  /** Adds voices at the end, but none that is there already. @returns what was added @throws FaultError too_large */
  add(mappingId: string, sources: readonly SourceVoice[]): MappingRow[] {
    return this.#place.database.transaction(() => {
      const known = new Set(this.all(mappingId).map(({ source }) => voiceKey(source)));
      const added: MappingRow[] = [];
      for (const source of sources) {
        const key = voiceKey(SourceVoice.parse(source));
        if (known.has(key)) continue;
        known.add(key);
        const id = randomUUID();
        const none = { fault: null, anyLabels: false, proposal: null, choice: null, byHand: false, verdicts: [] };
        added.push(this.append({ ...none, id, mappingId, place: 0, source, state: 'new', updatedAt: Date.now() }));
      }
      return added;
    });
  }

  /** Adds a row as it stands, at the end. @throws FaultError too_large, invalid */
  append(given: MappingRow): MappingRow {
    const { database } = this.#place;
    return database.transaction(() => {
      const row = checked({ ...given, place: this.#count(given.mappingId) });
      if (row.place >= MOST_ROWS) {
        throw fault('too_large', `A mapping has at most ${MOST_ROWS} voices.`, {
          kept: 'None was added.',
          todo: 'Choose fewer, or make a second mapping for the others.',
          param: 'sources',
        });
      }
      database.run(
        `INSERT INTO mapping_rows (id, mapping_id, place, old_voice, approved_at, updated_at, content)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
        row.id,
        row.mappingId,
        row.place,
        oldVoiceOf(row),
        approvedAt(row),
        row.updatedAt,
        contentOf(row),
      );
      this.#refer(row);
      return row;
    });
  }

  /** Takes rows out; `restore` brings them back until the next clean-up. @returns how many */
  remove(mappingId: string, ids: readonly string[]): number {
    const { database } = this.#place;
    return database.transaction(() => {
      const sql = `UPDATE mapping_rows SET deleted_at = ? WHERE mapping_id = ? AND deleted_at IS NULL
        AND id IN (SELECT value FROM json_each(?)) RETURNING id`;
      const removed = database.all(sql, Date.now(), mappingId, JSON.stringify(ids));
      for (const { id } of removed) removeReferences(this.#place, MAPPING_KIND, String(id));
      this.#renumber(mappingId);
      return removed.length;
    });
  }

  /** Brings rows back to where they were, except those whose voice was added anew. @returns how many */
  restore(mappingId: string, ids: readonly string[]): number {
    const { database } = this.#place;
    return database.transaction(() => {
      const known = new Set(this.all(mappingId).map(({ source }) => voiceKey(source)));
      const room = MOST_ROWS - this.#count(mappingId);
      const sql = `${SELECT} WHERE mapping_id = ? AND deleted_at IS NOT NULL
        AND id IN (SELECT value FROM json_each(?)) ORDER BY deleted_at DESC, place, id`;
      const gone = database.all(sql, mappingId, JSON.stringify(ids)).flatMap((row) => this.#parse(row) ?? []);
      const back = gone.filter(({ source }) => !known.has(voiceKey(source))).slice(0, room);
      for (const row of back) {
        const further =
          'UPDATE mapping_rows SET place = place + 1 WHERE mapping_id = ? AND deleted_at IS NULL AND place >= ?';
        database.run(further, mappingId, row.place);
        database.run('UPDATE mapping_rows SET deleted_at = NULL WHERE id = ?', row.id);
        this.#restart(row);
      }
      this.#renumber(mappingId);
      return back.length;
    });
  }

  /** Puts rows into this order; those that are not named come behind, as they stood. */
  order(mappingId: string, ids: readonly string[]): void {
    const { database } = this.#place;
    database.transaction(() => {
      const named = new Map(ids.map((id, place) => [id, place]));
      const rows = database.all(
        'SELECT id, place FROM mapping_rows WHERE mapping_id = ? AND deleted_at IS NULL',
        mappingId,
      );
      for (const { id, place } of rows) {
        const next = named.get(String(id)) ?? ids.length + Number(place);
        database.run('UPDATE mapping_rows SET place = ? WHERE id = ?', next, String(id));
      }
      this.#renumber(mappingId);
    });
  }

  /** What a person changes of it. @throws FaultError not_found, invalid */
  patch(id: string, patch: MappingRowPatch): MappingRow {
    return this.#change(id, (row) => {
      if (patch.source && patch.source.voiceId !== row.source.voiceId) {
        throw fault('invalid', 'A row stays with its voice.', {
          kept: 'The row is as it was.',
          todo: 'Add the other voice as a row of its own.',
          param: 'source.voiceId',
        });
      }
      const byHand = patch.byHand ?? (patch.choice === undefined ? row.byHand : patch.choice !== null);
      return { ...row, ...patch, byHand };
    });
  }

  /** How far the looking for a successor is. @throws FaultError not_found */
  setState(id: string, state: RowState, why: Fault | null): MappingRow {
    return this.#change(id, (row) => ({ ...row, state, fault: why }));
  }

  /**
   * Keeps what was proposed. Verdicts stay, and so does a choice that a person made by hand or approved; any other one
   * is replaced.
   * @throws FaultError not_found, invalid
   */
  propose(id: string, proposal: Proposal, choice: MappedVoice | null): MappingRow {
    return this.#change(id, (row) => {
      const stays = row.byHand || verdictInForce(row)?.verdict === 'approved';
      return { ...row, state: 'proposed', fault: null, proposal, choice: stays ? row.choice : choice };
    });
  }

  /** Files what somebody said, in place of the verdict with its id. @throws FaultError not_found, invalid */
  fileVerdict(id: string, verdict: MappingVerdict): MappingRow {
    if (verdict.verdict === 'approved' && verdict.choice === null) {
      throw fault('invalid', 'No voice is chosen, so there is nothing to approve.', {
        kept: 'The row is as it was.',
        todo: 'Choose a voice first.',
        param: 'choice',
      });
    }
    return this.#change(id, (row) => {
      const others = row.verdicts.filter((other) => other.id !== verdict.id);
      return { ...row, verdicts: inOrder([...others, verdict]) };
    });
  }

  /** Takes a verdict back; the one before is in force again. Nothing where it is not there. @throws FaultError not_found */
  takeBackVerdict(id: string, verdictId: string): MappingRow {
    return this.#change(id, (row) => ({ ...row, verdicts: row.verdicts.filter((other) => other.id !== verdictId) }));
  }

  /** Puts a row in place of the one with its id. */
  replace(row: MappingRow): MappingRow {
    const { database } = this.#place;
    const whole = checked(row);
    database.transaction(() => {
      const sql = 'UPDATE mapping_rows SET old_voice = ?, approved_at = ?, updated_at = ?, content = ? WHERE id = ?';
      database.run(sql, oldVoiceOf(whole), approvedAt(whole), whole.updatedAt, contentOf(whole), whole.id);
      this.#refer(whole);
    });
    return whole;
  }

  /** Says which takes the rows of a mapping need; none of them where it was removed. */
  referAll(mappingId: string): void {
    const { database } = this.#place;
    const sql =
      'DELETE FROM take_references WHERE kind = ? AND ref_id IN (SELECT id FROM mapping_rows WHERE mapping_id = ?)';
    database.run(sql, MAPPING_KIND, mappingId);
    for (const row of this.all(mappingId)) this.#restart(row);
  }

  /** A row that comes back: nobody looks for its successor any more. */
  #restart(row: MappingRow): void {
    const searched = row.state === 'queued' || row.state === 'running';
    if (searched) this.replace({ ...row, state: stateBefore(row) });
    else this.#refer(row);
  }

  #change(id: string, change: (row: MappingRow) => MappingRow): MappingRow {
    return this.#place.database.transaction(() => {
      const known = this.one(id);
      if (known === null) throw noRow();
      return this.replace({ ...change(known), updatedAt: Date.now() });
    });
  }

  #refer({ id, source, proposal }: MappingRow): void {
    const proposed = proposal?.candidates.flatMap(({ takeIds }) => takeIds) ?? [];
    replaceReferences(this.#place, MAPPING_KIND, id, [...source.recordings, ...(proposal?.takeIds ?? []), ...proposed]);
  }

  #count(mappingId: string): number {
    const sql = 'SELECT count(*) FROM mapping_rows WHERE mapping_id = ? AND deleted_at IS NULL';
    return this.#place.database.number(sql, mappingId);
  }

  /** Gives the rows that are there the places from 0, in their order. */
  #renumber(mappingId: string): void {
    const sql = `UPDATE mapping_rows SET place = next FROM (
        SELECT id AS known, row_number() OVER (ORDER BY place, id) - 1 AS next FROM mapping_rows
        WHERE mapping_id = ? AND deleted_at IS NULL
      ) WHERE id = known AND place <> next`;
    this.#place.database.run(sql, mappingId);
  }

  #parse({ content, ...row }: Row): MappingRow | null {
    const stored = parseJson(String(content));
    const parsed = MappingRow.safeParse({ ...(typeof stored === 'object' ? stored : {}), ...row });
    if (parsed.success) return parsed.data;
    this.#place.report(`Row ${String(row.id)} of a mapping cannot be read and is left out.`);
    return null;
  }
}

/** How a row stood before it was queued: what it failed with stays until it is done. */
export function stateBefore({ fault: why, proposal }: Pick<MappingRow, 'fault' | 'proposal'>): RowState {
  if (why !== null) return 'failed';
  return proposal ? 'proposed' : 'new';
}

/** Verdicts of a row, the newest last. */
export function inOrder(verdicts: readonly MappingVerdict[]): MappingVerdict[] {
  return verdicts.toSorted((a, b) => a.at - b.at).slice(-KEPT_VERDICTS);
}

/** What is stored as JSON: everything that has no column of its own. */
function contentOf({ source, state, fault, anyLabels, proposal, choice, byHand, verdicts }: MappingRow): string {
  return JSON.stringify({ source, state, fault, anyLabels, proposal, choice, byHand, verdicts });
}

const oldVoiceOf = ({ source }: MappingRow) => (source.voiceId === null ? null : voiceIdParts(source.voiceId).local);

/** When the verdict in force approved the choice, in ms since the epoch; null where none did. */
function approvedAt(row: MappingRow): number | null {
  const verdict = verdictInForce(row);
  return verdict?.verdict === 'approved' && verdict.choice !== null ? verdict.at : null;
}

function checked(row: unknown): MappingRow {
  const parsed = MappingRow.safeParse(row);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw fault('invalid', `This row cannot be kept: ${issue?.message ?? 'it is not whole'}.`, {
    kept: 'What was there is as it was.',
    param: issue?.path.join('.') ?? 'row',
  });
}

function noRow() {
  return fault('not_found', 'There is no such voice in the mapping (any more).', { param: 'rowId' });
}
