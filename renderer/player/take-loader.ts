import { type Fault, toFault } from '../../shared/errors.ts';
import { brokenOff, openTake } from './fetch-take.ts';
import type { HeldTake, HeldTakes } from './held-takes.ts';
import type { Command, SamplesMessage } from './messages.ts';
import { ArrivalMeter, type PaceMemory } from './pace.ts';
import { readPcm } from './pcm-reader.ts';
import type { PlaySource } from './player-state.ts';

/** What a loader tells while it reads. */
export interface LoaderListener {
  /** Another take answers than was asked for; `held` if its samples are here already. */
  onRedirect(takeId: string, held: HeldTake | null): void;
  /** Its length is known, in seconds. */
  onLength(seconds: number): void;
  /** So many seconds have arrived. */
  onArrived(seconds: number): void;
  /** Nothing more comes: all of it is here, or it broke off for this reason. */
  onEnd(take: HeldTake, broken: Fault | null): void;
  /** There is nothing to hear, for this reason. */
  onFail(why: Fault): void;
}

/** Reads the stream of one take and hands its samples to the audio thread. */
export class TakeLoader {
  #source: PlaySource;
  #send: (message: Command | SamplesMessage) => void;
  #held: HeldTakes;
  #listener: LoaderListener;
  #abort = new AbortController();
  #takeId: string;

  constructor(
    source: PlaySource,
    send: (message: Command | SamplesMessage) => void,
    held: HeldTakes,
    listener: LoaderListener,
  ) {
    this.#source = source;
    this.#takeId = source.takeId;
    this.#send = send;
    this.#held = held;
    this.#listener = listener;
  }

  /** The take that answers. */
  get takeId(): string {
    return this.#takeId;
  }

  /** Stops reading and lets go of what had arrived. */
  abandon(): void {
    this.#abort.abort();
    this.#held.remove(this.#takeId);
  }

  /** Reads to the end. Everything that happens is told to the listener; nothing is once it was abandoned. */
  async run(pace: PaceMemory): Promise<void> {
    const { signal } = this.#abort;
    let take: HeldTake | null = null;
    try {
      const { rate, samples, takeId, body } = await openTake(this.#source, signal);
      if (takeId !== null && takeId !== this.#takeId && this.#redirect(takeId)) {
        await body.cancel();
        return;
      }
      const arriving = this.#held.begin(this.#takeId, rate);
      take = arriving;
      this.#send({ type: 'load', key: arriving.key, rate });
      if (samples !== null) this.#listener.onLength(samples / rate);
      const arrival = new ArrivalMeter();
      await readPcm(body, (piece) => this.#append(arriving, arrival, piece));
      if (signal.aborted) return;
      if (samples !== null && arriving.samples < samples) throw new Error(`${samples} samples were announced`);
      pace.learn(this.#source.provider, arrival);
      this.#finish(arriving, null);
    } catch (thrown) {
      if (signal.aborted) return;
      if (take && take.samples > 0) this.#finish(take, brokenOff(thrown, take.samples / take.rate).fault);
      else this.#listener.onFail(toFault(thrown));
    }
  }

  /** True if the take that answers is here whole, so that its stream is not needed. */
  #redirect(takeId: string): boolean {
    const held = this.#held.whole(takeId);
    this.#takeId = takeId;
    this.#listener.onRedirect(takeId, held);
    return held !== null;
  }

  #append(take: HeldTake, arrival: ArrivalMeter, samples: Int16Array<ArrayBuffer>): void {
    if (this.#abort.signal.aborted) return;
    // Counted before it is sent: what is sent is no longer here.
    const seconds = samples.length / take.rate;
    take.samples += samples.length;
    this.#send({ type: 'samples', key: take.key, samples });
    arrival.push(performance.now() / 1000, seconds);
    this.#listener.onArrived(take.samples / take.rate);
  }

  #finish(take: HeldTake, broken: Fault | null): void {
    take.complete = broken === null;
    this.#send({ type: 'end', key: take.key, broken: broken !== null });
    this.#held.trim(take.key);
    this.#listener.onEnd(take, broken);
  }
}
