import type { StudioSettings } from '../../shared/controls/controls.ts';
import { Chain } from '../../shared/sound/chain.ts';
import { CHAIN_BLOCK, CHAIN_RATE } from '../../shared/sound/chain-format.ts';
import { SmoothGain } from '../../shared/sound/gain.ts';
import type { PcmSource } from '../../shared/sound/source.ts';
import { FADE_FRAMES } from './fade.ts';
import type { Loop } from './messages.ts';

/** Frames held in reserve so that an underrun can be faded out: the fade, in whole blocks. */
export const RESERVE = Math.ceil(FADE_FRAMES / CHAIN_BLOCK) * CHAIN_BLOCK;

/** How a take is played. */
export interface DeckSettings {
  studio: StudioSettings;
  /** dB, at most 0: makes it as loud as the takes it is compared with. */
  trim: number;
  loop: Loop;
  /** Seconds of playing that must be there before it begins. */
  prebuffer: number;
}

/** One of the two places where a take is played: its sound, its own chain and its trim. Reused for every take. */
export class Deck {
  #chain = new Chain();
  #trim = new SmoothGain();
  #token = 0;
  #key = '';
  #source: PcmSource | null = null;
  #from = 0;
  #loop: Loop = null;
  #speed = 1;
  #prebuffer = 0;

  /** Names this play in every report; 0 for none. */
  get token(): number {
    return this.#token;
  }

  /** Of the sound that is played here; '' for none. */
  get key(): string {
    return this.#key;
  }

  /** Its sound has begun to arrive. */
  get attached(): boolean {
    return this.#source !== null;
  }

  get loop(): Loop {
    return this.#loop;
  }

  /** Source seconds per second. */
  get speed(): number {
    return this.#speed;
  }

  /** Seconds of the source at which the next block begins. */
  get position(): number {
    return this.#source ? this.#chain.position : this.#from;
  }

  /** Seconds of the source, or `null` while its end is not known. */
  get duration(): number | null {
    return this.#source ? this.#chain.duration : null;
  }

  /** Everything has come out. */
  get ended(): boolean {
    return this.#chain.ended;
  }

  /** Seconds of playing that are there in advance. */
  get ahead(): number {
    return this.#chain.ahead / this.#speed;
  }

  /** See `Chain.preparations`. */
  get preparations(): number {
    return this.#chain.preparations;
  }

  /** Takes up another take, from `from` s on. Its sound is given by {@link attach}. */
  load(token: number, key: string, from: number, settings: DeckSettings): void {
    this.#token = token;
    this.#key = key;
    this.#source = null;
    this.#chain.attach(null);
    this.#from = from;
    this.set(settings);
    this.#trim.settle();
  }

  attach(source: PcmSource): void {
    this.#source = source;
    this.#chain.attach(source);
    this.#applyLoop();
    this.#chain.seek(this.#from);
  }

  /** The same play goes by another token from now on. */
  rename(token: number): void {
    this.#token = token;
  }

  /** Plays nothing and holds nothing. */
  clear(): void {
    this.#token = 0;
    this.#key = '';
    this.#source = null;
    this.#from = 0;
    this.#chain.attach(null);
  }

  set({ studio, trim, loop, prebuffer }: Partial<DeckSettings>): void {
    if (studio) {
      this.#speed = studio.speed;
      this.#chain.set(studio);
    }
    if (trim !== undefined) this.#trim.set(trim);
    if (prebuffer !== undefined) this.#prebuffer = prebuffer;
    if (loop === undefined) return;
    this.#loop = loop;
    this.#applyLoop();
  }

  /** Goes on at `seconds`, or at the end where that is known to come before. */
  seek(seconds: number): void {
    this.#from = Math.max(0, Math.min(seconds, this.duration ?? seconds));
    if (this.#source) this.#chain.seek(this.#from);
  }

  /** See `Chain.prepare`. */
  prepare(): boolean {
    return this.#chain.prepare();
  }

  /** See `Chain.positionAfter`. */
  positionAfter(blocks: number): number {
    return this.#source ? this.#chain.positionAfter(blocks) : this.#from;
  }

  /** The next block can be made as it should sound. */
  get canRender(): boolean {
    return this.#chain.canRender(CHAIN_BLOCK);
  }

  /** Enough is there for the next block and for a fade out after it. */
  get inReserve(): boolean {
    return this.#chain.canRender(CHAIN_BLOCK + RESERVE);
  }

  /** Enough is there to begin. @param refill seconds that must be there at least */
  enough(refill = 0): boolean {
    if (!this.#source) return false;
    if (this.#source.ended) return true;
    return this.inReserve && this.ahead >= Math.max(this.#prebuffer, refill);
  }

  /** Output frames until the end; `null` where that is not known or never comes. */
  get left(): number | null {
    const { duration } = this;
    if (duration === null || this.#loop !== null) return null;
    return ((duration - this.position) / this.#speed) * CHAIN_RATE;
  }

  /** Makes the next block. */
  process(out: Float32Array): void {
    this.#chain.process(out);
    this.#trim.process(out);
  }

  #applyLoop(): void {
    const loop = this.#loop;
    if (loop === null) this.#chain.setLoop(null);
    else if (loop === 'all') this.#chain.setLoop(0, Number.POSITIVE_INFINITY);
    else this.#chain.setLoop(loop.start, loop.end);
  }
}
