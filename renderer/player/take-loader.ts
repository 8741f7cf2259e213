import { type Fault, toFault } from '../../shared/errors.ts';
import { brokenOff, openTake } from './fetch-take.ts';
import type { HeldTake, HeldTakes } from './held-takes.ts';
import type { PaceMemory } from './pace.ts';
import type { PlaySource } from './player-state.ts';
import type { SoundReader } from './sound-reader.ts';

/** What a loader tells while it reads. */
export interface LoaderListener {
  /** Another take answers than was asked for. */
  onRedirect(asked: string, takeId: string): void;
  /** Its length is known, in seconds. */
  onLength(seconds: number): void;
  /** So many seconds have arrived. */
  onArrived(seconds: number): void;
  /** Nothing more comes: all of it is here, or it is broken off. */
  onEnd(take: HeldTake): void;
  /** There is nothing to hear, for this reason. */
  onFail(why: Fault): void;
}

/** What a loader needs. */
export interface LoaderParts {
  reader: SoundReader;
  held: HeldTakes;
  pace: PaceMemory;
  /** Tells the audio thread to let samples go. */
  drop(key: string): void;
}

/** What is said of a take that nobody waits for any more. */
const CANCELLED: Fault = { code: 'cancelled', message: 'The sound was not fetched to its end.' };

let loads = 0;

/** Has the stream of one take read. Its sound goes to the audio thread under {@link key} without passing the page. */
export class TakeLoader {
  /** Names this stream; never used twice, so that what comes late of one that was abandoned meets nobody. */
  readonly key: string;
  /** See `ArrivalPeaks`: of what has arrived. */
  readonly peaks: number[] = [];
  #takeId: string;
  #source: PlaySource;
  #parts: LoaderParts;
  #listener: LoaderListener;
  #abort = new AbortController();
  #held: HeldTake | null = null;
  #finished = Promise.withResolvers<Fault | null>();

  constructor(source: PlaySource, parts: LoaderParts, listener: LoaderListener) {
    loads += 1;
    this.key = `${source.takeId}#${loads}`;
    this.#takeId = source.takeId;
    this.#source = source;
    this.#parts = parts;
    this.#listener = listener;
  }

  /** The take that answers. */
  get takeId(): string {
    return this.#takeId;
  }

  /** Settled when nothing more comes: why not all of it is here, or null if it is. */
  get finished(): Promise<Fault | null> {
    return this.#finished.promise;
  }

  /** Stops reading and lets go of what had arrived. Nothing is told to the listener after that. */
  abandon(): void {
    this.#abort.abort();
    if (this.#held) this.#parts.held.remove(this.#takeId);
    this.#parts.reader.abort(this.key);
    this.#finished.resolve(CANCELLED);
  }

  /** Reads to the end. Everything that happens is told to the listener. */
  async run(): Promise<void> {
    const { reader, held, pace } = this.#parts;
    const { signal } = this.#abort;
    let finished = (_end: { samples: number; broken: string | null }) => {};
    const ended = new Promise<Parameters<typeof finished>[0]>((resolve) => {
      finished = resolve;
    });
    let arrived = 0;
    reader.begin(
      this.key,
      (samples, peaks) => {
        arrived = samples;
        for (const peak of peaks) this.peaks.push(peak);
        this.#arrived(arrived);
      },
      (end) => {
        // What came after it was abandoned is with the audio thread still.
        if (signal.aborted) this.#parts.drop(this.key);
        else if (end.broken === null) pace.learn(this.#source.provider, end);
        finished(end);
      },
    );
    try {
      const { rate, samples, takeId, response } = await openTake(this.#source, signal, reader.fetchFor(this.key));
      signal.throwIfAborted();
      const asked = this.#takeId;
      if (takeId !== null && takeId !== asked) {
        this.#takeId = takeId;
        held.rename(asked, takeId);
        this.#listener.onRedirect(asked, takeId);
      }
      const take = held.begin(this.#takeId, this.key, rate);
      this.#held = take;
      if (!reader.handles(response) && response.body) reader.adopt(this.key, rate, samples, response.body);
      if (samples !== null) this.#listener.onLength(samples / rate);
      this.#arrived(arrived);
      const end = await ended;
      if (!signal.aborted) this.#finish(take, end.samples, end.broken);
    } catch (thrown) {
      if (signal.aborted) return;
      reader.abort(this.key);
      this.#fail(toFault(thrown));
    }
  }

  #arrived(samples: number): void {
    if (!this.#held || this.#abort.signal.aborted || samples === 0) return;
    this.#held.samples = samples;
    this.#listener.onArrived(samples / this.#held.rate);
  }

  #finish(take: HeldTake, samples: number, broken: string | null): void {
    take.samples = samples;
    take.complete = broken === null;
    take.broken = broken === null ? null : brokenOff(broken, samples / take.rate).fault;
    this.#parts.held.trim();
    if (take.broken && samples === 0) {
      this.#fail(take.broken);
      return;
    }
    this.#finished.resolve(take.broken);
    this.#listener.onEnd(take);
  }

  #fail(why: Fault): void {
    this.#finished.resolve(why);
    this.#listener.onFail(why);
  }
}
