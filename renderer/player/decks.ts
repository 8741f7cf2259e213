import { CHAIN_BLOCK } from '../../shared/sound/chain-format.ts';
import type { PcmSource } from '../../shared/sound/source.ts';
import { CrossFade } from './cross-fade.ts';
import { Deck, type DeckSettings, RESERVE } from './deck.ts';
import { Flip, wayBack } from './flip.ts';
import type { Landing } from './landing.ts';
import type { Command } from './messages.ts';
import type { Sources } from './sources.ts';

/**
 * The two decks, and going over from one to the other. One is heard; the other one takes up the take that is flipped to,
 * and is heard beside it while the two cross-fade. Nothing is allocated while they play.
 */
export class Decks {
  #sources: Sources;
  #refused: (token: number) => void;
  #on = new Deck();
  #off = new Deck();
  #flip: Flip | null = null;
  /** The last flip that was done: the token it led from, and how. */
  #doneFrom = 0;
  #doneWay: readonly Landing[] = [];
  #cross = new CrossFade();
  #old = new Float32Array(CHAIN_BLOCK);

  /** @param refused is told of a flip whose sound broke off before the place where it would have gone on */
  constructor(sources: Sources, refused: (token: number) => void) {
    this.#sources = sources;
    this.#refused = refused;
  }

  /** The one that is heard. */
  get on(): Deck {
    return this.#on;
  }

  /** What was asked for and is not heard yet. */
  get flip(): Flip | null {
    return this.#flip;
  }

  /** Two sounds are heard. */
  get crossing(): boolean {
    return this.#cross.active;
  }

  /** Sound begins to arrive under a key. @returns whether it is what the deck that is heard waited for */
  load(key: string, source: PcmSource): boolean {
    if (this.#flip?.loaded && this.#off.key === key) this.#off.attach(source);
    if (this.#on.key !== key || this.#on.attached) return false;
    this.#on.attach(source);
    return true;
  }

  /** Plays a take in place of whatever was there. */
  play({ token, key, from, ...settings }: Extract<Command, { type: 'play' }>): void {
    this.clear();
    this.#on.load(token, key, from, settings);
    const source = this.#sources.get(key);
    if (source) this.#on.attach(source);
  }

  /** Changes how the take of a token is played. @returns false if it is on neither deck */
  set(token: number, change: Partial<DeckSettings>): boolean {
    if (token === this.#on.token) this.#on.set(change);
    else if (token === this.#flip?.token) {
      this.#flip.change(change);
      if (this.#flip.loaded) this.#off.set(change);
    } else return false;
    return true;
  }

  /** A flip is asked for. The newest one counts. @returns whether it leads back to what is heard still */
  ask(command: Extract<Command, { type: 'flip' }>): boolean {
    const before = this.#flip;
    const back = before?.token === command.from && this.#on.key === command.key && !('at' in command.to);
    this.giveUp();
    if (back) {
      this.#on.rename(command.token);
      this.#on.set(command);
      return true;
    }
    this.#flip = new Flip(command, this.#wayTo(command.from, before));
    // Otherwise as soon as the cross-fade is over: its deck is not free yet.
    if (!this.#cross.active) this.#takeUp(this.#flip);
    return false;
  }

  /** Stays with the take that is heard. */
  giveUp(): void {
    if (this.#flip?.loaded) this.#off.clear();
    this.#flip = null;
  }

  /**
   * Gets the flip that was asked for ready, over as many blocks as it needs; to be called once before each block while
   * something is heard.
   *
   * @returns true if it begins with this block
   */
  approach(): boolean {
    const flip = this.#flip;
    if (!flip || this.#cross.active) return false;
    this.#takeUp(flip);
    if (!flip.cued) {
      if (!this.#isReady(flip, this.#off.preparations - 1)) return false;
      flip.cued = true;
    }
    if (!this.#off.prepare()) return false;
    this.#swap(flip);
    this.#cross.start();
    return true;
  }

  /** Goes over to the take of the flip while nothing is heard, if enough of it is there. @returns whether it did */
  takeOverIfReady(): boolean {
    const flip = this.#flip;
    if (!flip) return false;
    this.#takeUp(flip);
    if (!this.#isReady(flip, 0)) return false;
    this.takeOver(flip);
    return true;
  }

  /** Goes over to the take of the flip while nothing is heard. */
  takeOver(flip: Flip): void {
    this.#cross.end();
    this.#takeUp(flip);
    this.#off.seek(flip.landing(this.#on.position));
    this.#swap(flip);
    this.#off.clear();
  }

  /** Makes the next block. */
  process(out: Float32Array): void {
    this.#on.process(out);
    if (!this.#cross.active) return;
    this.#off.process(this.#old);
    this.#cross.process(out, this.#old);
    if (!this.#cross.active) this.#off.clear();
  }

  /** Plays nothing and holds nothing. */
  clear(): void {
    this.#cross.end();
    this.#flip = null;
    this.#doneFrom = 0;
    this.#on.clear();
    this.#off.clear();
  }

  /** From the take that is heard to the one that a token names. */
  #wayTo(token: number, asked: Flip | null): readonly Landing[] {
    if (asked?.token === token) return asked.way;
    return token !== this.#on.token && token === this.#doneFrom ? wayBack(this.#doneWay) : [];
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
  #isReady(flip: Flip, blocks: number): boolean {
    this.#off.seek(flip.landing(this.#on.positionAfter(blocks)));
    const { left } = this.#off;
    if (left !== null && left <= RESERVE && this.#sources.isBroken(flip.key)) {
      this.#refused(flip.token);
      this.giveUp();
      return false;
    }
    return this.#off.enough();
  }

  #swap(flip: Flip): void {
    this.#doneFrom = this.#on.token;
    this.#doneWay = flip.way;
    const fresh = this.#off;
    this.#off = this.#on;
    this.#on = fresh;
    this.#flip = null;
  }
}
