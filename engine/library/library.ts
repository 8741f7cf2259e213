import type { Settings } from '../../shared/controls/controls.ts';
import type { Fault } from '../../shared/errors.ts';
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
import type { BlendRequest } from '../../shared/schemas/voice.ts';
import type { ListeningStore } from './listening-store.ts';
import type { MappingStore } from './mapping-store.ts';

/** Takes in audio while a take is made. Everything is on disk before `finish` resolves. */
export interface TakeWriter {
  /** Adds samples (s16, one channel) in order. @throws FaultError disk_full, not_writable */
  append(samples: Int16Array): Promise<void>;
  /** Closes the audio and stores the take as done, incomplete or failed. An incomplete take keeps what arrived. */
  finish(end: TakeEnd): Promise<Take>;
}

/** What is known of a take once its last sample has come. */
export interface TakeEnd {
  state: 'done' | 'incomplete' | 'failed';
  fault: Fault | null;
  firstByteAt: number | null;
  lastByteAt: number | null;
  cost: Take['cost'];
  seed: number | null;
  request: Record<string, unknown>;
  sampleRate: number;
  answer?: Record<string, unknown>;
  timings?: CharacterTimings | null;
}

/** Where a take's audio lies. */
export interface TakeAudio {
  /** Raw PCM s16le, one channel. */
  path: string;
  sampleRate: number;
  samples: number;
}

/** A take as it is begun: all that is known before the first sample. */
export type TakeDraft = Omit<
  Take,
  'state' | 'samples' | 'measurements' | 'fault' | 'firstByteAt' | 'lastByteAt' | 'answer' | 'answeredBy' | 'timed'
> &
  Partial<Pick<Take, 'answeredBy'>>;

/** Projects, takes, presets and preferences on disk. One folder, several processes at once. */
export interface Library {
  /** The folder it lies in. */
  readonly home: string;
  /** True while this process owns the queue, migrations and alerts. */
  readonly owner: boolean;
  /** Calls the listener when this process becomes the owner because the one before ended. Gives what stops that. */
  onOwnerChange(listener: (owner: boolean) => void): () => void;
  /** Entries that could not be read and were left out, in words; the newest last, at most 100. */
  readonly problems: readonly string[];

  projects(): Project[];
  /** Whether takes can be made in it: also true of the shelf. */
  hasProject(id: string): boolean;
  /**
   * The id of the shelf: the hidden project of takes that nobody made by hand, as those that voices are profiled with. It
   * is none of `projects`, and its takes are found by their ids, by their request, and where its id is asked for. A clean-up
   * removes those that nothing refers to and that are older than 14 days.
   */
  shelf(): string;
  createProject(name: string): Project;
  renameProject(id: string, name: string): Project;
  /** Removes a project with its takes and presets; can be undone until the next clean-up. */
  removeProject(id: string): void;
  restoreProject(id: string): Project;

  take(id: string): Take | null;
  takes(query: TakeQuery): TakePage;
  /** The newest whole take that was rendered from the same request, or null. */
  takeByKey(requestKey: string): Take | null;
  /**
   * Stores the take as `rendering` and opens its audio.
   * @param requestKey under which the same request finds it again; null where it answers none
   */
  beginTake(draft: TakeDraft, requestKey: string | null): Promise<TakeWriter>;
  /** Stores a take that shares the audio of another one (same sound, other studio settings). */
  addSharingTake(draft: TakeDraft, from: string): Take;
  storeMeasurements(id: string, measurements: Measurements, view: TakeView): Take;
  patchTake(id: string, patch: TakePatch): Take;
  /** Hides takes; `restoreTakes` brings them back until the next clean-up. */
  removeTakes(ids: string[]): number;
  restoreTakes(ids: string[]): number;
  audio(id: string): TakeAudio | null;
  view(id: string): TakeView | null;
  timings(id: string): CharacterTimings | null;
  /** What the sound of a take is aligned by, packed; null where it is not kept. */
  features(id: string): Uint8Array | null;
  storeFeatures(id: string, features: Uint8Array): void;
  /** A take from audio that was brought in. */
  importTake(input: ImportedAudio): Promise<Take>;

  /** Says that something needs a take: `kind` is preset, baseline, mapping ..., `referrer` its id. A clean-up keeps it. */
  addReference(takeId: string, kind: string, referrer: string): void;
  /** Takes back every reference of one referrer. */
  removeReferences(kind: string, referrer: string): void;

  presets(projectId?: string): Preset[];
  createPreset(input: PresetInput): Preset;
  updatePreset(id: string, patch: Partial<PresetInput>): Preset;
  removePreset(id: string): void;
  restorePreset(id: string): Preset;
  exportPresets(projectId: string): PresetFile;
  importPresets(projectId: string, file: PresetFile): Preset[];

  /** Comparisons of a project, the last changed first. */
  comparisons(projectId: string): ComparisonEntry[];
  comparison(id: string): Comparison | null;
  createComparison(input: ComparisonInput): Comparison;
  updateComparison(id: string, patch: ComparisonPatch): Comparison;
  /** Puts a take into its cell, if that is there (still). */
  placeTake(cell: ComparisonCell, takeId: string): boolean;
  fileDecision(id: string, decision: Decision): Comparison;
  removeDecision(id: string, decisionId: string): Comparison;
  removeComparison(id: string): void;
  restoreComparison(id: string): Comparison;

  /** Blind listening tests, with what stands behind them. */
  readonly listening: ListeningStore;
  /** Mappings from voice to voice, with their rows and runs. */
  readonly mappings: MappingStore;

  blends(): StoredBlend[];
  addBlend(blend: StoredBlend): void;
  removeBlend(id: string): void;

  /** Providers that were set up, the oldest first. */
  connections(): Connection[];
  addConnection(connection: Connection): void;
  replaceConnection(connection: Connection): void;
  /** Removes it with what it listed. */
  removeConnection(id: string): void;
  /** What a provider listed last, as JSON, and when, in ms since the epoch; null where nothing is kept. */
  voiceList(provider: string): { list: unknown; at: number } | null;
  storeVoiceList(provider: string, list: unknown, at: number): void;
  dropVoiceList(provider: string): void;

  /** All preferences by name, as JSON. */
  preferences(): Record<string, unknown>;
  /** A preference by name, as JSON; null where it was never set. */
  preference(name: string): unknown;
  setPreference(name: string, value: unknown): void;

  space(): Promise<LibrarySpace>;
  /** Removes for good what was deleted, incomplete or unreferenced, never what a preset, baseline or mapping needs. */
  cleanUp(): Promise<{ freedBytes: number; takes: number }>;
  /** Copies the library to another folder, checks it, and uses it from then on. */
  move(target: string, onProgress: (progress: number) => void): Promise<void>;

  /** One file with everything of a project (also the backup). */
  exportProject(id: string): ReadableStream<Uint8Array>;
  /** Merges a project file: what is already here stays, what is new is added. */
  importProject(file: ReadableStream<Uint8Array>): Promise<MergeReport>;

  close(): Promise<void>;
}

export interface StoredBlend extends BlendRequest {
  /** The voice's id without the `provider:` prefix. */
  id: string;
}

export interface ImportedAudio {
  projectId: string;
  name: string;
  text: string;
  language: string | null;
  /** s16, one channel. */
  samples: Int16Array;
  sampleRate: number;
  settings?: Settings;
  /** What had to be done to the sound, in sentences; kept as the take's note. */
  notes?: string[];
}
