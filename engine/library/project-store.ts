import { randomUUID } from 'node:crypto';
import { fault } from '../../shared/errors.ts';
import { Project } from '../../shared/schemas/project.ts';
import type { Row } from './database.ts';
import type { Place } from './place.ts';

const FIRST_PROJECT = 'First project';
const SHELF = 'Shelf';

/** Of a project that people see; the shelf is none of them. */
export const A_PROJECT = "role = 'project'";
/** Of the hidden project. */
export const THE_SHELF = "role = 'shelf'";

const SELECT = `SELECT p.id, p.name, p.created_at AS createdAt,
  (SELECT count(*) FROM takes t WHERE t.project_id = p.id AND t.deleted_at IS NULL) AS takes,
  (SELECT count(*) FROM presets s WHERE s.project_id = p.id AND s.deleted_at IS NULL) AS presets
  FROM projects p`;

/** Something is to be kept in a project that people see. @throws FaultError not_found */
export function needProject({ database }: Place, id: string): void {
  const sql = `SELECT id FROM projects WHERE id = ? AND deleted_at IS NULL AND ${A_PROJECT}`;
  if (database.get(sql, id) === undefined) throw noProject();
}

/** Projects. A library always has one. */
export class ProjectStore {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  all(): Project[] {
    const rows = this.#place.database.all(
      `${SELECT} WHERE p.deleted_at IS NULL AND ${A_PROJECT} ORDER BY p.created_at, p.id`,
    );
    return rows.flatMap((row) => this.#parse(row) ?? []);
  }

  /** Whether takes can be made in it: also true of the shelf. */
  has(id: string): boolean {
    return this.#place.database.get('SELECT id FROM projects WHERE id = ? AND deleted_at IS NULL', id) !== undefined;
  }

  /** @throws FaultError not_found */
  get(id: string): Project {
    const row = this.#place.database.get(`${SELECT} WHERE p.deleted_at IS NULL AND ${A_PROJECT} AND p.id = ?`, id);
    const project = row === undefined ? null : this.#parse(row);
    if (project === null) throw noProject();
    return project;
  }

  create(name: string): Project {
    return this.insert(randomUUID(), name, Date.now());
  }

  insert(id: string, name: string, createdAt: number): Project {
    this.#place.database.run(
      'INSERT INTO projects (id, name, created_at) VALUES (?, ?, ?)',
      id,
      checkName(name),
      createdAt,
    );
    return this.get(id);
  }

  rename(id: string, name: string): Project {
    const changed = this.#place.database.run(
      `UPDATE projects SET name = ? WHERE id = ? AND deleted_at IS NULL AND ${A_PROJECT}`,
      checkName(name),
      id,
    );
    if (changed === 0) throw noProject();
    return this.get(id);
  }

  /** Hides a project and with it its takes and presets, which keep their own marks for a later restore. */
  remove(id: string): void {
    const { database } = this.#place;
    database.transaction(() => {
      const changed = database.run(
        `UPDATE projects SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL AND ${A_PROJECT}`,
        Date.now(),
        id,
      );
      if (changed === 0) throw noProject();
      this.ensureOne();
    });
  }

  restore(id: string): Project {
    const sql = `UPDATE projects SET deleted_at = NULL WHERE id = ? AND ${A_PROJECT}`;
    if (this.#place.database.run(sql, id) === 0) throw noProject();
    return this.get(id);
  }

  /** Makes the first project where there is none. */
  ensureOne(): void {
    const { database } = this.#place;
    database.transaction(() => {
      const projects = database.number(`SELECT count(*) FROM projects WHERE deleted_at IS NULL AND ${A_PROJECT}`);
      if (projects === 0) this.create(FIRST_PROJECT);
    });
  }

  /** The id of the hidden project, for takes that nobody made by hand. Made once, whoever asks first. */
  shelf(): string {
    const { database } = this.#place;
    const find = () => database.get(`SELECT id FROM projects WHERE ${THE_SHELF}`)?.id;
    const known = find();
    if (typeof known === 'string') return known;
    return database.transaction(() => {
      const made = find();
      if (typeof made === 'string') return made;
      const id = randomUUID();
      const sql = "INSERT INTO projects (id, name, created_at, role) VALUES (?, ?, ?, 'shelf')";
      database.run(sql, id, SHELF, Date.now());
      return id;
    });
  }

  #parse(row: Row): Project | null {
    const parsed = Project.safeParse(row);
    if (parsed.success) return parsed.data;
    this.#place.report(`Project ${String(row.id)} cannot be read and is left out.`);
    return null;
  }
}

function checkName(name: string): string {
  const parsed = Project.shape.name.safeParse(name);
  if (!parsed.success) throw fault('invalid', 'A project’s name has 1 to 120 characters.', { param: 'name' });
  return parsed.data;
}

function noProject() {
  return fault('not_found', 'There is no such project.', { param: 'projectId' });
}
