// Runs in the page before anything else: listens to what the player's one node puts out and reports.

/** What a benchmark sees of the player, in the page. */
export interface Tap {
  context: AudioContext | null;
  /** Contexts and nodes that were ever made. */
  contexts: number;
  nodes: number;
  /** Frame of the context after which nothing was kept any more; see {@link record}. */
  pieces: { frame: number; samples: Float32Array }[];
  recording: boolean;
  /** Time of the context at the last click or key press, in s. */
  pressedAt: number;
  status: string;
  underruns: number;
  /** Frame of the first sound of the last play, or -1. */
  soundAt: number;
  /** Flips that were heard: frame and place (s) they began at. */
  flips: { frame: number; position: number }[];
}

declare global {
  interface Window {
    tap: Tap;
  }
}

/** Puts the tap in place. Must not refer to anything outside of itself. */
export function installTap(): void {
  const tap: Tap = {
    context: null,
    contexts: 0,
    nodes: 0,
    pieces: [],
    recording: false,
    pressedAt: 0,
    status: 'idle',
    underruns: 0,
    soundAt: -1,
    flips: [],
  };
  window.tap = tap;
  const pressed = () => {
    tap.pressedAt = tap.context?.currentTime ?? 0;
  };
  for (const type of ['pointerdown', 'keydown']) window.addEventListener(type, pressed, true);

  const Context = window.AudioContext;
  window.AudioContext = class extends Context {
    constructor(options?: AudioContextOptions) {
      super(options);
      tap.contexts += 1;
    }
  };
  const Node = window.AudioWorkletNode;
  window.AudioWorkletNode = class extends Node {
    constructor(context: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
      super(context, name, { ...options, processorOptions: { ...options?.processorOptions, probe: true } });
      tap.context = context as AudioContext;
      tap.nodes += 1;
      this.port.addEventListener('message', ({ data }: MessageEvent) => {
        if (data.type === 'probe' && tap.recording) tap.pieces.push({ frame: data.frame, samples: data.samples });
        else if (data.type === 'sound') tap.soundAt = data.frame;
        else if (data.type === 'flip') {
          tap.flips.push({ frame: data.frame, position: data.position });
        } else if (data.type === 'state') {
          tap.status = data.status;
          tap.underruns = data.underruns;
          if (data.status === 'waiting') tap.soundAt = -1;
        }
      });
    }
  };
}
