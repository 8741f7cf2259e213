import type { StoreApi } from 'zustand';
import type { StudioSettings } from '../../shared/controls/controls.ts';
import type { Fault } from '../../shared/errors.ts';
import type { Landing } from './landing.ts';
import type { Loop } from './messages.ts';
import type { PaceRecord } from './pace.ts';

export type { Landing } from './landing.ts';
export type { Loop } from './messages.ts';
export type { Preloaded } from './preloads.ts';

/** One sound output. */
export interface Output {
  /** '' is the system's own choice. */
  id: string;
  label: string;
}

/** The output in use and how it is. */
export interface DeviceState extends Output {
  /** `suspended`: the browser holds sound back; `lost`: the device is gone or does not take sound. */
  state: 'ok' | 'suspended' | 'lost';
  /** What happened and what to do, in words; '' when nothing did. */
  note: string;
}

/**
 * `waiting`: asked for, nothing has come; `buffering`: sound is there but not enough to go on; `failed`: what arrived was
 * played, `fault` says why there is no more.
 */
export type PlayerStatus = 'idle' | 'waiting' | 'buffering' | 'playing' | 'paused' | 'ended' | 'failed';

export interface PlayerState {
  takeId: string | null;
  /** The take of a flip whose sound has not come far enough; the one before plays on until then. */
  flippingTo: string | null;
  status: PlayerStatus;
  fault: Fault | null;
  /** Seconds of the take. */
  position: number;
  /** Seconds of the take that are known of. */
  duration: number;
  /** All of it has arrived. */
  complete: boolean;
  /** Seconds of playing that are there in advance. */
  buffered: number;
  underruns: number;
  /** Milliseconds from the call to the first sample that is not silent, in the output's own time. */
  firstSoundMs: number | null;
  loop: Loop;
  studio: StudioSettings;
  /** dB, at most 0: see {@link PlayOptions}. */
  trim: number;
  device: DeviceState;
  outputs: Output[];
}

/** What meters draw, once per displayed frame while something plays and once when it stops. */
export interface PlayerFrame {
  /** Seconds of the take, as heard now. */
  position: number;
  /** Root mean square in dBFS; -Infinity for silence. */
  levelDb: number;
  /** Highest sample in dBFS. */
  peakDb: number;
  /** LUFS over the last 400 ms. */
  momentaryLufs: number | null;
  /** LUFS since it began to play. */
  integratedLufs: number | null;
  /** A sample went beyond full scale since it began to play. */
  clipped: boolean;
}

/** Where the sound of a take comes from. */
export interface PlaySource {
  takeId: string;
  /** Whose pace sizes the jitter buffer. */
  provider: string;
  /**
   * Asks for its s16le stream; the answer carries x-timbre-rate and, where known, x-timbre-samples and x-timbre-take.
   *
   * @param fetch to be used in place of the global one: sound asked for with it does not wait for a busy page. Its answer
   *   has no body
   */
  open(signal: AbortSignal, fetch: typeof globalThis.fetch): Promise<Response>;
}

export interface PlayOptions {
  /** Seconds. */
  from?: number;
  loop?: Loop;
  /** Make it ready, but do not begin. */
  paused?: boolean;
  /** What the studio itself does to it; as it stands where nothing is given. */
  studio?: StudioSettings;
  /** dB, at most 0: makes it as loud as the takes it is compared with; 0 where nothing is given. */
  trim?: number;
}

export interface FlipOptions {
  /** Where the other take goes on. A map leads from the take that plays (`takeId` of the state) to the other one. */
  to: Landing;
  studio: StudioSettings;
  /** dB, at most 0. */
  trim: number;
  /** Of the other take, in its seconds. Where nothing is given, what is repeated now is repeated there, as `to` has it. */
  loop?: Loop;
}

export interface PlayerSetup {
  /** Where its state is kept. */
  store?: StoreApi<PlayerState>;
  /** Pace of the providers as it was when the page was last left. */
  pace?: PaceRecord;
  /** Called with every sample that comes out and the frame of the context it begins with. For tests. */
  onProbe?: (frame: number, samples: Float32Array) => void;
}

/** What a player holds, so that a test can see that nothing is left behind. */
export interface PlayerCounts {
  contexts: number;
  nodes: number;
  listeners: number;
  timers: number;
  requests: number;
  workers: number;
  takes: number;
  bytes: number;
}
