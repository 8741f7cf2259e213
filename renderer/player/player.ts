import type { StoreApi } from 'zustand';
import type { StudioSettings } from '../../shared/controls/controls.ts';
import { type Fault, toFault } from '../../shared/errors.ts';
import { AudioGraph } from './audio-graph.ts';
import { DisplayClock } from './display-clock.ts';
import { HeldTakes } from './held-takes.ts';
import type { Report } from './messages.ts';
import { OutputDevice } from './output-device.ts';
import { PaceMemory, type PaceRecord } from './pace.ts';
import type {
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
import { TakeLoader } from './take-loader.ts';

/** Seconds of sound between two notes of how much has arrived. */
const ARRIVAL_NOTE = 0.1;
const GESTURES = ['pointerdown', 'keydown'] as const;
const SOUNDING: readonly PlayerStatus[] = ['waiting', 'buffering', 'playing'];

/** Plays takes while they arrive, one at a time, through one context and one node. */
export class Player {
  readonly store: StoreApi<PlayerState>;
  #graph: AudioGraph;
  #device: OutputDevice;
  #clock: DisplayClock;
  #held = new HeldTakes((key) => this.#drop(key));
  #pace: PaceMemory;
  #onProbe: PlayerSetup['onProbe'];
  #frames = new Set<(frame: PlayerFrame) => void>();
  #gestures = new AbortController();
  #closed = false;

  #token = 0;
  #source: PlaySource | null = null;
  #loading: TakeLoader | null = null;
  #lastLoaded: TakeLoader | null = null;
  #broken: Fault | null = null;
  #askedAt = 0;

  constructor(setup: PlayerSetup = {}) {
    this.store = setup.store ?? usePlayer;
    this.#pace = new PaceMemory(setup.pace);
    this.#onProbe = setup.onProbe;
    this.#graph = new AudioGraph((report) => this.#take(report), setup.onProbe !== undefined);
    this.#graph.ready.catch((thrown: unknown) => this.#set({ status: 'failed', fault: toFault(thrown) }));
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
    const { from = 0, loop = null, paused = false } = options;
    const arriving = this.#loading?.takeId === source.takeId;
    if (!arriving) this.#abandon();
    this.#source = source;
    this.#token += 1;
    this.#askedAt = this.#graph.context.currentTime;
    const held = this.#held.whole(source.takeId);
    this.#set({
      ...(arriving ? {} : { duration: held ? held.samples / held.rate : 0, complete: held !== null }),
      takeId: source.takeId,
      status: paused ? 'paused' : 'waiting',
      fault: null,
      position: from,
      buffered: 0,
      underruns: 0,
      firstSoundMs: null,
      loop,
    });
    this.#device.needed = !paused;
    void this.#device.wake();
    const loading = held ? null : (this.#loading ?? this.#load(source));
    this.#start(held?.key ?? loading?.key ?? '', from, paused);
    if (!arriving) loading?.run().finally(() => this.#loaded(loading));
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
      this.play(source, { loop: this.store.getState().loop });
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
    this.#graph.send({ type: 'seek', seconds: position });
  }

  /** Repeats a region (seconds of the take), all of it, or nothing. */
  setLoop(loop: Loop): void {
    this.#set({ loop });
    this.#graph.send({ type: 'loop', loop });
  }

  /** What the studio itself does; heard at once. */
  setStudio(studio: StudioSettings): void {
    this.#set({ studio });
    this.#graph.send({ type: 'studio', studio });
  }

  /** Ends playing, and reading if the take is still arriving. */
  stop(): void {
    this.#abandon();
    this.#source = null;
    this.#token += 1;
    this.#graph.send({ type: 'stop' });
    const { studio, device, outputs } = this.store.getState();
    this.#set({ ...INITIAL_PLAYER, studio, device, outputs });
    this.#device.needed = false;
    this.#clock.stop(0);
  }

  /** Forgets the samples of a take, for example because it was removed. */
  forget(takeId: string): void {
    if (this.#source?.takeId === takeId) this.stop();
    this.#held.remove(takeId);
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
    return this.#pace.export();
  }

  /** Takes over what {@link exportPace} gave, once preferences have been read. */
  importPace(record: PaceRecord): void {
    this.#pace = new PaceMemory({ ...record, ...this.#pace.export() });
  }

  /** How loud the sound of a take is that is arriving or arrived last: see `ArrivalPeaks`. Empty for any other. */
  arrivedPeaks(takeId: string): readonly number[] {
    return this.#lastLoaded?.takeId === takeId ? this.#lastLoaded.peaks : [];
  }

  counts(): PlayerCounts {
    return {
      contexts: this.#closed ? 0 : 1,
      nodes: this.#graph.nodes,
      listeners: this.#frames.size + (this.#gestures.signal.aborted ? 0 : GESTURES.length),
      timers: this.#device.timers + (this.#clock.running ? 1 : 0),
      requests: this.#graph.reader.open,
      workers: this.#closed ? 0 : 1,
      takes: this.#held.count,
      bytes: this.#held.bytes,
    };
  }

  /** Ends everything that was begun. */
  async close(): Promise<void> {
    this.stop();
    this.#held.clear();
    this.#gestures.abort();
    this.#device.close();
    this.#frames.clear();
    this.#closed = true;
    await this.#graph.close();
  }

  #start(key: string, from: number, paused: boolean): void {
    const { studio, loop } = this.store.getState();
    const prebuffer = this.#prebuffer(null);
    this.#graph.send({ type: 'play', token: this.#token, key, from, paused, loop, studio, prebuffer });
  }

  #prebuffer(seconds: number | null): number {
    const { speed } = this.store.getState().studio;
    return this.#source ? this.#pace.prebuffer(this.#source.provider, speed, seconds) : 0;
  }

  #load(source: PlaySource): TakeLoader {
    const parts = {
      reader: this.#graph.reader,
      held: this.#held,
      pace: this.#pace,
      drop: (key: string) => this.#drop(key),
    };
    this.#loading = new TakeLoader(source, parts, {
      onRedirect: (takeId) => {
        this.#source = { ...source, takeId };
        this.#set({ takeId });
      },
      onLength: (seconds) => this.#graph.send({ type: 'prebuffer', seconds: this.#prebuffer(seconds) }),
      onArrived: (duration) => {
        const noted = this.store.getState().duration;
        if (noted === 0 || duration - noted >= ARRIVAL_NOTE) this.#set({ duration });
      },
      onEnd: (take, broken) => {
        this.#broken = broken;
        this.#set({ duration: take.samples / take.rate, complete: take.complete });
        // It may have been played to its end before this was known.
        if (broken && this.store.getState().status === 'ended') this.#set({ status: 'failed', fault: broken });
      },
      onFail: (why) => this.#fail(why),
    });
    this.#lastLoaded = this.#loading;
    return this.#loading;
  }

  #loaded(loader: TakeLoader): void {
    if (this.#loading === loader) this.#loading = null;
  }

  #drop(key: string): void {
    this.#graph.send({ type: 'drop', key });
  }

  #fail(what: Fault): void {
    this.#token += 1;
    this.#graph.send({ type: 'stop' });
    this.#device.needed = false;
    this.#set({ status: 'failed', fault: what });
  }

  #abandon(): void {
    this.#broken = null;
    this.#loading?.abandon();
    this.#loading = null;
  }

  #take(report: Report): void {
    if (report.type === 'probe') this.#onProbe?.(report.frame, report.samples);
    else if (report.token !== this.#token) return;
    else if (report.type === 'frame') this.#clock.take(report);
    else if (report.type === 'sound') {
      const { currentTime, sampleRate } = this.#graph.context;
      const seconds = Math.min(currentTime, report.frame / sampleRate) - this.#askedAt;
      if (this.store.getState().firstSoundMs === null) this.#set({ firstSoundMs: Math.max(0, seconds * 1000) });
    } else this.#turn(report);
  }

  #turn(report: Extract<Report, { type: 'state' }>): void {
    const failed = report.status === 'ended' && this.#broken !== null;
    const status = failed ? 'failed' : report.status;
    const { position, underruns } = report;
    this.#set({ status, position, underruns, ...(failed ? { fault: this.#broken } : {}) });
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

/** A player with its own context. A page needs one. */
export function createPlayer(setup: PlayerSetup = {}): Player {
  return new Player(setup);
}
