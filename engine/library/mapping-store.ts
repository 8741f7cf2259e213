import { randomUUID } from 'node:crypto';
import { type Fault, fault } from '../../shared/errors.ts';
import {
  MappedVoice,
  Mapping,
  MappingEntry,
  MappingInput,
  type MappingPatch,
  type MappingRow,
  type MappingRowPatch,
  type MappingVerdict,
  type Proposal,
  type RowState,
  SourceVoice,
  type WholeMapping,
} from '../../shared/schemas/mapping.ts';
import type { MatchRunState } from '../../shared/schemas/match-run.ts';
import { parseJson } from '../../shared/text/parse-json.ts';
import { voiceIdParts } from '../../shared/voice-id.ts';
import { storeBlob, takeBlob } from './audio-blobs.ts';
import type { Row } from './database.ts';
import { processLives } from './locks.ts';
import { LIVE_MAPPING, MappingRows } from './mapping-rows.ts';
import { MappingRuns, type StoredRun } from './mapping-runs.ts';
import type { Place } from './place.ts';
import { needProject } from './project-store.ts';

const SELECT = `SELECT id, project_id AS projectId, name, content, created_at AS createdAt, updated_at AS updatedAt
  FROM mappings`;

/** An old voice, and the one that was approved in its place. */
export interface ApprovedVoice {
  from: SourceVoice;
  to: MappedVoice;
}

/** Mappings from voice to voice. A clean-up keeps the takes of those that are not removed. */
export class MappingStore {
  readonly #place: Place;
  readonly #rows: MappingRows;
  readonly #runs: MappingRuns;

  constructor(place: Place) {
    this.#place = place;
    this.#rows = new MappingRows(place);
    this.#runs = new MappingRuns(place);
  }

  /** Those of a project, the last changed first. */
  list(projectId: string): MappingEntry[] {
    const sql = `SELECT m.id, m.name, max(m.updated_at, coalesce(max(r.updated_at), 0), coalesce(max(r.deleted_at), 0)) AS updatedAt,
        count(r.id) FILTER (WHERE r.deleted_at IS NULL) AS rows,
        count(r.approved_at) FILTER (WHERE r.deleted_at IS NULL) AS approved
      FROM (SELECT * FROM mappings WHERE ${LIVE_MAPPING} AND project_id = ?) m
      LEFT JOIN mapping_rows r ON r.mapping_id = m.id GROUP BY m.id ORDER BY updatedAt DESC, m.id`;
    return this.#place.database.all(sql, projectId).flatMap((row) => {
      const entry = MappingEntry.safeParse(row);
      return entry.success ? [entry.data] : [];
    });
  }

  /** Those of a project as they stand, the oldest first. */
  all(projectId: string): WholeMapping[] {
    const sql = `${SELECT} WHERE ${LIVE_MAPPING} AND project_id = ? ORDER BY created_at, id`;
    return this.#place.database.all(sql, projectId).flatMap((row) => this.#whole(row) ?? []);
  }

  /** One of them, or null. */
  one(id: string): WholeMapping | null {
    const row = this.#place.database.get(`${SELECT} WHERE ${LIVE_MAPPING} AND id = ?`, id);
    return row === undefined ? null : this.#whole(row);
  }

  /** @throws FaultError not_found without its project, invalid */
  create(input: MappingInput): WholeMapping {
    const now = Date.now();
    return { ...this.insert({ ...checked(input), id: randomUUID(), createdAt: now, updatedAt: now }), rows: [] };
  }

  /** Adds a mapping as it stands, without rows. @throws FaultError not_found without its project */
  insert(mapping: Mapping): Mapping {
    const { id, projectId, name, createdAt, updatedAt } = mapping;
    needProject(this.#place, projectId);
    const sql = `INSERT INTO mappings (id, project_id, name, content, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)`;
    this.#place.database.run(sql, id, projectId, name, contentOf(mapping), createdAt, updatedAt);
    return mapping;
  }

  /** @throws FaultError not_found, invalid */
  update(id: string, patch: MappingPatch): WholeMapping {
    return this.#place.database.transaction(() => {
      const { rows, ...known } = this.#known(id);
      return { ...this.replace({ ...known, ...checked({ ...known, ...patch }), updatedAt: Date.now() }), rows };
    });
  }

  /** Puts a mapping in place of the one with its id; its rows stay. */
  replace(mapping: Mapping): Mapping {
    const sql = 'UPDATE mappings SET project_id = ?, name = ?, content = ?, updated_at = ? WHERE id = ?';
    const { id, projectId, name, updatedAt } = mapping;
    this.#place.database.run(sql, projectId, name, contentOf(mapping), updatedAt, id);
    return mapping;
  }

  /** Removes a mapping with its rows; can be undone until the next clean-up. @throws FaultError not_found */
  remove(id: string): void {
    const { database } = this.#place;
    database.transaction(() => {
      const sql = 'UPDATE mappings SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL';
      if (database.run(sql, Date.now(), id) === 0) throw noMapping();
      this.#rows.referAll(id);
    });
  }

  /** @throws FaultError not_found */
  restore(id: string): WholeMapping {
    const { database } = this.#place;
    return database.transaction(() => {
      if (database.run('UPDATE mappings SET deleted_at = NULL WHERE id = ?', id) === 0) throw noMapping();
      this.#rows.referAll(id);
      return this.#known(id);
    });
  }

  /** Adds voices at the end, but none that is there already. @returns what was added @throws FaultError not_found, too_large */
  addRows(mappingId: string, sources: readonly SourceVoice[]): MappingRow[] {
    this.#needs(mappingId);
    return this.#rows.add(mappingId, sources);
  }

  /** Takes rows out; `restoreRows` brings them back until the next clean-up. @returns how many */
  removeRows(mappingId: string, ids: readonly string[]): number {
    this.#needs(mappingId);
    return this.#rows.remove(mappingId, ids);
  }

  /** Brings rows back to where they were, except those whose voice was added anew. @returns how many */
  restoreRows(mappingId: string, ids: readonly string[]): number {
    this.#needs(mappingId);
    return this.#rows.restore(mappingId, ids);
  }

  /** Puts rows into this order; those that are not named come behind, as they stood. */
  orderRows(mappingId: string, ids: readonly string[]): void {
    this.#needs(mappingId);
    this.#rows.order(mappingId, ids);
  }

  /** A row, or null. */
  row(id: string): MappingRow | null {
    return this.#rows.one(id);
  }

  /** What a person changes of a row. @throws FaultError not_found, invalid */
  patchRow(id: string, patch: MappingRowPatch): MappingRow {
    return this.#rows.patch(id, patch);
  }

  /** How far the looking for a successor is. @throws FaultError not_found where the row was taken out meanwhile */
  setRowState(id: string, state: RowState, why: Fault | null): MappingRow {
    return this.#rows.setState(id, state, why);
  }

  /**
   * Keeps what was proposed. Verdicts stay, and so does a choice that a person made by hand or approved; any other one
   * is replaced.
   * @throws FaultError not_found where the row was taken out meanwhile
   */
  propose(rowId: string, proposal: Proposal, choice: MappedVoice | null): MappingRow {
    return this.#rows.propose(rowId, proposal, choice);
  }

  /** Files what somebody said, in place of the verdict with its id. @throws FaultError not_found, invalid */
  fileVerdict(rowId: string, verdict: MappingVerdict): MappingRow {
    return this.#rows.fileVerdict(rowId, verdict);
  }

  /** Takes a verdict back; nothing where it is not there. @throws FaultError not_found */
  takeBackVerdict(rowId: string, verdictId: string): MappingRow {
    return this.#rows.takeBackVerdict(rowId, verdictId);
  }

  /**
   * What was approved in place of an old voice, over all mappings that are there, the newest verdict first. Takes about
   * as long as one look into an index: nothing is kept in memory, so that what another process writes is seen at once.
   * @param oldVoiceId `provider:voice`, or the provider's own id of the voice
   */
  approved(oldVoiceId: string): ApprovedVoice[] {
    const sql = `SELECT id, json_extract(content, '$.source') AS source, json_extract(content, '$.choice') AS choice
      FROM mapping_rows WHERE old_voice IN (?, ?) AND approved_at IS NOT NULL AND deleted_at IS NULL
        AND json_valid(content) AND mapping_id IN (SELECT id FROM mappings WHERE ${LIVE_MAPPING})
      ORDER BY approved_at DESC, id`;
    const rows = this.#place.database.all(sql, oldVoiceId, voiceIdParts(oldVoiceId).local);
    return rows.flatMap(({ id, source, choice }) => {
      const from = SourceVoice.safeParse(parseJson(String(source)));
      const to = MappedVoice.safeParse(parseJson(String(choice)));
      if (!from.success || !to.success) {
        this.#place.report(`Row ${String(id)} of a mapping cannot be read and is left out.`);
        return [];
      }
      // Of “a:b” the part “b” is looked up, too; that may be the voice of another provider.
      const { voiceId } = from.data;
      const asked = voiceId === oldVoiceId || (voiceId !== null && voiceIdParts(voiceId).local === oldVoiceId);
      return asked ? [{ from: from.data, to: to.data }] : [];
    });
  }

  /** The voice that was approved last in place of an old one, or null; see `approved`. */
  approvedVoice(oldVoiceId: string): MappedVoice | null {
    return this.approved(oldVoiceId)[0]?.to ?? null;
  }

  /** Keeps how the voice in a take's audio speaks, packed; what was kept before is replaced. */
  storeProfile(takeId: string, profile: Uint8Array): void {
    storeBlob(this.#place, 'profile', takeId, profile);
  }

  /** How the voice in a take's audio speaks, packed; null where it is not kept. */
  profile(takeId: string): Uint8Array | null {
    return takeBlob(this.#place, 'profile', takeId);
  }

  /** Keeps how far a bulk run is, in place of what was kept under its id. @throws FaultError not_found without its mapping */
  storeRun(id: string, mappingId: string, state: MatchRunState, content: unknown): StoredRun {
    return this.#runs.store(id, mappingId, state, content);
  }

  /** Runs of a mapping, the newest first. */
  runs(mappingId: string): StoredRun[] {
    return this.#runs.all(mappingId);
  }

  /** A run, or null. */
  run(id: string): StoredRun | null {
    return this.#runs.one(id);
  }

  /** Running and interrupted runs of every mapping that is there, the oldest first: nobody ended them. */
  unfinishedRuns(): StoredRun[] {
    return this.#runs.unfinished();
  }

  /** Does several things of which all are done or none, and between which no other process does anything. */
  together<Result>(work: () => Result): Result {
    return this.#place.database.transaction(work);
  }

  /** Under which id this process shows that it lives. */
  get processId(): string {
    return this.#place.processId;
  }

  /** Whether the process of this id lives. */
  processLives(id: string): boolean {
    return id === this.#place.processId || processLives(this.#place.home, id);
  }

  #needs(id: string): void {
    if (this.#place.database.get(`SELECT id FROM mappings WHERE ${LIVE_MAPPING} AND id = ?`, id) === undefined) {
      throw noMapping();
    }
  }

  #known(id: string): WholeMapping {
    const mapping = this.one(id);
    if (mapping === null) throw noMapping();
    return mapping;
  }

  #whole({ content, ...row }: Row): WholeMapping | null {
    const stored = parseJson(String(content));
    const parsed = Mapping.safeParse({ ...(typeof stored === 'object' ? stored : {}), ...row });
    if (parsed.success) return { ...parsed.data, rows: this.#rows.all(parsed.data.id) };
    this.#place.report(`Mapping ${String(row.id)} cannot be read and is left out.`);
    return null;
  }
}

/** What is stored as JSON: everything that has no column and no table. */
function contentOf({ from, to, lines }: Mapping): string {
  return JSON.stringify({ from, to, lines });
}

function checked(input: MappingInput): MappingInput {
  const parsed = MappingInput.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw fault('invalid', `This mapping cannot be kept: ${issue?.message ?? 'it is not whole'}.`, {
    param: issue?.path.join('.') ?? 'mapping',
  });
}

function noMapping() {
  return fault('not_found', 'There is no such mapping.', { param: 'id' });
}
