import { gainToDb } from '../../shared/sound/pcm.ts';
import type { Report } from './messages.ts';
import type { PlayerFrame } from './player-state.ts';

type FrameReport = Extract<Report, { type: 'frame' }>;

/** Longest time in seconds that a position is carried on without a report. */
const CARRY = 0.1;

/** To a microsecond: the rounding of sums would otherwise let a position that stands still step back. */
const rounded = (seconds: number) => Math.round(seconds * 1e6) / 1e6;

/** Turns the audio thread's reports into what is shown at the display's own pace, in time with what is heard. */
export class DisplayClock {
  #context: AudioContext;
  #show: (frame: PlayerFrame, buffered: number) => void;
  #report: FrameReport | null = null;
  #request = 0;

  /** @param show is called once per displayed frame while it runs, and once when it stops */
  constructor(context: AudioContext, show: (frame: PlayerFrame, buffered: number) => void) {
    this.#context = context;
    this.#show = show;
  }

  get running(): boolean {
    return this.#request !== 0;
  }

  take(report: FrameReport): void {
    this.#report = report;
  }

  /** Goes on as if the last report had been of another sound: `position` gives its seconds, `speed` its pace. */
  carryOver(position: (seconds: number) => number, speed: number): void {
    const report = this.#report;
    if (report) this.#report = { ...report, position: position(report.position), speed };
  }

  start(): void {
    if (this.#request === 0) this.#request = requestAnimationFrame(this.#tick);
  }

  /** Stands still at `position` (seconds). */
  stop(position: number): void {
    if (this.#request !== 0) cancelAnimationFrame(this.#request);
    this.#request = 0;
    const last = this.#report;
    this.#report = null;
    this.#show(
      {
        position,
        levelDb: Number.NEGATIVE_INFINITY,
        peakDb: Number.NEGATIVE_INFINITY,
        momentaryLufs: null,
        integratedLufs: last?.integrated ?? null,
        clipped: last?.clipped ?? false,
      },
      last?.buffered ?? 0,
    );
  }

  #tick = (): void => {
    this.#request = requestAnimationFrame(this.#tick);
    const report = this.#report;
    if (!report) return;
    const latency = this.#context.outputLatency || 0;
    const since = this.#context.currentTime - report.frame / this.#context.sampleRate;
    const carried = (Math.min(CARRY, Math.max(0, since)) - latency) * report.speed;
    this.#show(
      {
        position: Math.max(0, rounded(report.position + carried)),
        levelDb: gainToDb(report.level),
        peakDb: gainToDb(report.peak),
        momentaryLufs: report.momentary,
        integratedLufs: report.integrated,
        clipped: report.clipped,
      },
      report.buffered,
    );
  };
}
