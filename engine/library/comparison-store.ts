import { randomUUID } from 'node:crypto';
import { fault } from '../../shared/errors.ts';
import {
  Comparison,
  type ComparisonCell,
  ComparisonEntry,
  ComparisonInput,
  type ComparisonPatch,
  type Decision,
} from '../../shared/schemas/comparison.ts';
import { parseJson } from '../../shared/text/parse-json.ts';
import type { Row } from './database.ts';
import type { Place } from './place.ts';
import { needProject } from './project-store.ts';
import { removeReferences, replaceReferences } from './references.ts';

/** Kind of the references by which a comparison keeps its takes. */
export const COMPARISON_KIND = 'comparison';
const SELECT = `SELECT id, project_id AS projectId, name, content, created_at AS createdAt, updated_at AS updatedAt
  FROM comparisons`;
const LIVE = 'deleted_at IS NULL AND project_id IN (SELECT id FROM projects WHERE deleted_at IS NULL)';

/** Comparisons. A clean-up keeps the takes of those that are not removed. */
export class ComparisonStore {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  /** Those of a project, the last changed first. */
  list(projectId: string): ComparisonEntry[] {
    const sql = `SELECT id, name, updated_at AS updatedAt, json_array_length(content, '$.slots') AS slots,
      json_array_length(content, '$.texts') AS texts FROM comparisons
      WHERE ${LIVE} AND project_id = ? AND json_valid(content) ORDER BY updated_at DESC, id`;
    return this.#place.database.all(sql, projectId).flatMap((row) => {
      const entry = ComparisonEntry.safeParse(row);
      return entry.success ? [entry.data] : [];
    });
  }

  /** Those of a project as they stand, the oldest first. */
  all(projectId: string): Comparison[] {
    const sql = `${SELECT} WHERE ${LIVE} AND project_id = ? ORDER BY created_at, id`;
    return this.#place.database.all(sql, projectId).flatMap((row) => this.#parse(row) ?? []);
  }

  /** One of them, or null. */
  one(id: string): Comparison | null {
    const row = this.#place.database.get(`${SELECT} WHERE ${LIVE} AND id = ?`, id);
    return row === undefined ? null : this.#parse(row);
  }

  create(input: ComparisonInput): Comparison {
    const now = Date.now();
    return this.insert({ ...checked(input), id: randomUUID(), createdAt: now, updatedAt: now });
  }

  /** Adds a comparison as it stands. @throws FaultError not_found without its project */
  insert(comparison: Comparison): Comparison {
    const { database } = this.#place;
    const { id, projectId, name, createdAt, updatedAt } = comparison;
    needProject(this.#place, projectId);
    database.transaction(() => {
      database.run(
        'INSERT INTO comparisons (id, project_id, name, content, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
        id,
        projectId,
        name,
        contentOf(comparison),
        createdAt,
        updatedAt,
      );
      this.#storeTakes(comparison);
      this.#refer(comparison);
    });
    return comparison;
  }

  /** @throws FaultError not_found, invalid */
  update(id: string, patch: ComparisonPatch): Comparison {
    return this.#place.database.transaction(() => {
      const known = this.#known(id);
      return this.replace({ ...known, ...checked({ ...known, ...patch }), updatedAt: Date.now() });
    });
  }

  /** Puts a take into its cell. @returns false where there is no such comparison (any more) */
  place({ comparisonId, slotId, textId }: ComparisonCell, takeId: string): boolean {
    const { database } = this.#place;
    return database.transaction(() => {
      const sql = `UPDATE comparisons SET updated_at = ? WHERE ${LIVE} AND id = ?`;
      if (database.run(sql, Date.now(), comparisonId) === 0) return false;
      this.#storeTake(comparisonId, slotId, textId, takeId);
      this.#referTo(comparisonId, takeId);
      return true;
    });
  }

  /** Files a decision, in place of the one with its id. @throws FaultError not_found, invalid */
  decide(id: string, decision: Decision): Comparison {
    return this.#place.database.transaction(() => {
      const known = this.#known(id);
      const others = known.decisions.filter((other) => other.id !== decision.id);
      const decisions = [...others, decision].toSorted((a, b) => a.at - b.at);
      return this.replace({ ...known, ...checked({ ...known, decisions }), updatedAt: Date.now() });
    });
  }

  /** Takes a decision back; nothing where it is not there. @throws FaultError not_found */
  undecide(id: string, decisionId: string): Comparison {
    return this.#place.database.transaction(() => {
      const known = this.#known(id);
      const decisions = known.decisions.filter((other) => other.id !== decisionId);
      return this.replace({ ...known, decisions, updatedAt: Date.now() });
    });
  }

  /** Puts a comparison in place of the one with its id. Takes that stand in cells it does not name stay there. */
  replace(comparison: Comparison): Comparison {
    const { database } = this.#place;
    database.transaction(() => {
      database.run(
        'UPDATE comparisons SET project_id = ?, name = ?, content = ?, updated_at = ? WHERE id = ?',
        comparison.projectId,
        comparison.name,
        contentOf(comparison),
        comparison.updatedAt,
        comparison.id,
      );
      this.#storeTakes(comparison);
      this.#refer(comparison);
    });
    return comparison;
  }

  remove(id: string): void {
    const { database } = this.#place;
    database.transaction(() => {
      const sql = 'UPDATE comparisons SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL';
      if (database.run(sql, Date.now(), id) === 0) throw noComparison();
      removeReferences(this.#place, COMPARISON_KIND, id);
    });
  }

  restore(id: string): Comparison {
    return this.#place.database.transaction(() => {
      const sql = 'UPDATE comparisons SET deleted_at = NULL WHERE id = ?';
      if (this.#place.database.run(sql, id) === 0) throw noComparison();
      const known = this.#known(id);
      this.#refer(known);
      return known;
    });
  }

  /** Says which takes it needs: those of slots and texts that are there. One that is gone for good is none of them. */
  #refer({ id, slots: here, texts, takes, decisions }: Comparison): void {
    replaceReferences(this.#place, COMPARISON_KIND, id, [
      ...here.flatMap((slot) => texts.flatMap((text) => takes[slot.id]?.[text.id] ?? [])),
      ...decisions.flatMap(({ slots }) => slots.flatMap(({ takeId }) => takeId ?? [])),
    ]);
  }

  #referTo(id: string, takeId: string): void {
    const sql = `INSERT OR IGNORE INTO take_references (take_id, kind, ref_id) SELECT id, ?, ? FROM takes WHERE id = ?`;
    this.#place.database.run(sql, COMPARISON_KIND, id, takeId);
  }

  #storeTake(id: string, slotId: string, textId: string, takeId: string): void {
    const sql = `INSERT OR REPLACE INTO comparison_takes (comparison_id, slot_id, text_id, take_id)
      VALUES (?, ?, ?, ?)`;
    this.#place.database.run(sql, id, slotId, textId, takeId);
  }

  #storeTakes({ id, takes }: Comparison): void {
    for (const [slotId, own] of Object.entries(takes)) {
      for (const [textId, takeId] of Object.entries(own)) this.#storeTake(id, slotId, textId, takeId);
    }
  }

  #takes(id: string): Record<string, Record<string, string>> {
    const sql = 'SELECT slot_id, text_id, take_id FROM comparison_takes WHERE comparison_id = ?';
    const takes: Record<string, Record<string, string>> = {};
    for (const row of this.#place.database.all(sql, id)) {
      const slotId = String(row.slot_id);
      takes[slotId] = { ...takes[slotId], [String(row.text_id)]: String(row.take_id) };
    }
    return takes;
  }

  #known(id: string): Comparison {
    const comparison = this.one(id);
    if (comparison === null) throw noComparison();
    return comparison;
  }

  #parse({ content, ...row }: Row): Comparison | null {
    const stored = parseJson(String(content));
    const takes = this.#takes(String(row.id));
    const parsed = Comparison.safeParse({ ...(typeof stored === 'object' ? stored : {}), ...row, takes });
    if (parsed.success) return parsed.data;
    this.#place.report(`Comparison ${String(row.id)} cannot be read and is left out.`);
    return null;
  }
}

/** What is stored as JSON: everything that has no column and no table. */
function contentOf({ texts, slots, switching, equalLoudness, decisions }: Comparison): string {
  return JSON.stringify({ texts, slots, switching, equalLoudness, decisions });
}

function checked(input: ComparisonInput): ComparisonInput {
  const parsed = ComparisonInput.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw fault('invalid', `This comparison cannot be kept: ${issue?.message ?? 'it is not whole'}.`, {
    param: issue?.path.join('.') ?? 'comparison',
  });
}

function noComparison() {
  return fault('not_found', 'There is no such comparison.', { param: 'id' });
}
