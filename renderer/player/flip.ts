import { invertedMap } from '../../shared/alignment/time-map.ts';
import type { DeckSettings } from './deck.ts';
import { type Landing, landedAt } from './landing.ts';
import type { Command } from './messages.ts';

type FlipCommand = Extract<Command, { type: 'flip' }>;

/** A flip to another take that was asked for and has not begun to be heard. */
export class Flip {
  readonly token: number;
  readonly key: string;
  readonly settings: DeckSettings;
  /** From the take that is heard to this one, one after the other. */
  #way: readonly Landing[];
  /** The deck that is free holds it. */
  loaded = false;
  /** Its deck gets ready to begin where the take that is heard will be by then. */
  cued = false;

  /** @param before from the take that is heard to the one that the command counts from */
  constructor({ token, key, to, studio, trim, loop, prebuffer }: FlipCommand, before: readonly Landing[]) {
    this.token = token;
    this.key = key;
    this.settings = { studio, trim, loop, prebuffer };
    this.#way = 'at' in to ? [to] : [...before, to];
  }

  get way(): readonly Landing[] {
    return this.#way;
  }

  /** It goes to a second of its own, wherever the take that is heard is. */
  get fixed(): boolean {
    return this.#way.length === 1 && 'at' in (this.#way[0] as Landing);
  }

  /** Second of its take at which it begins, from a `position` (s) of the take that is heard. */
  landing(position: number): number {
    let seconds = position;
    for (let i = 0; i < this.#way.length; i += 1) seconds = landedAt(seconds, this.#way[i] as Landing);
    return seconds;
  }

  change(change: Partial<DeckSettings>): void {
    for (const name of ['studio', 'trim', 'loop', 'prebuffer'] as const) {
      if (change[name] !== undefined) Object.assign(this.settings, { [name]: change[name] });
    }
  }

  /** It is to begin at this second instead. */
  moveTo(seconds: number): void {
    this.#way = [{ at: seconds }];
    this.cued = false;
  }
}

/** The way back, for a flip that was asked for before it was known that another one had been done. */
export function wayBack(way: readonly Landing[]): Landing[] {
  return way.toReversed().map((to) => ('map' in to ? { map: invertedMap(to.map) } : { same: 'second' }));
}
