import { CHAIN_BLOCK } from '../../shared/sound/chain-format.ts';
import { filterBank } from '../../shared/sound/resampler.ts';
import { type DeckSettings, RESERVE } from './deck.ts';
import { Decks } from './decks.ts';
import { Fade } from './fade.ts';
import type { Command, PlaybackStatus, Report } from './messages.ts';
import { Meter } from './meter.ts';
import { Sources } from './sources.ts';

/** Blocks from one frame report to the next: 21 ms. */
const REPORT_BLOCKS = 8;
/** Seconds that must be there again after the first underrun; doubled with each further one. */
const REFILL = 0.1;
const LONGEST_REFILL = 2;
/** Rates (Hz) whose filters are made at the start, since making one takes longer than a block. */
const USUAL_RATES = [16_000, 22_050, 24_000, 44_100];

/**
 * What the audio thread does, without the thread: sources, decks, fades, underruns and meter. {@link process} allocates
 * nothing but reports; {@link command} does, between blocks.
 */
export class Playback {
  #report: (report: Report) => void;
  #sources = new Sources();
  #decks = new Decks(this.#sources, (token) => this.#report({ type: 'refused', token }));
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
    return this.#sources.bytes;
  }

  /** Sources held. */
  get sources(): number {
    return this.#sources.count;
  }

  /** Takes samples of a key over. Those of a key that was dropped are thrown away. */
  append(key: string, samples: Int16Array): void {
    this.#sources.append(key, samples);
  }

  command(command: Command): void {
    switch (command.type) {
      case 'load':
        this.#load(command.key, command.rate);
        break;
      case 'end':
        this.#sources.end(command.key, command.broken);
        break;
      case 'drop':
        this.#sources.drop(command.key);
        break;
      case 'play':
        this.#decks.giveUp();
        this.#whenSilent(() => this.#play(command));
        break;
      case 'flip':
        if (this.#queue.length > 0) this.#queue.push(() => this.#ask(command));
        else this.#ask(command);
        break;
      case 'unflip':
        if (this.#decks.flip?.token === command.token) this.#decks.giveUp();
        break;
      case 'pause':
        this.#whenSilent(() => this.#pause());
        break;
      case 'resume':
        if (this.#status !== 'playing' || this.#queue.length > 0) this.#whenSilent(() => this.#resume());
        break;
      case 'seek':
        this.#move(command.token, command.seconds);
        break;
      case 'set':
        this.#set(command.token, command);
        break;
      case 'stop':
      case 'close':
        this.#decks.giveUp();
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
    if (this.#queue.length === 0 && this.#decks.approach()) this.#flipped(frame);
    this.#render(out);
    this.#measure(out, frame);

    if (this.#queue.length > 0 && this.#fade.silent) this.#runQueue();
    else if (this.#on.ended && !this.#decks.crossing && !this.#decks.flip?.cued) this.#end();
  }

  get #on() {
    return this.#decks.on;
  }

  #render(out: Float32Array): void {
    if (this.#on.canRender) {
      this.#decks.process(out);
      this.#fade.process(out);
    } else {
      out.fill(0);
      this.#fade.close(true);
    }
  }

  #load(key: string, rate: number): void {
    const awaited = this.#decks.load(key, this.#sources.load(key, rate));
    if (awaited && this.#status === 'waiting') this.#to('buffering');
  }

  #play(command: Extract<Command, { type: 'play' }>): void {
    this.#underruns = 0;
    this.#heard = false;
    this.#meter.reset();
    this.#decks.play(command);
    if (command.paused) this.#to('paused');
    else this.#to(this.#on.attached ? 'buffering' : 'waiting');
  }

  #pause(): void {
    if (this.#status === 'playing' || this.#status === 'buffering' || this.#status === 'waiting') this.#to('paused');
  }

  #resume(): void {
    if (this.#status === 'ended') this.#on.seek(0);
    if (this.#status === 'ended' || this.#status === 'paused') this.#to(this.#on.attached ? 'buffering' : 'waiting');
  }

  #move(token: number, seconds: number): void {
    const { flip } = this.#decks;
    if (flip?.token === token) flip.moveTo(seconds);
    else if (this.#on.token === token || this.#queue.length > 0) this.#whenSilent(() => this.#seek(token, seconds));
  }

  #seek(token: number, seconds: number): void {
    if (token !== this.#on.token) return;
    this.#on.seek(seconds);
    if (this.#status === 'playing') this.#to('buffering');
    else if (this.#status === 'ended') this.#to('paused');
    else this.#to(this.#status);
  }

  #stop(): void {
    this.#decks.clear();
    this.#to('idle');
  }

  #set(token: number, change: Partial<DeckSettings>): void {
    if (!this.#decks.set(token, change) && this.#queue.length > 0) this.#queue.push(() => this.#set(token, change));
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
    if (this.#decks.flip) this.#decks.flip.cued = false;
    this.#settle();
  }

  #ask(command: Extract<Command, { type: 'flip' }>): void {
    if (this.#decks.ask(command)) this.#to(this.#status);
    else this.#settle();
  }

  /** Where nothing is heard and nothing is waited for, a flip is done at once. */
  #settle(): void {
    const { flip } = this.#decks;
    const status = this.#status;
    if (!flip || (status !== 'paused' && status !== 'ended' && status !== 'idle')) return;
    this.#decks.takeOver(flip);
    this.#underruns = 0;
    this.#to(status === 'ended' && !flip.fixed ? 'ended' : 'paused');
  }

  /** A flip begins to be heard. */
  #flipped(frame: number): void {
    const { token, position } = this.#on;
    this.#underruns = 0;
    this.#untilReport = 1;
    this.#report({ type: 'flip', token, frame, position });
    this.#to('playing');
  }

  /** Begins to be heard with the take that is flipped to, or else with the one that was waited for. */
  #begin(): void {
    if (this.#decks.takeOverIfReady()) {
      this.#underruns = 0;
      this.#to('buffering');
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
    const { flip } = this.#decks;
    if (!flip) {
      this.#to('ended');
      return;
    }
    this.#decks.takeOver(flip);
    this.#underruns = 0;
    this.#to(this.#on.attached ? 'buffering' : 'waiting');
  }

  /** Notices in time that the sound will run out, so that it can be faded. */
  #watch(): void {
    if (!this.#on.inReserve) {
      this.#underruns += 1;
      this.#whenSilent(() => this.#to('buffering'));
      return;
    }
    const { left } = this.#on;
    if (left !== null && left <= RESERVE && this.#sources.isBroken(this.#on.key)) this.#whenSilent(() => this.#end());
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
