import type { StudioSettings } from '../../shared/controls/controls.ts';
import { Chain } from '../../shared/sound/chain.ts';
import { CHAIN_BLOCK } from '../../shared/sound/chain-format.ts';
import { PcmSource } from '../../shared/sound/source.ts';
import { FADE_FRAMES, Fade } from './fade.ts';
import type { Command, Loop, PlaybackStatus, Report } from './messages.ts';
import { Meter } from './meter.ts';

/** Frames held in reserve so that an underrun can be faded out: the fade, in whole blocks. */
const RESERVE = Math.ceil(FADE_FRAMES / CHAIN_BLOCK) * CHAIN_BLOCK;
/** Blocks from one frame report to the next: 21 ms. */
const REPORT_BLOCKS = 8;
/** Seconds that must be there again after the first underrun; doubled with each further one. */
const REFILL = 0.1;
const LONGEST_REFILL = 2;

/**
 * What the audio thread does, without the thread: sources under their keys, the chain, fades, underruns and meter.
 * {@link process} allocates nothing; {@link command} does, between blocks.
 */
export class Playback {
  #report: (report: Report) => void;
  #sources = new Map<string, PcmSource>();
  #broken = new Set<string>();
  #chain = new Chain();
  #fade = new Fade();
  #meter = new Meter();

  #token = 0;
  #key = '';
  #source: PcmSource | null = null;
  #status: PlaybackStatus = 'idle';
  #from = 0;
  #loop: Loop = null;
  #speed = 1;
  #prebuffer = 0;
  #underruns = 0;
  #heard = false;
  #untilReport = REPORT_BLOCKS;
  /** What is done as soon as the fade has reached silence. */
  #queue: (() => void)[] = [];

  constructor(report: (report: Report) => void) {
    this.#report = report;
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
        this.#whenSilent(() => this.#play(command));
        break;
      case 'pause':
        this.#whenSilent(() => this.#pause());
        break;
      case 'resume':
        if (this.#status !== 'playing' || this.#queue.length > 0) this.#whenSilent(() => this.#resume());
        break;
      case 'seek':
        this.#whenSilent(() => this.#seek(command.seconds));
        break;
      case 'loop':
        this.#loop = command.loop;
        this.#applyLoop();
        break;
      case 'studio':
        this.#set(command.studio);
        break;
      case 'prebuffer':
        this.#prebuffer = command.seconds;
        break;
      case 'stop':
      case 'close':
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
    if (this.#status === 'buffering' && this.#enough()) this.#start();
    if (this.#status !== 'playing') {
      out.fill(0);
      return;
    }

    if (this.#queue.length === 0) this.#watch();
    if (this.#chain.canRender(CHAIN_BLOCK)) {
      this.#chain.process(out);
      this.#fade.process(out);
    } else {
      out.fill(0);
      this.#fade.close(true);
    }
    this.#measure(out, frame);

    if (this.#queue.length > 0 && this.#fade.silent) this.#runQueue();
    else if (this.#chain.ended) this.#to('ended');
  }

  #load(key: string, source: PcmSource): void {
    this.#sources.set(key, source);
    this.#broken.delete(key);
    if (key === this.#key && this.#source === null) this.#attach(source);
  }

  #attach(source: PcmSource): void {
    this.#source = source;
    this.#chain.attach(source);
    this.#applyLoop();
    this.#chain.seek(this.#from);
    if (this.#status === 'waiting') this.#to('buffering');
  }

  #play(command: Extract<Command, { type: 'play' }>): void {
    this.#token = command.token;
    this.#key = command.key;
    this.#from = command.from;
    this.#loop = command.loop;
    this.#prebuffer = command.prebuffer;
    this.#underruns = 0;
    this.#heard = false;
    this.#source = null;
    this.#meter.reset();
    this.#chain.attach(null);
    this.#set(command.studio);
    this.#status = command.paused ? 'paused' : 'waiting';
    const source = this.#sources.get(command.key);
    if (source) this.#attach(source);
    else this.#to(this.#status);
    if (source && command.paused) this.#to('paused');
  }

  #pause(): void {
    if (this.#status === 'playing' || this.#status === 'buffering' || this.#status === 'waiting') this.#to('paused');
  }

  #resume(): void {
    if (this.#status === 'ended') this.#chain.seek(0);
    if (this.#status === 'ended' || this.#status === 'paused') this.#to(this.#source ? 'buffering' : 'waiting');
  }

  #seek(seconds: number): void {
    this.#from = Math.max(0, Math.min(seconds, this.#chain.duration ?? seconds));
    if (this.#source) this.#chain.seek(this.#from);
    if (this.#status === 'playing') this.#to('buffering');
    else if (this.#status === 'ended') this.#to('paused');
    else this.#to(this.#status);
  }

  #stop(): void {
    this.#key = '';
    this.#source = null;
    this.#from = 0;
    this.#chain.attach(null);
    this.#to('idle');
  }

  #set(studio: StudioSettings): void {
    this.#speed = studio.speed;
    this.#chain.set(studio);
  }

  #applyLoop(): void {
    const loop = this.#loop;
    if (loop === null) this.#chain.setLoop(null);
    else if (loop === 'all') this.#chain.setLoop(0, Number.POSITIVE_INFINITY);
    else this.#chain.setLoop(loop.start, loop.end);
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
  }

  #enough(): boolean {
    const source = this.#source;
    if (!source) return false;
    if (source.ended) return true;
    const refill = this.#underruns === 0 ? 0 : Math.min(LONGEST_REFILL, REFILL * 2 ** (this.#underruns - 1));
    return (
      this.#chain.canRender(CHAIN_BLOCK + RESERVE) &&
      this.#chain.ahead / this.#speed >= Math.max(this.#prebuffer, refill)
    );
  }

  #start(): void {
    this.#fade.close(true);
    this.#fade.open(this.#chain.position === 0);
    this.#untilReport = 1;
    this.#to('playing');
  }

  /** Notices in time that the sound will run out, so that it can be faded. */
  #watch(): void {
    if (!this.#chain.canRender(CHAIN_BLOCK + RESERVE)) {
      this.#underruns += 1;
      this.#whenSilent(() => this.#to('buffering'));
      return;
    }
    const { duration } = this.#chain;
    if (duration === null || this.#loop !== null || !this.#broken.has(this.#key)) return;
    const left = ((duration - this.#chain.position) / this.#speed) * 48_000;
    if (left <= RESERVE) this.#whenSilent(() => this.#to('ended'));
  }

  #measure(out: Float32Array, frame: number): void {
    this.#meter.push(out);
    if (!this.#heard && this.#meter.peak > 0) this.#sound(out, frame);
    this.#untilReport -= 1;
    if (this.#untilReport > 0) return;
    this.#untilReport = REPORT_BLOCKS;
    this.#report({
      type: 'frame',
      token: this.#token,
      frame: frame + CHAIN_BLOCK,
      position: this.#chain.position,
      speed: this.#speed,
      buffered: Math.max(0, this.#chain.ahead / this.#speed),
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
    this.#report({ type: 'sound', token: this.#token, frame: frame + first });
  }

  #to(status: PlaybackStatus): void {
    this.#status = status;
    if (status !== 'playing') this.#fade.close(true);
    const position = this.#source ? this.#chain.position : this.#from;
    this.#report({ type: 'state', token: this.#token, status, position, underruns: this.#underruns });
  }
}
