import type {
  Comparison,
  ComparisonCell,
  ComparisonEntry,
  ComparisonInput,
  ComparisonPatch,
  Decision,
} from '../../shared/schemas/comparison.ts';
import type { Connection } from '../../shared/schemas/connection.ts';
import type { Preset, PresetFile, PresetInput } from '../../shared/schemas/preset.ts';
import type { LibrarySpace, MergeReport, Project } from '../../shared/schemas/project.ts';
import type {
  CharacterTimings,
  Measurements,
  Take,
  TakePage,
  TakePatch,
  TakeQuery,
  TakeView,
} from '../../shared/schemas/take.ts';
import { storeBlob, takeBlob } from './audio-blobs.ts';
import { cleanUp, space } from './clean-up.ts';
import { ComparisonStore } from './comparison-store.ts';
import * as rows from './connection-rows.ts';
import { importTake } from './import-take.ts';
import type { ImportedAudio, Library, StoredBlend, TakeAudio, TakeDraft, TakeWriter } from './library.ts';
import { ListeningStore } from './listening-store.ts';
import { MappingStore } from './mapping-store.ts';
import { moveLibrary } from './move.ts';
import type { Place } from './place.ts';
import { PresetStore } from './preset-store.ts';
import { mergeProject } from './project-file/merge-project.ts';
import { writeProject } from './project-file/write-project.ts';
import { ProjectStore } from './project-store.ts';
import { addReference, removeReferences } from './references.ts';
import * as small from './small-stores.ts';
import { TakeMaker } from './take-maker.ts';
import { TakeStore } from './take-store.ts';
import { takeTimings } from './take-timings.ts';
import type { Tenancy } from './tenancy.ts';

/** The library of one folder: hands each call to the part that does it. */
export class StudioLibrary implements Library {
  readonly #place: Place;
  readonly #tenancy: Tenancy;
  readonly #modelFolder: string;
  readonly #problems: string[];
  readonly #projects: ProjectStore;
  readonly #takes: TakeStore;
  readonly #maker: TakeMaker;
  readonly #presets: PresetStore;
  readonly #comparisons: ComparisonStore;
  readonly listening: ListeningStore;
  readonly mappings: MappingStore;
  #move: Promise<void> = Promise.resolve();
  #closed: Promise<void> | null = null;

  constructor(place: Place, tenancy: Tenancy, modelFolder: string, problems: string[]) {
    this.#place = place;
    this.#tenancy = tenancy;
    this.#modelFolder = modelFolder;
    this.#problems = problems;
    this.#projects = new ProjectStore(place);
    this.#takes = new TakeStore(place);
    this.#maker = new TakeMaker(place, this.#takes);
    this.#presets = new PresetStore(place);
    this.#comparisons = new ComparisonStore(place);
    this.listening = new ListeningStore(place);
    this.mappings = new MappingStore(place);
    this.#projects.ensureOne();
  }

  get home(): string {
    return this.#place.home;
  }

  get owner(): boolean {
    return this.#tenancy.ownership.owner;
  }

  get problems(): readonly string[] {
    return this.#problems;
  }

  onOwnerChange(listener: (owner: boolean) => void): () => void {
    return this.#tenancy.ownership.onChange(listener);
  }

  projects(): Project[] {
    return this.#projects.all();
  }
  hasProject(id: string): boolean {
    return this.#projects.has(id);
  }
  shelf(): string {
    return this.#projects.shelf();
  }
  createProject(name: string): Project {
    return this.#projects.create(name);
  }
  renameProject(id: string, name: string): Project {
    return this.#projects.rename(id, name);
  }
  removeProject(id: string): void {
    this.#projects.remove(id);
  }
  restoreProject(id: string): Project {
    return this.#projects.restore(id);
  }

  take(id: string): Take | null {
    return this.#takes.take(id);
  }
  takes(query: TakeQuery): TakePage {
    return this.#takes.takes(query);
  }
  takeByKey(requestKey: string): Take | null {
    return this.#takes.takeByKey(requestKey);
  }
  beginTake(draft: TakeDraft, requestKey: string | null): Promise<TakeWriter> {
    return this.#maker.begin(draft, requestKey);
  }
  addSharingTake(draft: TakeDraft, from: string): Take {
    return this.#takes.addSharing(draft, from);
  }
  storeMeasurements(id: string, measurements: Measurements, view: TakeView): Take {
    return this.#takes.storeMeasurements(id, measurements, view);
  }
  patchTake(id: string, patch: TakePatch): Take {
    return this.#takes.patch(id, patch);
  }
  removeTakes(ids: string[]): number {
    return this.#takes.remove(ids);
  }
  restoreTakes(ids: string[]): number {
    return this.#takes.restore(ids);
  }
  audio(id: string): TakeAudio | null {
    return this.#takes.audio(id);
  }
  view(id: string): TakeView | null {
    return this.#takes.view(id);
  }
  timings(id: string): CharacterTimings | null {
    return takeTimings(this.#place, id);
  }

  features(id: string): Uint8Array | null {
    return takeBlob(this.#place, 'features', id);
  }

  storeFeatures(id: string, features: Uint8Array): void {
    storeBlob(this.#place, 'features', id, features);
  }
  importTake(input: ImportedAudio): Promise<Take> {
    return importTake(this.#maker, input);
  }

  addReference(takeId: string, kind: string, referrer: string): void {
    addReference(this.#place, takeId, kind, referrer);
  }
  removeReferences(kind: string, referrer: string): void {
    removeReferences(this.#place, kind, referrer);
  }

  presets(projectId?: string): Preset[] {
    return this.#presets.all(projectId);
  }
  createPreset(input: PresetInput): Preset {
    return this.#presets.create(input);
  }
  updatePreset(id: string, patch: Partial<PresetInput>): Preset {
    return this.#presets.update(id, patch);
  }
  removePreset(id: string): void {
    this.#presets.remove(id);
  }
  restorePreset(id: string): Preset {
    return this.#presets.restore(id);
  }
  exportPresets(projectId: string): PresetFile {
    return this.#presets.exportFile(projectId);
  }
  importPresets(projectId: string, file: PresetFile): Preset[] {
    return this.#presets.importFile(projectId, file);
  }

  comparisons(projectId: string): ComparisonEntry[] {
    return this.#comparisons.list(projectId);
  }

  comparison(id: string): Comparison | null {
    return this.#comparisons.one(id);
  }

  createComparison(input: ComparisonInput): Comparison {
    return this.#comparisons.create(input);
  }

  updateComparison(id: string, patch: ComparisonPatch): Comparison {
    return this.#comparisons.update(id, patch);
  }

  placeTake(cell: ComparisonCell, takeId: string): boolean {
    return this.#comparisons.place(cell, takeId);
  }

  fileDecision(id: string, decision: Decision): Comparison {
    return this.#comparisons.decide(id, decision);
  }

  removeDecision(id: string, decisionId: string): Comparison {
    return this.#comparisons.undecide(id, decisionId);
  }

  removeComparison(id: string): void {
    this.#comparisons.remove(id);
  }

  restoreComparison(id: string): Comparison {
    return this.#comparisons.restore(id);
  }

  blends(): StoredBlend[] {
    return small.blends(this.#place);
  }
  addBlend(blend: StoredBlend): void {
    small.addBlend(this.#place, blend);
  }
  removeBlend(id: string): void {
    small.removeBlend(this.#place, id);
  }
  connections(): Connection[] {
    return rows.connections(this.#place);
  }
  addConnection(connection: Connection): void {
    rows.addConnection(this.#place, connection);
  }
  replaceConnection(connection: Connection): void {
    rows.replaceConnection(this.#place, connection);
  }
  removeConnection(id: string): void {
    rows.removeConnection(this.#place, id);
  }
  voiceList(provider: string): { list: unknown; at: number } | null {
    return rows.voiceList(this.#place, provider);
  }
  storeVoiceList(provider: string, list: unknown, at: number): void {
    rows.storeVoiceList(this.#place, provider, list, at);
  }
  dropVoiceList(provider: string): void {
    rows.dropVoiceList(this.#place, provider);
  }

  preferences(): Record<string, unknown> {
    return small.preferences(this.#place);
  }

  preference(name: string): unknown {
    return small.preference(this.#place, name);
  }
  setPreference(name: string, value: unknown): void {
    small.setPreference(this.#place, name, value);
  }

  space(): Promise<LibrarySpace> {
    return space(this.#place, this.#modelFolder);
  }
  cleanUp(): Promise<{ freedBytes: number; takes: number }> {
    return cleanUp(this.#place);
  }
  move(target: string, onProgress: (progress: number) => void): Promise<void> {
    const move = moveLibrary(this.#place, this.#tenancy, target, onProgress);
    this.#move = move.catch(() => {});
    return move;
  }
  exportProject(id: string): ReadableStream<Uint8Array> {
    return writeProject(this.#place, id);
  }
  importProject(file: ReadableStream<Uint8Array>): Promise<MergeReport> {
    return mergeProject(this.#place, this.#takes, file);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#move;
    try {
      await this.#maker.close();
    } finally {
      this.#place.database.close();
      this.#tenancy.release();
    }
  }
}
