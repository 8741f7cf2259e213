import { z } from 'zod';
import { Comparison } from '../../../shared/schemas/comparison.ts';
import { Preset } from '../../../shared/schemas/preset.ts';
import { Project } from '../../../shared/schemas/project.ts';
import { CharacterTimings, Id, Take, TakeView } from '../../../shared/schemas/take.ts';
import { BlendRequest } from '../../../shared/schemas/voice.ts';
import { When } from '../../../shared/schemas/when.ts';

/*
 * A project file is a zip (zip64 where it must be) with these entries:
 *   manifest.json   what it is and which version
 *   presets.json    the project's presets
 *   comparisons.json  its comparisons; not in files of before 0.3
 *   mappings.jsonl  its mappings, each with its rows behind it, one a line; not in files of before 0.4
 *   listening.jsonl   its listening tests, and their sessions sealed, one a line; not in files of before 0.3
 *   blends.json     the blended voices that its takes, presets, comparisons, mappings and listening tests use
 *   takes.jsonl     one take a line, with the id of its audio; also what its comparisons, mappings and tests need of elsewhere
 *   views.jsonl     one audio's waveform and pitch curve a line
 *   timings.jsonl   when each character of one audio is heard, a line; not in files of before 0.2
 *   audio/ID.pcm    raw PCM s16le, one channel, at the rate of its take
 */

/** The version this program writes. Older ones are brought up to it; newer ones are refused. */
export const PROJECT_FILE_VERSION = 1;

export const MANIFEST = 'manifest.json';
export const PRESETS = 'presets.json';
export const COMPARISONS = 'comparisons.json';
export const MAPPINGS = 'mappings.jsonl';
export const LISTENING = 'listening.jsonl';
export const BLENDS = 'blends.json';
export const TAKES = 'takes.jsonl';
export const VIEWS = 'views.jsonl';
export const TIMINGS = 'timings.jsonl';
export const audioEntry = (audioId: string) => `audio/${audioId}.pcm`;

/** Read before anything else, in every version. */
export const AnyManifest = z.object({ format: z.literal('timbre.project'), version: z.number().int().min(1) });

export const Manifest = z.object({
  format: z.literal('timbre.project'),
  version: z.literal(PROJECT_FILE_VERSION),
  project: Project.pick({ id: true, name: true }).extend({ createdAt: When }),
  writtenAt: z.number(),
});
export type Manifest = z.infer<typeof Manifest>;

export const PresetList = z.array(z.unknown()).max(10_000);
export const FilePreset = Preset;

export const ComparisonList = z.array(z.unknown()).max(10_000);
export const FileComparison = Comparison.extend({ createdAt: When, updatedAt: When });

export const BlendList = z.array(z.unknown()).max(1000);
export const FileBlend = BlendRequest.extend({ id: z.string().min(1).max(200) });

export const TakeLine = z.object({
  take: Take.extend({
    state: Take.shape.state.exclude(['rendering']),
    text: z.string().max(100_000),
    name: z.string().max(1000),
    note: z.string().max(100_000),
    voiceName: z.string().max(1000),
    createdAt: When,
    // Wider than any provider's; the player divides by this speed.
    sent: z.object({
      speed: z.number().min(0.1).max(10),
      pitch: z.number().min(-100).max(100),
      volume: z.number().min(-100).max(100),
    }),
    // Hz: what any audio hardware has, and no more.
    sampleRate: z.number().int().min(1000).max(768_000),
    samples: z.number().int().min(0),
  }),
  /** Null where no sound had arrived. */
  audio: Id.nullable(),
  /** When name, note or rating were last changed. */
  changedAt: z.number(),
  /** Whether it was deleted, and is only here because a comparison, mapping or listening test needs it. */
  deleted: z.boolean().default(false),
  /** Whether it lies on the shelf, and goes onto the shelf of the library it comes into. */
  shelf: z.boolean().default(false),
});
export type TakeLine = z.infer<typeof TakeLine>;

export const ViewLine = z.object({ audio: Id, view: TakeView });

export const TimingsLine = z.object({ audio: Id, timings: CharacterTimings });

/** What a file may hold at most: far above any real project, far below what would hurt. Bytes and counts. */
export const LIMITS = {
  entries: 500_000,
  manifest: 1_000_000,
  list: 64_000_000,
  line: 4_000_000,
  lines: 200_000,
  audio: 4_000_000_000,
  problems: 200,
} as const;
