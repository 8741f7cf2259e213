import type { StoreApi } from 'zustand';
import type { StudioSettings } from '../../shared/controls/controls.ts';
import { type Fault, toFault } from '../../shared/errors.ts';
import { AudioGraph } from './audio-graph.ts';
import { DisplayClock } from './display-clock.ts';
import type { HeldTake } from './held-takes.ts';
import { type Landing, landedAt } from './landing.ts';
import type { Report } from './messages.ts';
import { OutputDevice } from './output-device.ts';
import type { PaceRecord } from './pace.ts';
import type {
  FlipOptions,
  Loop,
  Output,
  PlayerCounts,
  PlayerFrame,
  PlayerSetup,
  PlayerState,
  PlayerStatus,
  PlayOptions,
  PlaySource,
} from './player-state.ts';
import { INITIAL_PLAYER, usePlayer } from './player-store.ts';
import type { Preloaded } from './preloads.ts';
import { TakeShelf } from './take-shelf.ts';

/** Seconds of sound between two notes of how much has arrived. */
const ARRIVAL_NOTE = 0.1;
const GESTURES = ['pointerdown', 'keydown'] as const;
const SOUNDING: readonly PlayerStatus[] = ['waiting', 'buffering', 'playing'];

/** A flip to a take that is not here whole. */
interface Flipping extends FlipOptions {
  token: number;
  source: PlaySource;
  loop: Loop;
  /** The audio thread has given it up: its sound broke off. */
  refused: boolean;
}

/** Plays takes while they arrive, one at a time, and flips from one to another, through one context and one node. */
export class Player {
  readonly store: StoreApi<PlayerState>;
  #graph: AudioGraph;
  #device: OutputDevice;
  #clock: DisplayClock;
  #shelf: TakeShelf;
  #onProbe: PlayerSetup['onProbe'];
  #frames = new Set<(frame: PlayerFrame) => void>();
  #gestures = new AbortController();
  #closed = false;

  /** The last token given out, and that of the take that plays. */
  #tokens = 0;
  #token = 0;
  #source: PlaySource | null = null;
  #flipping: Flipping | null = null;
  #askedAt = 0;

  constructor(setup: PlayerSetup = {}) {
    this.store = setup.store ?? usePlayer;
    this.#onProbe = setup.onProbe;
    this.#graph = new AudioGraph((report) => this.#take(report), setup.onProbe !== undefined);
    this.#graph.ready.catch((thrown: unknown) => this.#set({ status: 'failed', fault: toFault(thrown) }));
    this.#shelf = new TakeShelf(
      this.#graph.reader,
      setup.pace,
      (key) => this.#graph.send({ type: 'drop', key }),
      (takeId) => this.#plays(takeId) || this.#flipsTo(takeId),
      {
        onRedirect: (asked, takeId) => this.#redirect(asked, takeId),
        onLength: (takeId, seconds) => this.#lengthKnown(takeId, seconds),
        onArrived: (takeId, seconds) => this.#arrived(takeId, seconds),
        onEnd: (take) => this.#loaded(take),
        onFail: (takeId, why) => {
          if (this.#plays(takeId)) this.#fail(why);
          else if (this.#flipsTo(takeId)) this.#unflip(why);
        },
      },
    );
    this.#clock = new DisplayClock(this.#graph.context, (frame, buffered) => this.#show(frame, buffered));
    this.#device = new OutputDevice(this.#graph.context, (device, outputs) => this.#set({ device, outputs }));
    const { signal } = this.#gestures;
    for (const type of GESTURES) window.addEventListener(type, () => void this.warm(), { signal, capture: true });
    void this.#device.refresh();
  }

  /** The context's own clock and state. For tests and meters; what plays is not to be changed through it. */
  get context(): AudioContext {
    return this.#graph.context;
  }

  /** Settled once the audio thread is up. */
  get ready(): Promise<void> {
    return this.#graph.ready;
  }

  /**
   * Plays a take from its stream, or from memory where it is held whole. What played before fades out. Errors are told
   * in the state.
   */
  play(source: PlaySource, options: PlayOptions = {}): void {
    const { from = 0, loop = null, paused = false, trim = 0, studio = this.store.getState().studio } = options;
    const { takeId, key, take, begin } = this.#shelf.find(source);
    this.#flipping = null;
    this.#source = { ...source, takeId };
    this.#shelf.abandonUnused();
    this.#tokens += 1;
    this.#token = this.#tokens;
    this.#askedAt = this.#graph.context.currentTime;
    this.#set({
      takeId,
      flippingTo: null,
      status: paused ? 'paused' : 'waiting',
      fault: null,
      position: from,
      ...arrivedOf(take),
      buffered: 0,
      underruns: 0,
      firstSoundMs: null,
      loop,
      studio,
      trim,
    });
    this.#device.needed = !paused;
    void this.#device.wake();
    const prebuffer = this.#shelf.prebuffer(source, studio.speed, null);
    this.#graph.send({ type: 'play', token: this.#token, key, from, paused, loop, studio, trim, prebuffer });
    begin();
  }

  /**
   * Goes over to another take while one plays, with a cross-fade of 5 ms and without a pause; while it is paused or has
   * ended, silently. Where the other take is not here far enough, the one that plays goes on until it is, and stays where
   * the other one fails, which is told in `fault`. The newest flip counts. Where nothing is in the player, the take is put
   * there and not begun.
   */
  flip(source: PlaySource, options: FlipOptions): void {
    const state = this.store.getState();
    const { to, studio, trim } = options;
    const loop = options.loop === undefined ? loopedAt(state.loop, to) : options.loop;
    if (!this.#source || state.status === 'idle') {
      this.play(source, { from: 'at' in to ? to.at : 0, paused: true, loop, studio, trim });
      return;
    }
    this.#unflip();
    if (this.#plays(this.#shelf.name(source.takeId)) && !('at' in to)) {
      this.#change({ loop, studio, trim });
      return;
    }
    const { takeId, key, take, begin } = this.#shelf.find(source);
    const from = this.#token;
    this.#tokens += 1;
    const token = this.#tokens;
    const flipping = { ...options, loop, source: { ...source, takeId }, token, refused: false };
    if (take?.complete) this.#arrive(flipping);
    else {
      this.#flipping = flipping;
      this.#set({ flippingTo: takeId });
    }
    const prebuffer = this.#shelf.prebuffer(source, studio.speed, null);
    this.#graph.send({ type: 'flip', token, from, key, to, loop, studio, trim, prebuffer });
    begin();
  }

  /**
   * Fetches a take quietly and keeps it until {@link release}, so that it plays, or is flipped to, at once. Not more than a
   * few are fetched at a time. Does not fail: what went wrong is in the answer.
   */
  preload(source: PlaySource): Promise<Preloaded> {
    return this.#shelf.preload(source);
  }

  /** A take that was preloaded need not be kept any more; where it is on its way still, that ends. */
  release(takeId: string): void {
    this.#shelf.release(takeId);
  }

  pause(): void {
    this.#graph.send({ type: 'pause' });
  }

  /** Goes on; from the start where it had ended. */
  resume(): void {
    const { status } = this.store.getState();
    const source = this.#source;
    if (!source) return;
    if (status === 'failed' && this.store.getState().duration === 0) {
      const { loop, trim } = this.store.getState();
      this.play(source, { loop, trim });
      return;
    }
    this.#device.needed = true;
    void this.#device.wake();
    this.#graph.send({ type: 'resume' });
  }

  toggle(): void {
    if (SOUNDING.includes(this.store.getState().status)) this.pause();
    else this.resume();
  }

  /** Goes on at `seconds` of the take. Where that has not arrived, it waits. */
  seek(seconds: number): void {
    if (!this.#source) return;
    const position = Math.max(0, seconds);
    this.#set({ position });
    this.#graph.send({ type: 'seek', token: this.#token, seconds: position });
  }

  /** Repeats a region (seconds of the take), all of it, or nothing. */
  setLoop(loop: Loop): void {
    this.#change({ loop });
  }

  /**
   * What the studio itself does; heard at once.
   *
   * @param takeId the take that is meant: it may be one that is flipped to and has not come yet. Where neither that nor what
   *   plays is meant, nothing changes. Without it, what plays is meant, whatever it is.
   */
  setStudio(studio: StudioSettings, takeId?: string): void {
    const name = takeId === undefined ? null : this.#shelf.name(takeId);
    const flipping = this.#flipping;
    if (flipping && name !== null && this.#flipsTo(name)) {
      flipping.studio = studio;
      this.#graph.send({ type: 'set', token: flipping.token, studio });
    } else if (name === null || this.#plays(name)) this.#change({ studio });
  }

  /** Gain (dB, at most 0) by which it is made as loud as others; heard at once. */
  setTrim(trim: number): void {
    this.#change({ trim });
  }

  /** Ends playing, and reading of what still arrives, unless it was asked to be kept. */
  stop(): void {
    this.#flipping = null;
    this.#source = null;
    this.#shelf.abandonUnused();
    this.#tokens += 1;
    this.#token = this.#tokens;
    this.#graph.send({ type: 'stop' });
    const { studio, device, outputs } = this.store.getState();
    this.#set({ ...INITIAL_PLAYER, studio, device, outputs });
    this.#device.needed = false;
    this.#clock.stop(0);
  }

  /** Forgets the samples of a take, for example because it was removed. */
  forget(takeId: string): void {
    const name = this.#shelf.name(takeId);
    if (this.#flipsTo(name)) this.#unflip();
    if (this.#plays(name)) this.stop();
    this.#shelf.forget(takeId);
  }

  /** The outputs there are, read anew. */
  outputs(): Promise<Output[]> {
    return this.#device.refresh();
  }

  /** Plays on this output from now on; '' is the system's own choice. Problems are told in `device.note`. */
  setOutput(id: string): Promise<void> {
    return this.#device.choose(id);
  }

  /** Gets everything going that needs a click or key press. Called by the first of these on its own, too. */
  async warm(): Promise<void> {
    this.#gestures.abort();
    await Promise.all([this.#graph.ready.catch(() => undefined), this.#device.wake()]);
    await this.#device.refresh();
  }

  /** Calls back once per displayed frame while something plays. Returns what ends that. */
  onFrame(listener: (frame: PlayerFrame) => void): () => void {
    this.#frames.add(listener);
    return () => this.#frames.delete(listener);
  }

  /** Pace of the providers, to be kept. */
  exportPace(): PaceRecord {
    return this.#shelf.exportPace();
  }

  /** Takes over what {@link exportPace} gave, once preferences have been read. */
  importPace(record: PaceRecord): void {
    this.#shelf.importPace(record);
  }

  /** How loud the sound of a take is that is arriving or arrived last: see `ArrivalPeaks`. Empty for any other. */
  arrivedPeaks(takeId: string): readonly number[] {
    return this.#shelf.peaks(takeId);
  }

  counts(): PlayerCounts {
    return {
      contexts: this.#closed ? 0 : 1,
      nodes: this.#graph.nodes,
      listeners: this.#frames.size + (this.#gestures.signal.aborted ? 0 : GESTURES.length),
      timers: this.#device.timers + (this.#clock.running ? 1 : 0),
      requests: this.#graph.reader.open,
      workers: this.#closed ? 0 : 1,
      takes: this.#shelf.count,
      bytes: this.#shelf.bytes,
    };
  }

  /** Ends everything that was begun. */
  async close(): Promise<void> {
    this.stop();
    this.#shelf.close();
    this.#gestures.abort();
    this.#device.close();
    this.#frames.clear();
    this.#closed = true;
    await this.#graph.close();
  }

  /** Changes how what plays is played. */
  #change(change: { loop?: Loop; studio?: StudioSettings; trim?: number }): void {
    this.#set(change);
    this.#graph.send({ type: 'set', token: this.#token, ...change });
  }

  #plays(takeId: string): boolean {
    return this.#source?.takeId === takeId;
  }

  #flipsTo(takeId: string): boolean {
    return this.#flipping?.source.takeId === takeId;
  }

  #arrived(takeId: string, duration: number): void {
    if (!this.#plays(takeId)) return;
    const noted = this.store.getState().duration;
    if (noted === 0 || duration - noted >= ARRIVAL_NOTE) this.#set({ duration });
  }

  #redirect(asked: string, takeId: string): void {
    if (this.#source?.takeId === asked) {
      this.#source = { ...this.#source, takeId };
      this.#set({ takeId });
    }
    if (this.#flipping?.source.takeId === asked) {
      this.#flipping.source = { ...this.#flipping.source, takeId };
      this.#set({ flippingTo: takeId });
    }
  }

  #lengthKnown(takeId: string, seconds: number): void {
    const flipping = this.#flipping;
    if (this.#source?.takeId === takeId) {
      const { speed } = this.store.getState().studio;
      const prebuffer = this.#shelf.prebuffer(this.#source, speed, seconds);
      this.#graph.send({ type: 'set', token: this.#token, prebuffer });
    } else if (flipping?.source.takeId === takeId) {
      const prebuffer = this.#shelf.prebuffer(flipping.source, flipping.studio.speed, seconds);
      this.#graph.send({ type: 'set', token: flipping.token, prebuffer });
    }
  }

  /** Nothing more of a take will come. */
  #loaded(take: HeldTake): void {
    if (this.#plays(take.takeId)) {
      this.#set(arrivedOf(take));
      // It may have been played to its end before this was known.
      if (take.broken && this.store.getState().status === 'ended') this.#set({ status: 'failed', fault: take.broken });
    } else if (this.#flipping?.refused && this.#flipsTo(take.takeId)) this.#unflip(take.broken);
  }

  #fail(what: Fault): void {
    const flipping = this.#flipping;
    if (flipping) {
      // There is nothing to stay with, so the other take is waited for.
      const from = landedAt(this.store.getState().position, flipping.to);
      this.play(flipping.source, { ...flipping, from });
      return;
    }
    this.#tokens += 1;
    this.#token = this.#tokens;
    this.#graph.send({ type: 'stop' });
    this.#device.needed = false;
    this.#set({ status: 'failed', fault: what });
  }

  /** Stays with the take that plays. @param why it could not be left */
  #unflip(why: Fault | null = null): void {
    const flipping = this.#flipping;
    if (!flipping) return;
    this.#flipping = null;
    this.#graph.send({ type: 'unflip', token: flipping.token });
    this.#set({ flippingTo: null, ...(why ? { fault: why } : {}) });
  }

  /** The take of a flip is the one in the player from now on. */
  #arrive({ source, token, to, studio, trim, loop }: Omit<Flipping, 'refused'>): void {
    const { position, status } = this.store.getState();
    const arrived = arrivedOf(this.#shelf.get(source.takeId));
    const landing = Math.max(0, landedAt(position, to));
    this.#source = source;
    this.#token = token;
    this.#flipping = null;
    this.#set({
      takeId: source.takeId,
      flippingTo: null,
      status: status === 'failed' ? 'paused' : status,
      fault: null,
      ...arrived,
      position: arrived.complete ? Math.min(arrived.duration, landing) : landing,
      underruns: 0,
      loop,
      studio,
      trim,
    });
    this.#clock.carryOver((seconds) => landedAt(seconds, to), studio.speed);
  }

  #take(report: Report): void {
    if (report.type === 'probe') {
      this.#onProbe?.(report.frame, report.samples);
      return;
    }
    const flipping = this.#flipping;
    if (flipping?.token === report.token) {
      if (report.type !== 'refused') this.#arrive(flipping);
      else this.#refuse(flipping);
    }
    if (report.token !== this.#token) return;
    if (report.type === 'frame') this.#clock.take(report);
    else if (report.type === 'sound') {
      const { currentTime, sampleRate } = this.#graph.context;
      const seconds = Math.min(currentTime, report.frame / sampleRate) - this.#askedAt;
      if (this.store.getState().firstSoundMs === null) this.#set({ firstSoundMs: Math.max(0, seconds * 1000) });
    } else if (report.type === 'state') this.#turn(report);
  }

  /** The audio thread has given a flip up. The reason may be known already, or is told at the end of the stream. */
  #refuse(flipping: Flipping): void {
    flipping.refused = true;
    const why = this.#shelf.get(flipping.source.takeId)?.broken;
    if (why) this.#unflip(why);
  }

  #turn(report: Extract<Report, { type: 'state' }>): void {
    const broken = this.#source && report.status === 'ended' ? this.#shelf.get(this.#source.takeId)?.broken : null;
    const status = broken ? 'failed' : report.status;
    const { position, underruns } = report;
    this.#set({ status, position, underruns, ...(broken ? { fault: broken } : {}) });
    this.#device.needed = SOUNDING.includes(status);
    if (status === 'playing') this.#clock.start();
    else this.#clock.stop(position);
  }

  #show(frame: PlayerFrame, buffered: number): void {
    this.#set({ position: frame.position, buffered });
    for (const listener of this.#frames) listener(frame);
  }

  #set(state: Partial<PlayerState>): void {
    if (!this.#closed) this.store.setState(state);
  }
}

/** How much of a take is known of, in s, and whether that is all of it. */
function arrivedOf(take: HeldTake | null): { duration: number; complete: boolean } {
  return { duration: take ? take.samples / take.rate : 0, complete: take?.complete ?? false };
}

/** What is repeated in another take, where `loop` is repeated in this one. */
function loopedAt(loop: Loop, to: Landing): Loop {
  if (loop === null || loop === 'all') return loop;
  return 'at' in to ? null : { start: landedAt(loop.start, to), end: landedAt(loop.end, to) };
}

/** A player with its own context. A page needs one. */
export function createPlayer(setup: PlayerSetup = {}): Player {
  return new Player(setup);
}
