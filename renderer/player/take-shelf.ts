import type { Fault } from '../../shared/errors.ts';
import { type HeldTake, HeldTakes } from './held-takes.ts';
import { Loads } from './loads.ts';
import { PaceMemory, type PaceRecord } from './pace.ts';
import type { PlaySource } from './player-state.ts';
import { type Preloaded, Preloads } from './preloads.ts';
import type { SoundReader } from './sound-reader.ts';
import { TakeLoader } from './take-loader.ts';

/** What a shelf tells of the takes that are on their way to it. */
export interface ShelfListener {
  /** Another take answers than was asked for. */
  onRedirect(asked: string, takeId: string): void;
  /** Its length is known, in s. */
  onLength(takeId: string, seconds: number): void;
  /** So many seconds have arrived. */
  onArrived(takeId: string, seconds: number): void;
  /** Nothing more comes. */
  onEnd(take: HeldTake): void;
  /** There is nothing to hear, for this reason. */
  onFail(takeId: string, why: Fault): void;
}

/** A take as it was found on the shelf. */
export interface FoundTake {
  takeId: string;
  /** Under which the audio thread has its sound, or will have it. */
  key: string;
  /** What of it is here; null if nothing is. */
  take: HeldTake | null;
  /** Asks for it, where nothing has been asked for yet. */
  begin(): void;
}

/** The takes that the audio thread holds or that are on their way to it. */
export class TakeShelf {
  #held: HeldTakes;
  #loads = new Loads();
  #preloads = new Preloads();
  #pace: PaceMemory;
  #reader: SoundReader;
  #drop: (key: string) => void;
  #isUsed: (takeId: string) => boolean;
  #listener: ShelfListener;
  #lastFetched: TakeLoader | null = null;

  /**
   * @param drop tells the audio thread to let samples go
   * @param isUsed whether a take plays or is about to
   */
  constructor(
    reader: SoundReader,
    pace: PaceRecord | undefined,
    drop: (key: string) => void,
    isUsed: (takeId: string) => boolean,
    listener: ShelfListener,
  ) {
    this.#reader = reader;
    this.#pace = new PaceMemory(pace);
    this.#drop = drop;
    this.#isUsed = isUsed;
    this.#listener = listener;
    this.#held = new HeldTakes(drop, isUsed);
  }

  /** Takes that are here, whole or in part. */
  get count(): number {
    return this.#held.count;
  }

  get bytes(): number {
    return this.#held.bytes;
  }

  /** What is here of a take. */
  get(takeId: string): HeldTake | null {
    return this.#held.get(takeId);
  }

  /** The take that answered when this one was asked for; else the same. */
  name(takeId: string): string {
    return this.#held.name(takeId);
  }

  /** A take that is to be heard: it is here, on its way, or has to be asked for. */
  find(source: PlaySource): FoundTake {
    const take = this.#held.whole(source.takeId);
    if (take) return { takeId: take.takeId, key: take.key, take, begin: () => undefined };
    const arriving = this.#loads.of(this.name(source.takeId));
    const loader = arriving ?? this.#load(source);
    this.#lastFetched = loader;
    return {
      takeId: loader.takeId,
      key: loader.key,
      take: arriving ? this.get(loader.takeId) : null,
      begin: () => {
        if (!arriving) void loader.run();
      },
    };
  }

  /** Seconds of playing that must be there before a take begins. @param length its own, in s, where known */
  prebuffer({ provider }: PlaySource, speed: number, length: number | null): number {
    return this.#pace.prebuffer(provider, speed, length);
  }

  /** See `ArrivalPeaks`: of a take that is arriving or was the last one to do so; empty for any other. */
  peaks(takeId: string): readonly number[] {
    const loader = this.#lastFetched?.takeId === takeId ? this.#lastFetched : this.#loads.of(takeId);
    return loader?.peaks ?? [];
  }

  /** Fetches a take when its turn comes, and keeps it until {@link release}. */
  preload(source: PlaySource): Promise<Preloaded> {
    this.#held.keep(source.takeId);
    return this.#preloads.add(source.takeId, async () => {
      const arriving = this.#loads.of(this.name(source.takeId));
      const here = arriving ? null : this.#held.whole(source.takeId);
      if (here) return { takeId: here.takeId, fault: null };
      const loader = arriving ?? this.#load(source);
      if (!arriving) void loader.run();
      const fault = await loader.finished;
      return { takeId: loader.takeId, fault };
    });
  }

  /** A take need not be kept any more; where it is on its way and not used, that ends. */
  release(takeId: string): void {
    const name = this.name(takeId);
    this.#preloads.cancel((other) => other === takeId);
    this.#held.release(takeId);
    if (!this.#isUsed(name)) this.#loads.abandon((other) => other !== name);
  }

  /** Lets a take go. */
  forget(takeId: string): void {
    const name = this.name(takeId);
    this.#preloads.cancel((other) => other === takeId);
    this.#loads.abandon((other) => other !== name);
    this.#held.remove(name);
  }

  /** Ends the reading of takes that neither are used nor are to be kept. */
  abandonUnused(): void {
    this.#loads.abandon((takeId) => this.#isUsed(takeId) || this.#held.isKept(takeId));
  }

  exportPace(): PaceRecord {
    return this.#pace.export();
  }

  importPace(record: PaceRecord): void {
    this.#pace = new PaceMemory({ ...record, ...this.#pace.export() });
  }

  close(): void {
    this.#preloads.cancel(() => true);
    this.#loads.abandon(() => false);
    this.#held.clear();
  }

  #load(source: PlaySource): TakeLoader {
    const parts = { reader: this.#reader, held: this.#held, pace: this.#pace, drop: this.#drop };
    const loader = new TakeLoader(source, parts, {
      onRedirect: (asked, takeId) => this.#listener.onRedirect(asked, takeId),
      onLength: (seconds) => this.#listener.onLength(loader.takeId, seconds),
      onArrived: (seconds) => this.#listener.onArrived(loader.takeId, seconds),
      onEnd: (take) => this.#listener.onEnd(take),
      onFail: (why) => this.#listener.onFail(loader.takeId, why),
    });
    this.#loads.add(loader);
    return loader;
  }
}
