import { CHAIN_BLOCK } from '../../shared/sound/chain-format.ts';
import { filterBank } from '../../shared/sound/resampler.ts';
import { PcmSource } from '../../shared/sound/source.ts';
import { CrossFade } from './cross-fade.ts';
import { Deck, type DeckSettings, RESERVE } from './deck.ts';
import { Fade } from './fade.ts';
import { Flip, wayBack } from './flip.ts';
import type { Landing } from './landing.ts';
import type { Command, PlaybackStatus, Report } from './messages.ts';
import { Meter } from './meter.ts';

/** Blocks from one frame report to the next: 21 ms. */
const REPORT_BLOCKS = 8;
/** Seconds that must be there again after the first underrun; doubled with each further one. */
const REFILL = 0.1;
const LONGEST_REFILL = 2;
/** Rates (Hz) whose filters are made at the start, since making one takes longer than a block. */
const USUAL_RATES = [16_000, 22_050, 24_000, 44_100];

/**
 * What the audio thread does, without the thread: sources under their keys, two decks, fades, underruns and meter. One deck
 * is heard; the other one takes up the take that is flipped to, and is heard beside it while the two cross-fade.
 * {@link process} allocates nothing; {@link command} does, between blocks.
 */
export class Playback {
  #report: (report: Report) => void;
  #sources = new Map<string, PcmSource>();
  #broken = new Set<string>();
  #on = new Deck();
  #off = new Deck();
  #flip: Flip | null = null;
  /** The last flip that was done. */
  #done: { from: number; token: number; way: readonly Landing[] } | null = null;
  #cross = new CrossFade();
  #old = new Float32Array(CHAIN_BLOCK);
  #fade = new Fade();
  #meter = new Meter();

  #status: PlaybackStatus = 'idle';
  #underruns = 0;
  #heard = false;
  #untilReport = REPORT_BLOCKS;
  /** What is done as soon as the fade has reached silence. */
  #queue: (() => void)[] = [];

  constructor(report: (report: Report) => void) {
    this.#report = report;
    for (const rate of USUAL_RATES) filterBank(rate);
  }

  /** Samples held of all sources, in bytes. */
  get bytes(): number {
    let sum = 0;
    for (const source of this.#sources.values()) sum += source.bytes;
    return sum;
  }

  /** Sources held. */
  get sources(): number {
    return this.#sources.size;
  }

  /** Takes samples of a key over. Those of a key that was dropped are thrown away. */
  append(key: string, samples: Int16Array): void {
    this.#sources.get(key)?.append(samples);
  }

  command(command: Command): void {
    switch (command.type) {
      case 'load':
        this.#load(command.key, new PcmSource(command.rate));
        break;
      case 'end':
        if (command.broken) this.#broken.add(command.key);
        this.#sources.get(command.key)?.end();
        break;
      case 'drop':
        this.#broken.delete(command.key);
        this.#sources.delete(command.key);
        break;
      case 'play':
        this.#giveUp();
        this.#whenSilent(() => this.#play(command));
        break;
      case 'flip':
        if (this.#queue.length > 0) this.#queue.push(() => this.#ask(command));
        else this.#ask(command);
        break;
      case 'unflip':
        if (this.#flip?.token === command.token) this.#giveUp();
        break;
      case 'pause':
        this.#whenSilent(() => this.#pause());
        break;
      case 'resume':
        if (this.#status !== 'playing' || this.#queue.length > 0) this.#whenSilent(() => this.#resume());
        break;
      case 'seek':
        if (this.#flip?.token === command.token) this.#flip.moveTo(command.seconds);
        else if (this.#on.token === command.token || this.#queue.length > 0) {
          this.#whenSilent(() => this.#seek(command.token, command.seconds));
        }
        break;
      case 'set':
        this.#set(command.token, command);
        break;
      case 'stop':
      case 'close':
        this.#giveUp();
        this.#whenSilent(() => this.#stop());
        break;
    }
  }

  /**
   * Makes the next block.
   *
   * @param frame frame of the audio context that it begins with
   */
  process(out: Float32Array, frame: number): void {
    if (this.#status === 'buffering' || this.#status === 'waiting') this.#begin();
    if (this.#status !== 'playing') {
      out.fill(0);
      return;
    }

    if (this.#queue.length === 0) this.#watch();
    if (this.#queue.length === 0 && this.#flip) this.#approach(this.#flip, frame);
    this.#render(out);
    this.#measure(out, frame);

    if (this.#queue.length > 0 && this.#fade.silent) this.#runQueue();
    else if (this.#on.ended && !this.#cross.active && !this.#flip?.cued) this.#end();
  }

  #render(out: Float32Array): void {
    if (!this.#on.canRender) {
      out.fill(0);
      this.#fade.close(true);
      return;
    }
    this.#on.process(out);
    if (this.#cross.active) {
      this.#off.process(this.#old);
      this.#cross.process(out, this.#old);
      if (!this.#cross.active) this.#off.clear();
    }
    this.#fade.process(out);
  }

  #load(key: string, source: PcmSource): void {
    this.#sources.set(key, source);
    this.#broken.delete(key);
    if (this.#flip?.loaded && this.#off.key === key) this.#off.attach(source);
    if (this.#on.key !== key || this.#on.attached) return;
    this.#on.attach(source);
    if (this.#status === 'waiting') this.#to('buffering');
  }

  #play(command: Extract<Command, { type: 'play' }>): void {
    this.#cross.end();
    this.#off.clear();
    this.#underruns = 0;
    this.#heard = false;
    this.#meter.reset();
    this.#on.load(command.token, command.key, command.from, command);
    const source = this.#sources.get(command.key);
    if (source) this.#on.attach(source);
    if (command.paused) this.#to('paused');
    else this.#to(source ? 'buffering' : 'waiting');
  }

  #pause(): void {
    if (this.#status === 'playing' || this.#status === 'buffering' || this.#status === 'waiting') this.#to('paused');
  }

  #resume(): void {
    if (this.#status === 'ended') this.#on.seek(0);
    if (this.#status === 'ended' || this.#status === 'paused') this.#to(this.#on.attached ? 'buffering' : 'waiting');
  }

  #seek(token: number, seconds: number): void {
    if (token !== this.#on.token) return;
    this.#on.seek(seconds);
    if (this.#status === 'playing') this.#to('buffering');
    else if (this.#status === 'ended') this.#to('paused');
    else this.#to(this.#status);
  }

  #stop(): void {
    this.#cross.end();
    this.#on.clear();
    this.#off.clear();
    this.#to('idle');
  }

  #set(token: number, change: Partial<DeckSettings>): void {
    if (token === this.#on.token) this.#on.set(change);
    else if (token === this.#flip?.token) {
      this.#flip.change(change);
      if (this.#flip.loaded) this.#off.set(change);
    } else if (this.#queue.length > 0) this.#queue.push(() => this.#set(token, change));
  }

  /** Does it at once where nothing is heard, else after a fade out. */
  #whenSilent(action: () => void): void {
    if (this.#status !== 'playing') {
      action();
      return;
    }
    this.#queue.push(action);
    this.#fade.close();
  }

  #runQueue(): void {
    const queue = this.#queue;
    this.#queue = [];
    for (const action of queue) action();
    if (this.#flip) this.#flip.cued = false;
    this.#settle();
  }

  /** A flip is asked for. The newest one counts. */
  #ask(command: Extract<Command, { type: 'flip' }>): void {
    const before = this.#flip;
    const back = before?.token === command.from && this.#on.key === command.key && !('at' in command.to);
    this.#giveUp();
    if (back) {
      // What it leads back to is still heard.
      this.#on.rename(command.token);
      this.#on.set(command);
      this.#to(this.#status);
      return;
    }
    this.#flip = new Flip(command, this.#wayTo(command.from, before));
    this.#settle();
  }

  /** From the take that is heard to the one that a token names. */
  #wayTo(token: number, asked: Flip | null): readonly Landing[] {
    if (asked?.token === token) return asked.way;
    const done = this.#done;
    return done?.from === token && done.token === this.#on.token ? wayBack(done.way) : [];
  }

  #giveUp(): void {
    if (this.#flip?.loaded) this.#off.clear();
    this.#flip = null;
  }

  /** Where nothing is heard and nothing is waited for, a flip is done at once. */
  #settle(): void {
    const flip = this.#flip;
    if (!flip) return;
    const status = this.#status;
    if (status !== 'paused' && status !== 'ended' && status !== 'idle') return;
    this.#takeOver(flip);
    this.#to(status === 'ended' && !flip.fixed ? 'ended' : 'paused');
  }

  /** Puts a flip on the free deck. */
  #takeUp(flip: Flip): void {
    if (flip.loaded) return;
    flip.loaded = true;
    this.#off.load(flip.token, flip.key, 0, flip.settings);
    const source = this.#sources.get(flip.key);
    if (source) this.#off.attach(source);
  }

  /** Enough is there to go on where the take that is heard will be in `blocks` blocks; the free deck stands there then. */
  #ready(flip: Flip, blocks: number): boolean {
    this.#off.seek(flip.landing(this.#on.positionAfter(blocks)));
    const { left } = this.#off;
    if (left !== null && left <= RESERVE && this.#broken.has(flip.key)) {
      this.#report({ type: 'refused', token: flip.token });
      this.#giveUp();
      return false;
    }
    return this.#off.enough();
  }

  /** Gets a flip ready over as many blocks as it needs, and begins it. */
  #approach(flip: Flip, frame: number): void {
    if (this.#cross.active) return;
    this.#takeUp(flip);
    if (!flip.cued) {
      if (!this.#ready(flip, this.#off.preparations - 1)) return;
      flip.cued = true;
    }
    if (!this.#off.prepare()) return;
    this.#swap(flip);
    this.#cross.start();
    this.#untilReport = 1;
    this.#report({ type: 'flip', token: flip.token, frame, position: this.#on.position });
    this.#to('playing');
  }

  /** Goes over to the take of a flip while nothing is heard. */
  #takeOver(flip: Flip): void {
    this.#cross.end();
    this.#takeUp(flip);
    this.#off.seek(flip.landing(this.#on.position));
    this.#swap(flip);
    this.#off.clear();
  }

  #swap(flip: Flip): void {
    this.#done = { from: this.#on.token, token: flip.token, way: flip.way };
    const fresh = this.#off;
    this.#off = this.#on;
    this.#on = fresh;
    this.#flip = null;
    this.#underruns = 0;
  }

  /** Begins to be heard with the take that was flipped to, or else with the one that was waited for. */
  #begin(): void {
    const flip = this.#flip;
    if (flip) {
      this.#takeUp(flip);
      if (this.#ready(flip, 0)) {
        this.#takeOver(flip);
        this.#to('buffering');
      }
    }
    const refill = this.#underruns === 0 ? 0 : Math.min(LONGEST_REFILL, REFILL * 2 ** (this.#underruns - 1));
    if (this.#status === 'buffering' && this.#on.enough(refill)) this.#start();
  }

  #start(): void {
    this.#fade.close(true);
    this.#fade.open(this.#on.position === 0);
    this.#untilReport = 1;
    this.#to('playing');
  }

  /** All of a take was heard; one that is flipped to and has not come yet is waited for. */
  #end(): void {
    const flip = this.#flip;
    if (flip) this.#takeOver(flip);
    if (flip) this.#to(this.#on.attached ? 'buffering' : 'waiting');
    else this.#to('ended');
  }

  /** Notices in time that the sound will run out, so that it can be faded. */
  #watch(): void {
    if (!this.#on.inReserve) {
      this.#underruns += 1;
      this.#whenSilent(() => this.#to('buffering'));
      return;
    }
    const { left } = this.#on;
    if (left !== null && left <= RESERVE && this.#broken.has(this.#on.key)) this.#whenSilent(() => this.#end());
  }

  #measure(out: Float32Array, frame: number): void {
    this.#meter.push(out);
    if (!this.#heard && this.#meter.peak > 0) this.#sound(out, frame);
    this.#untilReport -= 1;
    if (this.#untilReport > 0) return;
    this.#untilReport = REPORT_BLOCKS;
    this.#report({
      type: 'frame',
      token: this.#on.token,
      frame: frame + CHAIN_BLOCK,
      position: this.#on.position,
      speed: this.#on.speed,
      buffered: Math.max(0, this.#on.ahead),
      level: this.#meter.level,
      peak: this.#meter.peak,
      momentary: this.#meter.momentary,
      integrated: this.#meter.integrated,
      clipped: this.#meter.clipped,
    });
    this.#meter.next();
  }

  #sound(out: Float32Array, frame: number): void {
    this.#heard = true;
    const first = out.findIndex((sample) => sample !== 0);
    this.#report({ type: 'sound', token: this.#on.token, frame: frame + first });
  }

  #to(status: PlaybackStatus): void {
    this.#status = status;
    if (status !== 'playing') this.#fade.close(true);
    const { token, position } = this.#on;
    this.#report({ type: 'state', token, status, position, underruns: this.#underruns });
  }
}
