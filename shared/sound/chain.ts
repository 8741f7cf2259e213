import { NEUTRAL_STUDIO, type StudioSettings } from '../controls/controls.ts';
import { CHAIN_BLOCK, CHAIN_RATE } from './chain-format.ts';
import { DryReader, MIN_LOOP } from './dry.ts';
import { SmoothGain } from './gain.ts';
import type { PcmSource } from './source.ts';
import { SourceReader } from './source-reader.ts';
import { type FrameLoop, PRIMING_STEPS, STEPS_PER_INTERVAL, STRETCH_STEP, StretchedReader, wrap } from './stretch.ts';

/** Quanta over which the stretcher is primed while the dry sound goes on: no quantum may cost too much. */
const PRIMING_BLOCKS = 4;
/** Analyses that each call of `prepare` makes: the first one reads the source anew and costs as much as two others. */
const PREPARATIONS = [1, 2, 1];
const STEPS_PER_BLOCK = CHAIN_BLOCK / STRETCH_STEP;
/** Cross-fade between dry and stretched sound: 4 quanta, 10.7 ms. */
const FADE_BLOCKS = 4;

/** Which sound is heard: the source itself, the stretched one, or a step between them. */
type Path = 'dry' | 'priming' | 'to-stretched' | 'stretched' | 'to-dry';

/**
 * The one chain of player, export and gateway: resampler, stretch, gain. Works in blocks of {@link CHAIN_BLOCK} frames
 * at {@link CHAIN_RATE}, one channel.
 *
 * At neutral speed and pitch the source itself is heard, untouched. Away from it the stretched sound takes over at the
 * same place of the source within 20 ms, and back. What comes out at {@link position} is the source at that position.
 * The same calls give the same output, bit for bit. Nothing is allocated after the constructor.
 */
export class Chain {
  #reader = new SourceReader();
  #dry = new DryReader(this.#reader);
  #stretched = new StretchedReader(this.#reader);
  #gain = new SmoothGain();
  #other = new Float32Array(CHAIN_BLOCK);
  #unheard = new Float32Array(STRETCH_STEP);

  #path: Path = 'dry';
  #block = 0;
  /** Steps of the stretcher that a start still needs before its sound is whole. */
  #unprimed = 0;
  /** Calls of `prepare` since the start. */
  #prepared = 0;
  #started = false;
  #start = 0;
  #loop: FrameLoop | null = null;
  #wanted: FrameLoop | null = null;
  #studio: StudioSettings = NEUTRAL_STUDIO;

  /**
   * Plays `source` from its beginning from now on.
   *
   * @throws FaultError `unsupported` for a source rate that cannot be played
   */
  attach(source: PcmSource | null): void {
    this.#reader.attach(source);
    this.#wanted = null;
    this.seek(0);
  }

  /** Speed and pitch move within 20 ms and glide to the new value; gain begins with the next frame. */
  set(studio: StudioSettings): void {
    this.#studio = studio;
    this.#gain.set(studio.volume);
  }

  /** Goes on at `seconds` of the source with the next block, without a fade. */
  seek(seconds: number): void {
    this.#start = Math.max(0, Math.round(seconds * CHAIN_RATE));
    this.#started = false;
  }

  /** Repeats `start` to `end` (seconds of the source; at least 20 ms), or nothing. */
  setLoop(start: number, end: number): void;
  setLoop(none: null): void;
  setLoop(start: number | null, end = 0): void {
    const from = Math.round((start ?? 0) * CHAIN_RATE);
    this.#wanted =
      start === null ? null : { start: from, end: Math.max(from + MIN_LOOP, Math.round(end * CHAIN_RATE)) };
  }

  /** Seconds of the source at which the next block begins. */
  get position(): number {
    return this.#frame() / CHAIN_RATE;
  }

  /**
   * Seconds of the source at which a block begins that is `blocks` (0 to {@link PRIMING_BLOCKS}) after the next one, if
   * nothing is set until then.
   */
  positionAfter(blocks: number): number {
    const frames = blocks * CHAIN_BLOCK;
    const loop = this.#activeLoop();
    if (!this.#started || this.#unprimed > 0) {
      return wrap(this.#start + frames * this.#studio.speed, loop) / CHAIN_RATE;
    }
    switch (this.#path) {
      case 'stretched':
      case 'to-stretched': {
        if (!this.#neutral) return this.#stretched.positionAfter(frames, loop) / CHAIN_RATE;
        // The dry sound takes over as soon as the stretched one is heard whole.
        const whole = this.#path === 'stretched' ? 0 : (FADE_BLOCKS - this.#block) * CHAIN_BLOCK;
        const stretched = Math.min(frames, whole);
        const left = Math.round(this.#stretched.positionAfter(stretched, loop));
        return wrap(left + frames - stretched, loop) / CHAIN_RATE;
      }
      case 'dry':
      case 'to-dry':
        return this.#dry.after(frames, loop) / CHAIN_RATE;
      case 'priming': {
        const dry = Math.min(frames, (PRIMING_BLOCKS - this.#block) * CHAIN_BLOCK);
        const stretched = (frames - dry) * this.#studio.speed;
        return wrap(this.#dry.after(dry, loop) + stretched, loop) / CHAIN_RATE;
      }
    }
  }

  /**
   * Does a part of what a start at the place of {@link seek} needs, so that {@link process} need not do all of it at once:
   * see {@link preparations}. The output is the same with it and without.
   *
   * @returns true once nothing is left to do
   */
  prepare(): boolean {
    this.#loop = this.#activeLoop();
    if (!this.#started) this.#begin();
    this.#primeStart((PREPARATIONS[this.#prepared] ?? 1) * STEPS_PER_INTERVAL);
    this.#prepared += 1;
    return this.#unprimed === 0;
  }

  /** Calls of {@link prepare} that a start with the settings as they are takes. */
  get preparations(): number {
    return this.#neutral ? 1 : PREPARATIONS.length;
  }

  /** Seconds of the source, or `null` while its end is not known. */
  get duration(): number | null {
    const { total } = this.#reader;
    return total === null ? null : total / CHAIN_RATE;
  }

  /** True once everything has come out and no loop goes on. */
  get ended(): boolean {
    const { total } = this.#reader;
    return total !== null && this.#activeLoop() === null && this.#frame() >= total;
  }

  /** Seconds of sound that are there beyond what the next block needs; below 0 where that is missing. */
  get ahead(): number {
    return (this.#reader.available - this.#reach(CHAIN_BLOCK)) / CHAIN_RATE;
  }

  /** True if the next `frames` frames can be made as they should sound. */
  canRender(frames: number): boolean {
    return this.#reader.total !== null || this.#reach(frames) <= this.#reader.available;
  }

  /** Makes the next {@link CHAIN_BLOCK} frames. What has not arrived is silence: ask {@link canRender} first. */
  process(out: Float32Array): void {
    this.#loop = this.#activeLoop();
    if (!this.#started) this.#begin();
    this.#primeStart(PRIMING_STEPS);
    if (this.#path === 'dry' && !this.#neutral) this.#prime();
    if (this.#path === 'stretched' && this.#neutral) this.#leave();
    if (this.#path !== 'to-dry') this.#stretched.set(this.#studio.speed, this.#studio.pitch);

    switch (this.#path) {
      case 'dry':
        this.#dry.read(out, this.#loop);
        break;
      case 'priming':
        this.#dry.read(out, this.#loop);
        this.#primeSteps(PRIMING_STEPS / PRIMING_BLOCKS);
        this.#advance(PRIMING_BLOCKS, 'to-stretched');
        break;
      case 'to-stretched':
        this.#dry.read(this.#other, this.#loop);
        this.#stretch(out);
        this.#crossFade(this.#other, out, out);
        this.#advance(FADE_BLOCKS, 'stretched');
        break;
      case 'stretched':
        this.#stretch(out);
        break;
      case 'to-dry':
        this.#stretch(this.#other);
        this.#dry.read(out, this.#loop);
        this.#crossFade(this.#other, out, out);
        this.#advance(FADE_BLOCKS, 'dry');
        break;
    }
    this.#gain.process(out);
  }

  get #neutral(): boolean {
    return this.#studio.speed === 1 && this.#studio.pitch === 0;
  }

  #begin(): void {
    this.#started = true;
    this.#gain.settle();
    this.#unprimed = 0;
    this.#prepared = 0;
    if (this.#neutral) {
      this.#path = 'dry';
      this.#dry.seek(this.#start);
      return;
    }
    this.#path = 'stretched';
    this.#stretched.set(this.#studio.speed, this.#studio.pitch);
    this.#stretched.start(this.#start);
    this.#unprimed = PRIMING_STEPS;
  }

  /** Goes on with the start of the stretcher by at most so many steps. */
  #primeStart(most: number): void {
    const steps = Math.min(most, this.#unprimed);
    this.#primeSteps(steps);
    this.#unprimed -= steps;
  }

  /** Starts the stretcher where the dry sound will be when it is primed; waits while that has not arrived. */
  #prime(): void {
    if (!this.canRender(CHAIN_BLOCK)) return;
    this.#path = 'priming';
    this.#block = 0;
    this.#stretched.set(this.#studio.speed, this.#studio.pitch);
    this.#stretched.start(this.#dry.after(PRIMING_BLOCKS * CHAIN_BLOCK, this.#loop));
  }

  #leave(): void {
    this.#path = 'to-dry';
    this.#block = 0;
    this.#dry.seek(Math.round(this.#stretched.position(this.#loop)));
  }

  #primeSteps(steps: number): void {
    for (let i = 0; i < steps; i += 1) this.#stretched.step(this.#unheard, 0, this.#loop);
  }

  #stretch(out: Float32Array): void {
    for (let i = 0; i < STEPS_PER_BLOCK; i += 1) this.#stretched.step(out, i * STRETCH_STEP, this.#loop);
  }

  #advance(blocks: number, next: Path): void {
    this.#block += 1;
    if (this.#block < blocks) return;
    this.#block = 0;
    this.#path = next;
  }

  /** Smoothstep: close to a raised cosine, and the same bits on every machine. */
  #crossFade(from: Float32Array, to: Float32Array, out: Float32Array): void {
    for (let i = 0; i < CHAIN_BLOCK; i += 1) {
      const x = (this.#block * CHAIN_BLOCK + i + 1) / (FADE_BLOCKS * CHAIN_BLOCK);
      const weight = x * x * (3 - 2 * x);
      const before = from[i] as number;
      out[i] = before + weight * ((to[i] as number) - before);
    }
  }

  #frame(): number {
    if (!this.#started || this.#unprimed > 0) return this.#start;
    const stretched = this.#path === 'stretched' || this.#path === 'to-stretched';
    return stretched ? this.#stretched.position(this.#loop) : this.#dry.frame;
  }

  /** The loop asked for, held within the source once its end is known. */
  #activeLoop(): FrameLoop | null {
    const wanted = this.#wanted;
    const { total } = this.#reader;
    if (!wanted || total === null || wanted.end <= total) return wanted;
    const end = total;
    if (end - wanted.start < MIN_LOOP) return null;
    if (this.#loop?.start === wanted.start && this.#loop.end === end) return this.#loop;
    return { start: wanted.start, end };
  }

  #reach(frames: number): number {
    const dryReach = (this.#started ? this.#dry.frame : this.#start) + frames;
    this.#stretched.set(this.#studio.speed, this.#studio.pitch);
    if (!this.#started) {
      return this.#neutral ? dryReach : this.#stretched.reachFrom(this.#start, frames, this.#loop);
    }
    switch (this.#path) {
      case 'dry': {
        if (this.#neutral) return dryReach;
        const from = this.#dry.frame + PRIMING_BLOCKS * CHAIN_BLOCK;
        return this.#stretched.reachFrom(from, FADE_BLOCKS * CHAIN_BLOCK + frames, this.#loop);
      }
      case 'priming':
      case 'to-stretched': {
        const unheard = (PRIMING_STEPS / PRIMING_BLOCKS) * STRETCH_STEP * (PRIMING_BLOCKS - this.#block);
        return Math.max(
          this.#dry.frame + FADE_BLOCKS * CHAIN_BLOCK + frames,
          this.#stretched.reach((this.#path === 'priming' ? unheard : 0) + frames, this.#loop),
        );
      }
      case 'stretched':
        return this.#stretched.reach(this.#unprimed * STRETCH_STEP + frames, this.#loop);
      case 'to-dry':
        return Math.max(dryReach, this.#stretched.reach(frames, this.#loop));
    }
  }
}
