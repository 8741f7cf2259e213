import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import { FaultError, fault, toFault } from '../../../shared/errors.ts';
import type { MergeReport } from '../../../shared/schemas/project.ts';
import { parseJson } from '../../../shared/text/parse-json.ts';
import { AudioFileWriter, audioPath, BYTES_PER_SAMPLE, removeAudio, syncFolder } from '../audio-files.ts';
import { ComparisonStore } from '../comparison-store.ts';
import { diskFree, INCOMING_FOLDER } from '../files.ts';
import type { Place } from '../place.ts';
import { PresetStore } from '../preset-store.ts';
import { ProjectStore } from '../project-store.ts';
import { addBlend, blends } from '../small-stores.ts';
import { beingMoved, storageFault } from '../storage-fault.ts';
import type { TakeStore } from '../take-store.ts';
import { storeTimings } from '../take-timings.ts';
import {
  BLENDS,
  BlendList,
  COMPARISONS,
  ComparisonList,
  FileBlend,
  FileComparison,
  FilePreset,
  LIMITS,
  LISTENING,
  MAPPINGS,
  PRESETS,
  PresetList,
  TAKES,
  TakeLine,
  TIMINGS,
  TimingsLine,
  VIEWS,
  ViewLine,
} from './format.ts';
import { mergeListeningLine } from './listening-lines.ts';
import { mergeMappingLine } from './mapping-lines.ts';
import { ProjectFile } from './read-project.ts';

/** Room left over on the disk, in bytes. */
const SPARE = 16 * 1024 * 1024;

/**
 * Merges a project file. What is here stays; what is new is added; of a take or preset that is in both, the name, note,
 * rating (or settings) changed last are kept. Merging a file twice is the same as merging it once. What was deleted here
 * and is in the file comes back. Entries that cannot be read are named, and the rest comes in.
 *
 * @throws FaultError unsupported, library_newer, too_large, disk_full, not_writable, conflict
 */
export async function mergeProject(
  place: Place,
  takes: TakeStore,
  file: ReadableStream<Uint8Array>,
): Promise<MergeReport> {
  if (place.moving) throw beingMoved();
  place.working += 1;
  const folder = join(place.home, INCOMING_FOLDER);
  const path = join(folder, `${randomUUID()}.timbre`);
  try {
    await mkdir(folder, { recursive: true });
    await receive(file, path);
    const merge = new Merge(place, takes, folder);
    return await merge.run(path);
  } catch (thrown) {
    throw storageFault(thrown, 'What was here is unchanged; what was merged before is kept. Merging again goes on.');
  } finally {
    place.working -= 1;
    await rm(path, { force: true });
  }
}

async function receive(file: ReadableStream<Uint8Array>, path: string): Promise<void> {
  const chunks = Readable.from(file, { objectMode: false });
  await pipeline(chunks, createWriteStream(path, { flags: 'wx' }));
}

/** Lists that are taken over line by line. */
const LINES = { [MAPPINGS]: mergeMappingLine, [LISTENING]: mergeListeningLine };

/** Audio of a project file that is in the library now. */
interface BroughtAudio {
  id: string;
  /** Hz. */
  rate: number;
  samples: number;
  /** Whether its row is there already. */
  known: boolean;
}

/** One merge, from the open file to the report. */
class Merge {
  readonly #place: Place;
  readonly #takes: TakeStore;
  readonly #folder: string;
  readonly #problems: string[] = [];
  /** Audio of the file -> the audio it became here. */
  readonly #audio = new Map<string, { id: string; rate: number }>();
  readonly #seen = new Set<string>();
  readonly #counts = { takesAdded: 0, takesKept: 0, presetsAdded: 0, presetsKept: 0 };

  constructor(place: Place, takes: TakeStore, folder: string) {
    this.#place = place;
    this.#takes = takes;
    this.#folder = folder;
  }

  async run(path: string): Promise<MergeReport> {
    const file = await ProjectFile.open(path, (problem) => this.#report(problem));
    try {
      const projectId = this.#project(file);
      await this.#guarded(BLENDS, async () => this.#blends(await file.readJson(BLENDS)));
      await this.#guarded(PRESETS, async () => this.#presets(await file.readJson(PRESETS), projectId));
      await this.#guarded(TAKES, () =>
        file.readLines(TAKES, (line, number) => this.#line(file, line, number, projectId)),
      );
      await this.#guarded(VIEWS, () => file.readLines(VIEWS, async (line, number) => this.#view(line, number)));
      await this.#guarded(COMPARISONS, async () => this.#comparisons(await file.readJson(COMPARISONS), projectId));
      for (const [name, mergeLine] of Object.entries(LINES)) {
        await this.#guarded(name, () =>
          file.readLines(name, async (line, number) =>
            this.#otherLine(`${name}, line ${number}`, () => mergeLine(this.#place, projectId, line)),
          ),
        );
      }
      await this.#guarded(TIMINGS, () => file.readLines(TIMINGS, async (line, number) => this.#timings(line, number)));
      return { projectId, ...this.#counts, problems: this.#problems };
    } finally {
      await file.close();
    }
  }

  #project(file: ProjectFile): string {
    const { id, name, createdAt } = file.manifest.project;
    const projects = new ProjectStore(this.#place);
    const known = this.#place.database.get('SELECT deleted_at, role FROM projects WHERE id = ?', id);
    if (known !== undefined && known.role !== 'project') {
      throw fault('conflict', 'This project has the id of one that is not to be merged with.', {
        kept: 'Nothing was changed.',
      });
    }
    if (known === undefined) projects.insert(id, name, Math.min(createdAt, Date.now()));
    else if (known.deleted_at !== null) projects.restore(id);
    return id;
  }

  #blends(json: unknown): void {
    const known = new Set(blends(this.#place).map((blend) => blend.id));
    for (const [index, entry] of BlendList.parse(json ?? []).entries()) {
      const blend = this.#parsed(FileBlend, entry, `${BLENDS}, entry ${index + 1}`);
      if (blend !== null && !known.has(blend.id)) addBlend(this.#place, blend);
    }
  }

  #presets(json: unknown, projectId: string): void {
    const { database } = this.#place;
    const presets = new PresetStore(this.#place);
    for (const [index, entry] of PresetList.parse(json ?? []).entries()) {
      const preset = this.#parsed(FilePreset, entry, `${PRESETS}, entry ${index + 1}`);
      if (preset === null) continue;
      const updatedAt = Math.min(preset.updatedAt, Date.now());
      const known = database.get('SELECT project_id, updated_at, deleted_at FROM presets WHERE id = ?', preset.id);
      if (known === undefined) presets.insert({ ...preset, projectId, updatedAt });
      else {
        if (known.deleted_at !== null) presets.restore(preset.id);
        if (Number(known.updated_at) < updatedAt) {
          presets.replace({ ...preset, projectId: String(known.project_id), updatedAt });
        }
      }
      if (known === undefined || known.deleted_at !== null) this.#counts.presetsAdded += 1;
      else this.#counts.presetsKept += 1;
    }
  }

  #comparisons(json: unknown, projectId: string): void {
    const { database } = this.#place;
    const comparisons = new ComparisonStore(this.#place);
    for (const [index, entry] of ComparisonList.parse(json ?? []).entries()) {
      const comparison = this.#parsed(FileComparison, entry, `${COMPARISONS}, entry ${index + 1}`);
      if (comparison === null) continue;
      const updatedAt = Math.min(comparison.updatedAt, Date.now());
      const known = database.get('SELECT updated_at, deleted_at FROM comparisons WHERE id = ?', comparison.id);
      if (known === undefined) comparisons.insert({ ...comparison, projectId, updatedAt });
      else {
        if (known.deleted_at !== null) comparisons.restore(comparison.id);
        if (Number(known.updated_at) < updatedAt) comparisons.replace({ ...comparison, projectId, updatedAt });
      }
    }
  }

  /** Takes over one line; where it cannot be, that is named and the next one goes on. */
  #otherLine(where: string, merge: () => void): void {
    try {
      merge();
    } catch (thrown) {
      if (stopsAll(thrown)) throw thrown;
      this.#report(`${where} is left out: ${said(thrown)}`);
    }
  }

  async #line(file: ProjectFile, text: string, number: number, projectId: string): Promise<void> {
    const where = `${TAKES}, line ${number}`;
    const line = this.#parsed(TakeLine, parseJson(text), where);
    if (line === null) return;
    const { id } = line.take;
    if (this.#seen.has(id)) return this.#report(`${where}: take ${id} is there twice; the first one is used.`);
    this.#seen.add(id);
    const known = this.#place.database.get('SELECT updated_at, deleted_at FROM takes WHERE id = ?', id);
    if (known !== undefined) {
      if (line.deleted) return;
      const shown = line.shelf ? 0 : 1;
      if (known.deleted_at === null) this.#counts.takesKept += shown;
      else this.#counts.takesAdded += shown * this.#takes.restore([id]);
      return this.#newest(line, Number(known.updated_at));
    }
    try {
      await this.#addTake(file, line, line.shelf ? new ProjectStore(this.#place).shelf() : projectId);
      if (!line.deleted && !line.shelf) this.#counts.takesAdded += 1;
    } catch (thrown) {
      if (stopsAll(thrown)) throw thrown;
      this.#report(`${where}: take ${id} is left out: ${said(thrown)}`);
    }
  }

  /** Takes over name, note and rating where they were changed later in the file. */
  #newest({ take, changedAt }: TakeLine, here: number): void {
    const at = Math.min(changedAt, Date.now());
    if (at <= here) return;
    this.#place.database.run(
      'UPDATE takes SET name = ?, note = ?, rating = ?, updated_at = ? WHERE id = ?',
      take.name,
      take.note,
      take.rating,
      at,
      take.id,
    );
  }

  async #addTake(file: ProjectFile, line: TakeLine, projectId: string): Promise<void> {
    const { take } = line;
    if (line.audio === null && take.samples > 0) throw new Error('its audio is missing');
    const silent: BroughtAudio = { id: randomUUID(), rate: take.sampleRate, samples: 0, known: false };
    const audio = line.audio === null ? silent : await this.#bringAudio(file, line.audio, take.sampleRate);
    try {
      if (audio.samples !== take.samples) throw new Error('its audio is not as long as the file says');
      const more = { updated_at: Math.min(line.changedAt, Date.now()), deleted_at: line.deleted ? Date.now() : null };
      this.#place.database.transaction(() => {
        if (!audio.known) this.#newAudio(audio);
        this.#takes.insert({ ...take, projectId }, audio.id, more);
      });
    } catch (thrown) {
      await this.#dropUnused(audio);
      throw thrown;
    }
    if (line.audio !== null) this.#audio.set(line.audio, { id: audio.id, rate: audio.rate });
  }

  /** Removes the file of an audio that no take came to use. */
  async #dropUnused({ id, known }: BroughtAudio): Promise<void> {
    const stored = known || this.#place.database.get('SELECT id FROM audio WHERE id = ?', id) !== undefined;
    if (!stored) await removeAudio(this.#place.home, id);
  }

  /** Unpacks an audio once, into the library, under an id of its own where that id is taken here. */
  async #bringAudio(file: ProjectFile, id: string, rate: number): Promise<BroughtAudio> {
    const bytes = file.audioBytes(id);
    if (bytes === null) throw new Error('its audio is missing');
    const samples = bytes / BYTES_PER_SAMPLE;
    const brought = this.#audio.get(id);
    if (brought !== undefined) {
      if (brought.rate !== rate) throw new Error('its sample rate is not that of its audio');
      return { ...brought, samples, known: true };
    }
    if (!Number.isInteger(samples)) throw new Error('its audio ends within a sample');
    const free = await diskFree(this.#folder);
    if (free !== null && free < bytes + SPARE) {
      throw fault('disk_full', 'There is not enough room on the disk for this project.', { todo: 'Free some space.' });
    }
    const taken = this.#place.database.get('SELECT id FROM audio WHERE id = ?', id) !== undefined;
    const next = taken ? randomUUID() : id;
    await this.#unpack(file, id, audioPath(this.#place.home, next));
    return { id: next, rate, samples, known: false };
  }

  /** Unpacks beside, and moves the whole file to its place. */
  async #unpack(file: ProjectFile, id: string, target: string): Promise<void> {
    const beside = join(this.#folder, `${randomUUID()}.pcm`);
    const writer = await AudioFileWriter.create(beside);
    try {
      await file.readAudio(id, (bytes) => writer.append(bytes));
      await writer.close();
      await mkdir(dirname(target), { recursive: true });
      await rename(beside, target);
      await syncFolder(dirname(target));
    } catch (thrown) {
      await writer.close().catch(() => {});
      await rm(beside, { force: true });
      throw thrown;
    }
  }

  #newAudio({ id, rate, samples }: BroughtAudio): void {
    this.#place.database.run('INSERT INTO audio (id, sample_rate, samples) VALUES (?, ?, ?)', id, rate, samples);
  }

  #view(text: string, number: number): void {
    const line = this.#parsed(ViewLine, parseJson(text), `${VIEWS}, line ${number}`);
    const audioId = line === null ? undefined : this.#audio.get(line.audio)?.id;
    if (line === null || audioId === undefined) return;
    const sql = 'INSERT OR IGNORE INTO audio_views (audio_id, view) VALUES (?, ?)';
    this.#place.database.run(sql, audioId, JSON.stringify(line.view));
  }

  #timings(text: string, number: number): void {
    const line = this.#parsed(TimingsLine, parseJson(text), `${TIMINGS}, line ${number}`);
    const audioId = line === null ? undefined : this.#audio.get(line.audio)?.id;
    if (line !== null && audioId !== undefined) storeTimings(this.#place, audioId, line.timings);
  }

  #parsed<T>(schema: z.ZodType<T>, value: unknown, where: string): T | null {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    this.#report(`${where} cannot be read: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
    return null;
  }

  /** Does one part; where it cannot be read as a whole, that is named and the next part goes on. */
  async #guarded(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      if (stopsAll(thrown)) throw thrown;
      this.#report(`${name} cannot be read: ${said(thrown)}`);
    }
  }

  #report(problem: string): void {
    const { length } = this.#problems;
    if (length < LIMITS.problems) this.#problems.push(problem);
    else if (length === LIMITS.problems) this.#problems.push('There are more problems, which are not listed.');
  }
}

/** A full disk stops the merge; a bad entry does not. */
function stopsAll(thrown: unknown): boolean {
  return (
    thrown instanceof FaultError && ['disk_full', 'not_writable', 'library_damaged', 'busy'].includes(thrown.fault.code)
  );
}

function said(thrown: unknown): string {
  const { code, message, said } = toFault(thrown);
  return code === 'internal' && said !== undefined ? said : message;
}
