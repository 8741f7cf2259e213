import { randomUUID } from 'node:crypto';
import type { ExportFormat, ExportRequest } from '../../shared/schemas/export.ts';
import type { Take } from '../../shared/schemas/take.ts';
import type { Library } from '../library/library.ts';
import type { EventHub } from '../observe/events.ts';
import { workerUrl } from '../worker-url.ts';
import { TaskWorker } from '../workers/task-worker.ts';
import { chooseTakes, type ExportChoice, type ExportItem } from './choose-takes.ts';
import { ExportAnswer, type ExportTask } from './export-message.ts';
import { comment } from './heard.ts';
import { sidecarOf } from './sidecar.ts';
import { type ZipEntry, zipStream } from './zip-stream.ts';

/** MIME type of each format; its name is the ending of its files. */
const TYPES: Record<ExportFormat, string> = {
  wav: 'audio/wav',
  flac: 'audio/flac',
  mp3: 'audio/mpeg',
  opus: 'audio/ogg; codecs=opus',
};

/** A file to be sent to the person. */
export interface ExportedFile {
  name: string;
  /** MIME type. */
  type: string;
  body: ReadableStream<Uint8Array>;
}

/** Writes takes as audio files. */
export interface Exporter {
  /**
   * One take without a JSON beside it: its file. Otherwise a zip, made while it is read, its first take before this
   * resolves, so that what is wrong from the start is said with a status.
   *
   * @param signal ends it; so does cancelling the body
   * @throws FaultError not_found, conflict (a take is still being made), unsupported, cancelled
   */
  exportTakes(request: ExportRequest, signal: AbortSignal): Promise<ExportedFile>;
  /** Exports under way, for tests that count. */
  readonly open: number;
  /** Ends exports under way as cancelled. */
  close(): Promise<void>;
}

export interface ExporterParts {
  library: Pick<Library, 'take' | 'projects'>;
  events: Pick<EventHub, 'publish'>;
  /** Stored audio of a take in pieces. @throws FaultError not_found */
  readAudio(takeId: string): AsyncIterable<Int16Array>;
}

async function load(readAudio: ExporterParts['readAudio'], take: Take): Promise<Int16Array<ArrayBuffer>> {
  const samples = new Int16Array(take.samples);
  let at = 0;
  for await (const piece of readAudio(take.id)) {
    const fits = piece.subarray(0, samples.length - at);
    samples.set(fits, at);
    at += fits.length;
  }
  return samples.subarray(0, at);
}

function textEntry(name: string, text: string): ZipEntry {
  return { name, bytes: new TextEncoder().encode(`${text}\n`) };
}

/** One export: a thread of its own, progress, and an end that comes once, however it comes. */
class Export {
  readonly #parts: ExporterParts;
  readonly #request: ExportRequest;
  readonly #choice: ExportChoice;
  readonly #worker = new TaskWorker(workerUrl('export-worker', './export-worker.ts', import.meta.url), 'export');
  readonly #task = `export-${randomUUID()}`;
  readonly stop = new AbortController();
  readonly #onEnd: () => void;
  #ended: Promise<void> | null = null;

  constructor(parts: ExporterParts, request: ExportRequest, choice: ExportChoice, onEnd: () => void) {
    this.#parts = parts;
    this.#request = request;
    this.#choice = choice;
    this.#onEnd = onEnd;
    this.stop.signal.addEventListener('abort', () => void this.end(), { once: true });
  }

  /** The file, or the zip that goes on being made. */
  async run(): Promise<ExportedFile> {
    const { format, sidecar } = this.#request;
    const { items, left, archive } = this.#choice;
    const first = await this.#make(items[0], 0);
    const [audio] = first;
    if (audio && !sidecar && items.length + left.length === 1) {
      await this.end();
      return { name: audio.name, type: TYPES[format], body: new Blob([audio.bytes]).stream() };
    }
    return { name: `${archive}.zip`, type: 'application/zip', body: zipStream(this.#entries(first), this.stop) };
  }

  end(): Promise<void> {
    if (!this.#ended) {
      this.#tell(this.#choice.items.length - 1, 1, true);
      this.#ended = this.#worker.close().finally(this.#onEnd);
    }
    return this.#ended;
  }

  async *#entries(first: ZipEntry[]): AsyncGenerator<ZipEntry> {
    try {
      yield* first;
      for (const [index, item] of this.#choice.items.entries()) {
        if (index > 0) yield* await this.#make(item, index);
      }
      if (this.#choice.left.length > 0) yield textEntry('left-out.txt', this.#choice.left.join('\n'));
    } finally {
      await this.end();
    }
  }

  async #make({ take, heard, stem }: ExportItem, index: number): Promise<ZipEntry[]> {
    this.#tell(index, 0);
    const { format, sampleRate, loudness, sidecar } = this.#request;
    const samples = await load(this.#parts.readAudio, take);
    const task: ExportTask = {
      samples,
      sampleRate: take.sampleRate,
      studio: heard.studio,
      format,
      rate: sampleRate,
      loudness,
      comment: comment(take, heard),
    };
    const made = await this.#worker.run(task, ExportAnswer, {
      signal: this.stop.signal,
      onProgress: (part) => this.#tell(index, part),
    });
    const name = `${stem}.${format}`;
    const audio = { name, bytes: made.bytes };
    if (!sidecar) return [audio];
    const json = sidecarOf(take, heard, this.#request, name, made);
    return [audio, textEntry(`${stem}.json`, JSON.stringify(json, null, 2))];
  }

  #tell(index: number, part: number, done = false): void {
    const { length } = this.#choice.items;
    const label = length === 1 ? 'Exporting' : `Exporting ${index + 1} of ${length}`;
    const progress = (index + part) / length;
    this.#parts.events.publish({ type: 'progress', task: this.#task, label, progress, done });
  }
}

/** An exporter. */
export function createExporter(parts: ExporterParts): Exporter {
  const open = new Set<Export>();
  return {
    async exportTakes(request, signal) {
      const choice = chooseTakes(parts.library, request);
      const under = new Export(parts, request, choice, () => {
        open.delete(under);
        signal.removeEventListener('abort', stop);
      });
      const stop = () => under.stop.abort();
      open.add(under);
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      try {
        return await under.run();
      } catch (thrown) {
        await under.end();
        throw thrown;
      }
    },
    get open() {
      return open.size;
    },
    async close() {
      const ending = [...open].map((under) => {
        under.stop.abort();
        return under.end();
      });
      await Promise.all(ending);
    },
  };
}
