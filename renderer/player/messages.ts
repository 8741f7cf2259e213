import { z } from 'zod';
import { StudioSettings } from '../../shared/controls/controls.ts';
import { Landing } from './landing.ts';

/** What is repeated: nothing, the whole take, or a region of it in seconds. */
export const Loop = z.union([z.null(), z.literal('all'), z.object({ start: z.number(), end: z.number() })]);
export type Loop = z.infer<typeof Loop>;

/** How a take is played; `trim` in dB, `prebuffer` the seconds of playing that must be there before it begins. */
const SETTINGS = { loop: Loop, studio: StudioSettings, trim: z.number(), prebuffer: z.number() };

/**
 * What the page tells the audio thread. Samples travel beside this, as {@link SamplesMessage}. A `token` names the play or
 * flip that is meant: a command for one that is over has no effect.
 */
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
    ...SETTINGS,
  }),
  /** Goes over to another take, as soon as enough of it is there. */
  z.object({
    type: z.literal('flip'),
    token: z.number(),
    /** Token of the take that `to` leads from. */
    from: z.number(),
    key: z.string(),
    to: Landing,
    ...SETTINGS,
  }),
  /** Stays with the take that plays, if the flip has not been done yet. */
  z.object({ type: z.literal('unflip'), token: z.number() }),
  z.object({ type: z.literal('pause') }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('seek'), token: z.number(), seconds: z.number() }),
  /** Changes what is given. */
  z.object({ type: z.literal('set'), token: z.number(), ...z.object(SETTINGS).partial().shape }),
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
  /** A flip is heard from this frame on, of which all is the take before; `position` is that of the new one there. */
  z.object({ type: z.literal('flip'), token: z.number(), frame: z.number(), position: z.number() }),
  /** A flip was given up: its sound broke off before the place where it would have gone on. */
  z.object({ type: z.literal('refused'), token: z.number() }),
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
