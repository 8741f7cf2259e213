import { fault } from '../../shared/errors.ts';
import type { LiveAudio } from './live-audio.ts';

interface ActiveRender {
  controller: AbortController;
  live: LiveAudio | null;
  ended: Promise<void> | null;
  /** What was asked for: an equal one is the same. */
  asked: string | null;
  /** Told once it has sound, or ended without. */
  begun: Promise<void>;
  tellBegun: () => void;
}

/** A cancel may overtake the request it belongs to; so many are remembered. */
const EARLY_CANCELS_KEPT = 100;

/** The takes being made now, by id. */
export class ActiveRenders {
  readonly #renders = new Map<string, ActiveRender>();
  readonly #cancelledEarly = new Set<string>();

  get size(): number {
    return this.#renders.size;
  }

  /** @throws FaultError conflict where the id is in use, cancelled where it was cancelled before it came */
  begin(takeId: string): { signal: AbortSignal } {
    if (this.#renders.has(takeId)) throw fault('conflict', 'This take is already being made.', { param: 'id' });
    if (this.#cancelledEarly.delete(takeId)) throw fault('cancelled', 'You cancelled this take before it began.');
    const controller = new AbortController();
    let tellBegun = () => {};
    const begun = new Promise<void>((resolve) => {
      tellBegun = resolve;
    });
    this.#renders.set(takeId, { controller, live: null, ended: null, asked: null, begun, tellBegun });
    return { signal: controller.signal };
  }

  attach(takeId: string, live: LiveAudio, ended: Promise<void>): void {
    const render = this.#renders.get(takeId);
    if (!render) return;
    Object.assign(render, { live, ended });
    render.tellBegun();
  }

  /**
   * Says what a take is made of, so that an equal request joins it.
   *
   * @returns the take that is already being made of an equal one, once its sound has begun; null where there is none
   */
  async join(takeId: string, asked: string): Promise<string | null> {
    for (const [otherId, other] of this.#renders) {
      if (otherId === takeId || other.asked !== asked || other.controller.signal.aborted) continue;
      await other.begun;
      if (other.live !== null && other.asked === asked) return otherId;
    }
    const render = this.#renders.get(takeId);
    if (render) render.asked = asked;
    return null;
  }

  /** A take becomes something other than what was asked for: no equal request joins it. */
  apart(takeId: string): void {
    const render = this.#renders.get(takeId);
    if (render) render.asked = null;
  }

  live(takeId: string): LiveAudio | null {
    return this.#renders.get(takeId)?.live ?? null;
  }

  end(takeId: string): void {
    this.#renders.get(takeId)?.tellBegun();
    this.#renders.delete(takeId);
  }

  /** @returns whether it was being made */
  cancel(takeId: string): boolean {
    const render = this.#renders.get(takeId);
    if (render) {
      render.controller.abort();
      return true;
    }
    this.#cancelledEarly.add(takeId);
    const oldest = this.#cancelledEarly.values().next().value;
    if (this.#cancelledEarly.size > EARLY_CANCELS_KEPT && oldest !== undefined) this.#cancelledEarly.delete(oldest);
    return false;
  }

  /** Ends all of them and waits until each is stored. */
  async close(): Promise<void> {
    const all = [...this.#renders.values()];
    for (const render of all) render.controller.abort();
    await Promise.allSettled(all.map((render) => render.ended));
  }
}
