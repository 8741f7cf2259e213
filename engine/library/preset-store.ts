import { randomUUID } from 'node:crypto';
import { fault } from '../../shared/errors.ts';
import { Preset, type PresetFile, PresetInput } from '../../shared/schemas/preset.ts';
import type { Row } from './database.ts';
import type { Place } from './place.ts';
import { needProject } from './project-store.ts';

const SELECT = `SELECT id, project_id AS projectId, name, voice_id AS voiceId, voice_name AS voiceName, model_id AS modelId, settings,
  created_at AS createdAt, updated_at AS updatedAt FROM presets`;

/** Presets. Their ids are unique; their names need not be. */
export class PresetStore {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  /** Those of a project, or of all projects; the oldest first. */
  all(projectId?: string): Preset[] {
    const { database } = this.#place;
    const where = `deleted_at IS NULL AND project_id IN (SELECT id FROM projects WHERE deleted_at IS NULL)`;
    const rows =
      projectId === undefined
        ? database.all(`${SELECT} WHERE ${where} ORDER BY created_at, id`)
        : database.all(`${SELECT} WHERE ${where} AND project_id = ? ORDER BY created_at, id`, projectId);
    return rows.flatMap((row) => this.#parse(row) ?? []);
  }

  create(input: PresetInput): Preset {
    const now = Date.now();
    return this.insert({ ...checkInput(input), id: randomUUID(), createdAt: now, updatedAt: now });
  }

  /** Adds a preset as it stands. */
  insert(preset: Preset): Preset {
    const { database } = this.#place;
    needProject(this.#place, preset.projectId);
    database.run(
      `INSERT INTO presets (id, project_id, name, voice_id, voice_name, model_id, settings, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      preset.id,
      preset.projectId,
      preset.name,
      preset.voiceId,
      preset.voiceName,
      preset.modelId ?? null,
      JSON.stringify(preset.settings),
      preset.createdAt,
      preset.updatedAt,
    );
    return preset;
  }

  update(id: string, patch: Partial<PresetInput>): Preset {
    const { database } = this.#place;
    return database.transaction(() => {
      const known = this.#known(id);
      this.replace({ ...known, ...checkInput({ ...known, ...patch }), updatedAt: Date.now() });
      return this.#known(id);
    });
  }

  /** Puts a preset in place of the one with its id. */
  replace(preset: Preset): void {
    this.#place.database.run(
      `UPDATE presets SET project_id = ?, name = ?, voice_id = ?, voice_name = ?, model_id = ?, settings = ?, updated_at = ?
       WHERE id = ?`,
      preset.projectId,
      preset.name,
      preset.voiceId,
      preset.voiceName,
      preset.modelId ?? null,
      JSON.stringify(preset.settings),
      preset.updatedAt,
      preset.id,
    );
  }

  remove(id: string): void {
    const sql = 'UPDATE presets SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL';
    if (this.#place.database.run(sql, Date.now(), id) === 0) throw noPreset();
  }

  restore(id: string): Preset {
    if (this.#place.database.run('UPDATE presets SET deleted_at = NULL WHERE id = ?', id) === 0) throw noPreset();
    return this.#known(id);
  }

  exportFile(projectId: string): PresetFile {
    const presets = this.all(projectId).map(({ name, voiceId, voiceName, modelId, settings }) => ({
      name,
      voiceId,
      voiceName,
      ...(modelId ? { modelId } : {}),
      settings,
    }));
    return { format: 'timbre.presets', version: 1, presets };
  }

  /** Adds every preset of a file as a new one. */
  importFile(projectId: string, file: PresetFile): Preset[] {
    return this.#place.database.transaction(() => file.presets.map((preset) => this.create({ ...preset, projectId })));
  }

  #known(id: string): Preset {
    const row = this.#place.database.get(`${SELECT} WHERE id = ? AND deleted_at IS NULL`, id);
    const preset = row === undefined ? null : this.#parse(row);
    if (preset === null) throw noPreset();
    return preset;
  }

  #parse(row: Row): Preset | null {
    try {
      const { modelId, ...plain } = row;
      return Preset.parse({
        ...plain,
        ...(modelId === null ? {} : { modelId }),
        settings: JSON.parse(String(row.settings)),
      });
    } catch {
      this.#place.report(`Preset ${String(row.id)} cannot be read and is left out.`);
      return null;
    }
  }
}

function checkInput(input: PresetInput): PresetInput {
  const parsed = PresetInput.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw fault('invalid', `This preset cannot be kept: ${issue?.message ?? 'it is not whole'}.`, {
    param: issue?.path.join('.') ?? 'preset',
  });
}

function noPreset() {
  return fault('not_found', 'There is no such preset.', { param: 'id' });
}
