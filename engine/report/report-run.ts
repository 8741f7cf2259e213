import { randomUUID } from 'node:crypto';
import { fault } from '../../shared/errors.ts';
import type { EventHub } from '../observe/events.ts';

/** Bytes of a report, while they are made. */
export type ReportPieces = AsyncIterableIterator<Uint8Array<ArrayBuffer>>;

/** One report that is being made: progress, and an end that comes once, however it comes. */
export class ReportRun {
  readonly #events: Pick<EventHub, 'publish'>;
  readonly #task = `report-${randomUUID()}`;
  readonly #stop = new AbortController();
  readonly #onEnd: () => Promise<void>;
  #ended: Promise<void> | null = null;

  /** @param onEnd closes what it was made with */
  constructor(events: Pick<EventHub, 'publish'>, onEnd: () => Promise<void>) {
    this.#events = events;
    this.#onEnd = onEnd;
  }

  /** Aborted when nobody wants it any more. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  stop(): void {
    this.#stop.abort(fault('cancelled', 'The report was cancelled.'));
  }

  /** @param part 0-1 */
  tell(part: number, done = false): void {
    this.#events.publish({ type: 'progress', task: this.#task, label: 'Making a report', progress: part, done });
  }

  end(): Promise<void> {
    if (!this.#ended) {
      this.tell(1, true);
      this.#ended = this.#onEnd();
    }
    return this.#ended;
  }

  /**
   * The pieces of the report as bytes. The first is made before this resolves, so that what is wrong from the start is said
   * with a status; leaving the others stops what is being made.
   */
  async begin(pieces: AsyncGenerator<string>): Promise<ReportPieces> {
    const bytes = this.#bytes(pieces);
    let first: Promise<IteratorResult<Uint8Array<ArrayBuffer>>> | null = bytes.next();
    await first;
    const begun: ReportPieces = {
      next() {
        const next = first ?? bytes.next();
        first = null;
        return next;
      },
      return: async () => {
        this.stop();
        // What makes the pieces closes what it opened itself; that it was stopped is no news.
        await bytes.return(undefined).catch(() => undefined);
        await this.end();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => begun,
    };
    return begun;
  }

  async *#bytes(pieces: AsyncGenerator<string>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const encoder = new TextEncoder();
    try {
      for await (const piece of pieces) yield encoder.encode(piece);
    } finally {
      await this.end();
    }
  }
}
