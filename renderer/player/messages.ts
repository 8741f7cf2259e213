import { z } from 'zod';
import { StudioSettings } from '../../shared/controls/controls.ts';

/** What is repeated: nothing, the whole take, or a region of it in seconds. */
export const Loop = z.union([z.null(), z.literal('all'), z.object({ start: z.number(), end: z.number() })]);
export type Loop = z.infer<typeof Loop>;

/** What the page tells the audio thread. Samples travel beside this, as {@link SamplesMessage}. */
export const Command = z.discriminatedUnion('type', [
  /** Sound under this key will follow, at `rate` Hz. What was there under it is forgotten. */
  z.object({ type: z.literal('load'), key: z.string(), rate: z.number().int() }),
  /** Nothing more will come; `broken` if more should have. */
  z.object({ type: z.literal('end'), key: z.string(), broken: z.boolean() }),
  z.object({ type: z.literal('drop'), key: z.string() }),
  z.object({
    type: z.literal('play'),
    /** Names this play in every report. */
    token: z.number(),
    key: z.string(),
    /** Seconds. */
    from: z.number(),
    paused: z.boolean(),
    loop: Loop,
    studio: StudioSettings,
    /** Seconds of playing that must be there before it begins. */
    prebuffer: z.number(),
  }),
  z.object({ type: z.literal('pause') }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('seek'), seconds: z.number() }),
  z.object({ type: z.literal('loop'), loop: Loop }),
  z.object({ type: z.literal('studio'), studio: StudioSettings }),
  z.object({ type: z.literal('prebuffer'), seconds: z.number() }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('close') }),
]);
export type Command = z.infer<typeof Command>;

/** Samples of a key, s16. Their memory is handed over. Not parsed: it comes too often. */
export interface SamplesMessage {
  type: 'samples';
  key: string;
  samples: Int16Array<ArrayBuffer>;
}

export const PlaybackStatus = z.enum(['idle', 'waiting', 'buffering', 'playing', 'paused', 'ended']);
export type PlaybackStatus = z.infer<typeof PlaybackStatus>;

/** What the audio thread tells the page. */
export const Report = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('state'),
    token: z.number(),
    status: PlaybackStatus,
    /** Seconds of the source. */
    position: z.number(),
    underruns: z.number(),
  }),
  /** About each 21 ms while something plays. */
  z.object({
    type: z.literal('frame'),
    token: z.number(),
    /** Frame of the audio context at which `position` (seconds of the source) comes out. */
    frame: z.number(),
    position: z.number(),
    /** Source seconds per second; 0 when it stands. */
    speed: z.number(),
    /** Seconds of playing that are there in advance. */
    buffered: z.number(),
    /** Root mean square and highest sample since the last report, 0-1 and above. */
    level: z.number(),
    peak: z.number(),
    /** LUFS. */
    momentary: z.number().nullable(),
    integrated: z.number().nullable(),
    /** A sample went beyond full scale since this play began. */
    clipped: z.boolean(),
  }),
  /** The first sample of this play that is not silence came out at this frame. */
  z.object({ type: z.literal('sound'), token: z.number(), frame: z.number() }),
  /** What came out, for tests: `samples` beginning at `frame`. */
  z.object({ type: z.literal('probe'), frame: z.number(), samples: z.instanceof(Float32Array) }),
]);
export type Report = z.infer<typeof Report>;

/** Options of the audio thread. */
export const ProcessorOptions = z.object({
  /** Report every sample that comes out. For tests. */
  probe: z.boolean().default(false),
});
export type ProcessorOptions = z.infer<typeof ProcessorOptions>;

export const PROCESSOR_NAME = 'timbre-player';
