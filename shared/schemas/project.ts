import { z } from 'zod';
import { Id } from './take.ts';

/** Holds takes and presets. */
export const Project = z.object({
  id: Id,
  name: z.string().trim().min(1).max(120),
  createdAt: z.number(),
  takes: z.number().int(),
  presets: z.number().int(),
});
export type Project = z.infer<typeof Project>;

/** Space the library uses, in bytes. */
export const LibrarySpace = z.object({
  home: z.string(),
  audioBytes: z.number(),
  databaseBytes: z.number(),
  modelBytes: z.number(),
  /** What a clean-up would free: audio of takes that are deleted or incomplete and needed by nothing. */
  freeableBytes: z.number(),
  freeableTakes: z.number().int(),
  /** Left on the disk. */
  diskFreeBytes: z.number().nullable(),
});
export type LibrarySpace = z.infer<typeof LibrarySpace>;

/** What came of merging a project file. */
export const MergeReport = z.object({
  projectId: Id,
  takesAdded: z.number().int(),
  takesKept: z.number().int(),
  presetsAdded: z.number().int(),
  presetsKept: z.number().int(),
  /** Entries that could not be read, named. */
  problems: z.array(z.string()),
});
export type MergeReport = z.infer<typeof MergeReport>;
