import { toFault } from '../../shared/errors.ts';
import type { DeviceState, Output } from './player-state.ts';

/** The part of `AudioContext` that the DOM types do not have yet. */
interface SinkContext extends AudioContext {
  /** '' is the system's own choice. */
  readonly sinkId?: string | object;
  setSinkId?(id: string): Promise<void>;
}

const DEFAULT_LABEL = 'System default';
/** Milliseconds without a single block after which an output counts as lost. */
const STALL_MS = 1500;

/**
 * The sound output: which one, whether it takes sound, and what to do when it stops doing so. Falls back to the system's
 * own choice when the chosen output goes, and returns to it when it is back.
 */
export class OutputDevice {
  #context: SinkContext;
  #tell: (device: DeviceState, outputs: Output[]) => void;
  #wanted = '';
  #device: DeviceState = { id: '', label: DEFAULT_LABEL, state: 'ok', note: '' };
  #outputs: Output[] = [];
  #needed = false;
  /** The context is stopped and started again from here, which is no news. */
  #recovering = false;
  #clock = { at: 0, seen: 0 };
  #watch: ReturnType<typeof setInterval> | null = null;
  #closing = new AbortController();

  /** @param tell is called with each change */
  constructor(context: AudioContext, tell: (device: DeviceState, outputs: Output[]) => void) {
    this.#context = context;
    this.#tell = tell;
    const { signal } = this.#closing;
    context.addEventListener('statechange', () => this.#check(), { signal });
    context.addEventListener('error', () => void this.#recover('The sound output failed.'), { signal });
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.refresh(), { signal });
  }

  /** Whether sound should come out now: only then is silence of the device a fault. */
  set needed(needed: boolean) {
    if (needed === this.#needed) return;
    this.#needed = needed;
    this.#clock = { at: performance.now(), seen: this.#context.currentTime };
    if (this.#watch !== null) clearInterval(this.#watch);
    this.#watch = needed ? setInterval(() => this.#stalled(), 500) : null;
    this.#check();
  }

  /** Timers that run. */
  get timers(): number {
    return this.#watch === null ? 0 : 1;
  }

  /** Outputs to choose from, the system's own choice first. Names may be missing until the browser gives them. */
  async refresh(): Promise<Output[]> {
    const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? [];
    if (this.#closing.signal.aborted) return [];
    const named = devices.filter(({ kind, deviceId }) => kind === 'audiooutput' && deviceId && deviceId !== 'default');
    this.#outputs = [
      { id: '', label: DEFAULT_LABEL },
      ...named.map(({ deviceId, label }, i) => ({ id: deviceId, label: label || `Output ${i + 1}` })),
    ];
    const there = (id: string) => this.#outputs.some((output) => output.id === id);
    if (this.#device.id !== '' && !there(this.#device.id)) {
      await this.#fallBack(`“${this.#device.label}” is gone. Playing on the system’s default output instead.`);
    } else if (this.#device.id !== this.#wanted && there(this.#wanted)) {
      await this.choose(this.#wanted);
    }
    this.#publish();
    return this.#outputs;
  }

  /** Plays on this output from now on. If it cannot, the default is used and the state says so. */
  async choose(id: string): Promise<void> {
    this.#wanted = id;
    if (id !== '' && !this.#context.setSinkId) {
      await this.#fallBack('This browser cannot choose an output. Playing on the system’s default.');
      return;
    }
    try {
      if (id !== this.#device.id) await this.#context.setSinkId?.(id);
      const label = this.#outputs.find((output) => output.id === id)?.label ?? (id ? 'Chosen output' : DEFAULT_LABEL);
      this.#device = { id, label, state: 'ok', note: '' };
      this.#check();
    } catch (thrown) {
      const { said } = toFault(thrown);
      await this.#fallBack(`That output cannot be used${said ? ` (${said})` : ''}. Playing on the system’s default.`);
    }
  }

  /** Sets sound going again. Works at the latest when called from a click or key press. */
  async wake(): Promise<void> {
    if (this.#context.state === 'running' || this.#context.state === 'closed') return;
    await this.#context.resume().catch(() => undefined);
    this.#check();
  }

  /** Removes every listener and timer. */
  close(): void {
    this.needed = false;
    this.#closing.abort();
  }

  #check(): void {
    const { state } = this.#context;
    if (state === 'closed' || this.#closing.signal.aborted || this.#recovering) return;
    if (state !== 'running' && this.#needed) {
      this.#device = { ...this.#device, state: 'suspended', note: 'Sound is held back by the system. Press any key.' };
      void this.#context.resume().catch(() => undefined);
    } else if (state === 'running' && this.#device.state === 'suspended') {
      this.#device = { ...this.#device, state: 'ok', note: '' };
    }
    this.#publish();
  }

  #stalled(): void {
    const now = performance.now();
    if (this.#context.state !== 'running' || this.#context.currentTime !== this.#clock.seen) {
      this.#clock = { at: now, seen: this.#context.currentTime };
      if (this.#context.state === 'running' && this.#device.state === 'lost') {
        this.#device = { ...this.#device, state: 'ok', note: '' };
        this.#publish();
      }
      return;
    }
    if (now - this.#clock.at < STALL_MS) return;
    this.#clock = { at: now, seen: this.#context.currentTime };
    void this.#recover('The sound output takes no sound.');
  }

  async #recover(what: string): Promise<void> {
    this.#device = { ...this.#device, state: 'lost', note: `${what} Trying to get it back.` };
    this.#publish();
    if (this.#device.id !== '') {
      await this.#fallBack(`${what} Playing on the system’s default output instead.`);
      return;
    }
    this.#recovering = true;
    await this.#context.suspend().catch(() => undefined);
    await this.#context.resume().catch(() => undefined);
    this.#recovering = false;
    // Whether sound is taken again, only the clock tells (see #stalled), and only while there is sound.
    const running = this.#context.state === 'running';
    if (running && !this.#needed && this.#device.state === 'lost') {
      this.#device = { ...this.#device, state: 'ok', note: '' };
    }
    this.#check();
  }

  async #fallBack(note: string): Promise<void> {
    try {
      await this.#context.setSinkId?.('');
      this.#device = { id: '', label: DEFAULT_LABEL, state: 'ok', note };
    } catch {
      this.#device = { ...this.#device, state: 'lost', note: 'No sound output can be used. Connect one.' };
    }
    await this.wake();
    this.#publish();
  }

  #publish(): void {
    if (!this.#closing.signal.aborted) this.#tell(this.#device, this.#outputs);
  }
}
