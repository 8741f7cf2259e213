import { type FaultError, fault } from '../../shared/errors.ts';
import { type ReaderCommand, ReaderReport } from './reader-messages.ts';

type EndReport = Extract<ReaderReport, { type: 'end' }>;

const NOTHING = { type: 'end', samples: 0, delay: 0, rate: 0 } as const;

/** One stream that the reader's thread reads. */
interface Reading {
  /** Its thread knows of it, and will say when it ends. */
  asked: boolean;
  answered: ((response: Response) => void) | null;
  refused: ((why: unknown) => void) | null;
  onArrived: (samples: number, peaks: readonly number[]) => void;
  onEnd: (end: EndReport) => void;
}

/** The page's side of the thread that reads streams and hands their sound straight to the audio thread. */
export class SoundReader {
  #worker = new Worker(new URL('./reader-worker.ts', import.meta.url), { type: 'module' });
  #readings = new Map<string, Reading>();
  /** Answers whose sound goes to the audio thread already. */
  #handled = new WeakSet<Response>();
  /** Why the thread reads nothing any more; null while it does. */
  #failed: FaultError | null = null;

  /** @param port to the audio thread */
  constructor(port: MessagePort) {
    this.#worker.onmessage = ({ data }) => this.#take(ReaderReport.parse(data));
    this.#worker.onerror = ({ message }) => this.#fail(message);
    this.#worker.postMessage(null, [port]);
  }

  /** Streams being read. */
  get open(): number {
    return this.#readings.size;
  }

  /**
   * Begins to read under a key that was never used before.
   *
   * @param onEnd is called exactly once, also after {@link abort}
   */
  begin(key: string, onArrived: Reading['onArrived'], onEnd: Reading['onEnd']): void {
    this.#readings.set(key, { asked: false, answered: null, refused: null, onArrived, onEnd });
  }

  /**
   * A `fetch` whose sound does not come through the page: its answer has status and headers, and no body. It is on its way
   * when this returns, whatever the page does next. A body must be text.
   */
  fetchFor(key: string): typeof fetch {
    return (input, init) =>
      new Promise((resolve, reject) => {
        if (this.#failed) {
          reject(this.#failed);
          return;
        }
        const { url, method, headers } = new Request(input, { ...init, signal: null });
        const reading = this.#readings.get(key);
        if (!reading || init?.signal?.aborted) {
          reject(new DOMException('The request was cancelled.', 'AbortError'));
          return;
        }
        Object.assign(reading, { asked: true, answered: resolve, refused: reject });
        const body = typeof init?.body === 'string' ? init.body : null;
        this.#send({ type: 'fetch', key, url, method, headers: Object.fromEntries(headers), body });
      });
  }

  /** Whether the sound of this answer goes to the audio thread already. */
  handles(response: Response): boolean {
    return this.#handled.has(response);
  }

  /** Reads a stream that the page opened itself. */
  adopt(key: string, rate: number, samples: number | null, stream: ReadableStream): void {
    const reading = this.#readings.get(key);
    if (!reading) return;
    reading.asked = true;
    if (this.#failed) {
      this.#end({ ...NOTHING, key, broken: this.#failed.message });
      return;
    }
    this.#worker.postMessage({ type: 'adopt', key, rate, samples, stream } satisfies ReaderCommand, [stream]);
  }

  /** Ends reading; `onEnd` follows. */
  abort(key: string): void {
    if (this.#readings.get(key)?.asked === false) {
      this.#end({ ...NOTHING, key, broken: 'It was not asked for.' });
    }
    this.#send({ type: 'abort', key });
  }

  close(): void {
    this.#worker.terminate();
    this.#readings.clear();
  }

  #send(command: ReaderCommand): void {
    this.#worker.postMessage(command);
  }

  #take(report: ReaderReport): void {
    const reading = this.#readings.get(report.key);
    if (!reading) return;
    if (report.type === 'arrived') reading.onArrived(report.samples, report.peaks);
    else if (report.type === 'end') this.#end(report);
    else {
      const response = new Response(report.body, { status: report.status, headers: report.headers });
      if (report.body === null) this.#handled.add(response);
      reading.answered?.(response);
    }
  }

  /** The thread could not be loaded, or failed: what is read ends, and nothing more is begun. */
  #fail(said: string | undefined): void {
    this.#failed ??= fault('unsupported', 'The part of the page that reads sound does not work.', {
      kept: 'Takes already made are kept on disk.',
      todo: 'Reload the page; if that does not help, restart the studio.',
      said: said || undefined,
    });
    for (const key of [...this.#readings.keys()]) this.#end({ ...NOTHING, key, broken: this.#failed.message });
  }

  #end(report: EndReport): void {
    const reading = this.#readings.get(report.key);
    this.#readings.delete(report.key);
    // Has no effect where the answer has come.
    reading?.refused?.(this.#failed ?? new TypeError(report.broken ?? 'No answer came.'));
    reading?.onEnd(report);
  }
}
