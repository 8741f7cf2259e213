import { CHAIN_RATE } from './chain-format.ts';
import type { SourceReader } from './source-reader.ts';
import { instantiateStretch, type StretchWasm } from './stretch-wasm.ts';

/** Frames of one analysis block: 80 ms, measured to be the shortest without loss on speech. */
const BLOCK = Math.round(0.08 * CHAIN_RATE);
/** Frames from one block to the next: 20 ms. */
const INTERVAL = BLOCK / 4;
/** Above this frequency (Hz) the spectrum is moved rather than stretched; Signalsmith's own default. */
const TONALITY_LIMIT = 8000;
/** One interval before the block is analysed too, to find how the phases move. */
const WINDOW = BLOCK + INTERVAL;

/** Frames made at a time. Divides both the chain's block and the interval, so every block begins with a step. */
export const STRETCH_STEP = 64;
/** Steps that must run unheard before the output is whole: as many as a block is long. */
export const PRIMING_STEPS = BLOCK / STRETCH_STEP;

/** From one analysis to the next. */
export const STEPS_PER_INTERVAL = INTERVAL / STRETCH_STEP;
/** Centres remembered: those not yet heard (2) and the one being heard, with room to spare. */
const HISTORY = 8;

/** A stretch of the source that is played round and round, in frames. */
export interface FrameLoop {
  start: number;
  end: number;
}

/**
 * Source at another speed and pitch, frame-exact in time: what it gives now is the source at {@link position} now.
 *
 * Every 20 ms it analyses 80 ms of the source around a centre that is heard half a block later; between two centres the
 * position moves in a straight line. So a change of speed is heard, and seen in the position, from that centre on.
 */
export class StretchedReader {
  #wasm: StretchWasm = instantiateStretch();
  #reader: SourceReader;
  #inputLatency: number;
  #outputLatency: number;
  #pointer: number;
  #input: Float32Array<ArrayBufferLike>;
  #output: Float32Array<ArrayBufferLike>;

  #speed = 1;
  #pitch = 0;
  #step = 0;
  #frame = 0;
  #centre = 0;
  #fresh = true;
  #centres = 0;
  #heardAt = new Float64Array(HISTORY);
  #positions = new Float64Array(HISTORY);
  #speeds = new Float64Array(HISTORY);

  constructor(reader: SourceReader) {
    this.#reader = reader;
    this.#wasm.configure(1, BLOCK, INTERVAL, 0);
    this.#wasm.setFormantSemitones(0, 0);
    this.#wasm.setFormantBase(0);
    this.#inputLatency = this.#wasm.inputLatency();
    this.#outputLatency = this.#wasm.outputLatency();
    this.#pointer = this.#wasm.setBuffers(1, WINDOW);
    this.#input = new Float32Array(this.#wasm.memory.buffer, this.#pointer, WINDOW);
    this.#output = new Float32Array(this.#wasm.memory.buffer, this.#pointer + WINDOW * 4, STRETCH_STEP);
  }

  /** @param speed times normal @param pitch semitones */
  set(speed: number, pitch: number): void {
    this.#speed = speed;
    this.#pitch = pitch;
  }

  /**
   * Begins anew so that, after {@link PRIMING_STEPS} steps whose output is thrown away, `position` is what comes.
   *
   * @param position frames; a fraction is kept
   */
  start(position: number): void {
    this.#wasm.reset();
    this.#step = 0;
    this.#frame = -BLOCK;
    this.#fresh = true;
    this.#centres = 0;
    this.#centre = position + (this.#outputLatency - BLOCK) * this.#speed;
  }

  /** Source frame that the next step begins with. */
  position(loop: FrameLoop | null): number {
    return this.positionAfter(0, loop);
  }

  /** Source frame that will be reached in `frames` frames; exact up to one interval, as that much is analysed already. */
  positionAfter(frames: number, loop: FrameLoop | null): number {
    const frame = this.#frame + frames;
    const last = Math.max(0, this.#centres - HISTORY);
    for (let k = this.#centres - 1; k >= last; k -= 1) {
      const heardAt = this.#heardAt[k % HISTORY] as number;
      if (heardAt > frame && k > last) continue;
      const moved = (frame - heardAt) * (this.#speeds[k % HISTORY] as number);
      return wrap((this.#positions[k % HISTORY] as number) + moved, loop);
    }
    return this.#centre;
  }

  /** Source frames that must be available for the next `frames` frames: everything before this one. */
  reach(frames: number, loop: FrameLoop | null): number {
    const untilBlock = this.#step === 0 ? 0 : (STEPS_PER_INTERVAL - this.#step) * STRETCH_STEP;
    const blocks = Math.ceil(Math.max(0, frames - untilBlock) / INTERVAL);
    const first = this.#fresh ? 0 : 1;
    const centre = this.#centre + Math.max(0, blocks - 1 + first) * INTERVAL * this.#speed;
    return Math.ceil((loop ? Math.min(centre, loop.end) : centre) + this.#inputLatency);
  }

  /** As {@link reach}, for a start at `position` that has not been made yet. */
  reachFrom(position: number, frames: number, loop: FrameLoop | null): number {
    const blocks = Math.ceil(frames / INTERVAL);
    const centre = position + (this.#outputLatency + Math.max(0, blocks - 1) * INTERVAL) * this.#speed;
    return Math.ceil((loop ? Math.min(centre, loop.end) : centre) + this.#inputLatency);
  }

  /** Makes the next {@link STRETCH_STEP} frames into `out` at `at`. */
  step(out: Float32Array, at: number, loop: FrameLoop | null): void {
    if (this.#step === 0) this.#analyse(loop);
    this.#wasm.process(0, STRETCH_STEP);
    for (let i = 0; i < STRETCH_STEP; i += 1) out[at + i] = this.#output[i] as number;
    this.#step = (this.#step + 1) % STEPS_PER_INTERVAL;
    this.#frame += STRETCH_STEP;
  }

  #analyse(loop: FrameLoop | null): void {
    if (this.#fresh) {
      this.#fresh = false;
    } else {
      this.#speeds[(this.#centres - 1) % HISTORY] = this.#speed;
      this.#centre = wrap(this.#centre + INTERVAL * this.#speed, loop);
    }
    const slot = this.#centres % HISTORY;
    this.#heardAt[slot] = this.#frame + this.#outputLatency;
    this.#positions[slot] = this.#centre;
    this.#speeds[slot] = this.#speed;
    this.#centres += 1;

    if (this.#input.buffer !== this.#wasm.memory.buffer) this.#view();
    this.#reader.read(Math.round(this.#centre) + this.#inputLatency - WINDOW, WINDOW, this.#input, 0);
    this.#wasm.setTransposeSemitones(this.#pitch, TONALITY_LIMIT / CHAIN_RATE);
    this.#wasm.seek(WINDOW, this.#speed);
    if (this.#input.buffer !== this.#wasm.memory.buffer) this.#view();
  }

  /** The memory has grown, which leaves views on the old one empty. */
  #view(): void {
    this.#input = new Float32Array(this.#wasm.memory.buffer, this.#pointer, WINDOW);
    this.#output = new Float32Array(this.#wasm.memory.buffer, this.#pointer + WINDOW * 4, STRETCH_STEP);
  }
}

/** The same position, brought back into the loop where it is past its end. */
export function wrap(position: number, loop: FrameLoop | null): number {
  if (!loop || position < loop.end) return position;
  const length = loop.end - loop.start;
  return loop.start + ((position - loop.start) % length);
}
