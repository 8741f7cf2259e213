import type { Logger } from 'pino';
import type { Status } from '../shared/schemas/status.ts';
import type { Aligner } from './alignment/aligner.ts';
import type { Analyser } from './analysis/analyser.ts';
import type { Connections } from './connections/connections.ts';
import type { Exporter } from './export/exporter.ts';
import type { Importer } from './import/importer.ts';
import type { Levels } from './levels/levels.ts';
import type { Library } from './library/library.ts';
import type { Listening } from './listening/listening.ts';
import type { Matching } from './matching/matching.ts';
import type { EventHub } from './observe/events.ts';
import type { Registry } from './providers/registry.ts';
import type { Reports } from './report/reports.ts';
import type { Synthesis } from './synthesis/synthesis.ts';
import type { WordFinder } from './words/word-finder.ts';

/** What only a desktop can do. The desktop shell gives it; the browser shell has none. */
export interface DesktopFace {
  /** Asks where to save and writes there. @returns the path, or null when the person declined */
  save(suggestedName: string, data: ReadableStream<Uint8Array>): Promise<string | null>;
  /** Asks for a folder. */
  chooseFolder(): Promise<string | null>;
  /** Shows a file in the system's file manager. */
  reveal(path: string): void;
}

/** The rooms of the engine, as the API uses them. */
export interface StudioParts {
  shell: Status['shell'];
  version: string;
  notices: string[];
  /** Names of environment variables that decide something here. */
  environment: string[];
  log: Logger;
  events: EventHub;
  registry: Registry;
  /** Providers that a person sets up. */
  connections: Connections;
  /** @throws FaultError where there is no library that can be used */
  library(): Library;
  /** Why the person's library is not the one in use; null when it is. */
  libraryFault: Status['libraryFault'];
  synthesis: Synthesis;
  analyser: Analyser;
  aligner: Aligner;
  words: WordFinder;
  levels: Levels;
  listening: Listening;
  matching: Matching;
  importer: Importer;
  exporter: Exporter;
  reports: Reports;
  /** Stored audio of a take in pieces. @throws FaultError not_found */
  readAudio(takeId: string): AsyncIterable<Int16Array>;
  desktop: DesktopFace | null;
}
