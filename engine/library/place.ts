import type { LibraryDatabase } from './database.ts';

/** Where a library lies at this moment and what works on it: shared by its parts, changed only by a move. */
export interface Place {
  home: string;
  readonly database: LibraryDatabase;
  /** Under which id this process shows that it lives. */
  processId: string;
  /** Takes that this process is making, with their audio. */
  readonly making: Map<string, string>;
  /** True while a move copies the library: no audio is begun then. */
  moving: boolean;
  /** Merges, exports and clean-ups under way, which a move has to wait for. */
  working: number;
  /** Told of entries that cannot be read, in words. */
  report(problem: string): void;
}
