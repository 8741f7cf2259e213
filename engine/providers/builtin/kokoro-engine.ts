import { join } from 'node:path';
import { z } from 'zod';
import { fault } from '../../../shared/errors.ts';
import { workerUrl } from '../../worker-url.ts';
import type { WorkerLink } from '../../workers/worker-link.ts';
import type { PartFile } from './join-model.ts';
import { KOKORO_MODEL, KOKORO_PARTS } from './kokoro-parts.ts';
import { packageFolder } from './package-folder.ts';
import { KokoroTold } from './speech-commands.ts';
import { speechWorker } from './speech-worker.ts';

function partFiles(): PartFile[] {
  return KOKORO_PARTS.map((part) => {
    const name = `${part.package}/${part.file}`;
    const folder = packageFolder(part.package);
    if (folder === null) {
      throw fault(
        'model_missing',
        `The package ${part.package}, which holds the model part ${name}, is not installed.`,
        {
          kept: 'Your takes are untouched, and the eSpeak voices work.',
          todo: 'Install Timbre again (`npm ci` in a checkout).',
        },
      );
    }
    return { name, path: join(folder, part.file), bytes: part.bytes, sha256: part.sha256 };
  });
}

/** What is told while the model is made ready. `progress` is null where it cannot be told. */
export type LoadListener = (label: string, progress: number | null, done: boolean) => void;

/** Sound of one run of the model: s16 at 24 kHz, and what is told of it. */
export interface KokoroSound extends KokoroTold {
  samples: Int16Array;
}

/** Kokoro in its worker. The model is joined and loaded with the first request, and again after the worker died. */
export class KokoroEngine {
  readonly #link: WorkerLink;
  readonly #folder: string;
  readonly #onLoad: LoadListener;
  #loading: Promise<unknown> | null = null;
  #state: 'idle' | 'loading' | 'ready' = 'idle';

  /** @param folder where the joined model lies */
  constructor(folder: string, onLoad: LoadListener, onDeath: (why: string) => void) {
    this.#folder = folder;
    this.#onLoad = onLoad;
    this.#link = speechWorker('Kokoro', workerUrl('kokoro-worker', './kokoro-worker.ts', import.meta.url), (why) => {
      this.#forget();
      onDeath(why);
    });
  }

  /** Whether the model is loaded. */
  get ready(): boolean {
    return this.#state === 'ready';
  }

  get loading(): boolean {
    return this.#state === 'loading';
  }

  /** Loads the model where it is not loaded. @throws FaultError model_missing, disk_full, not_writable, provider_fault */
  load(): Promise<unknown> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#forget();
      throw error;
    });
    return this.#loading;
  }

  /**
   * Speaks up to 510 tokens in one run, without the silence around it.
   * @param style a row of a voice, 256 numbers
   * @throws FaultError bad_audio, provider_fault, and those of {@link load}
   */
  async say(tokens: number[], style: Float32Array, speed: number): Promise<KokoroSound> {
    await this.load();
    let samples = new Int16Array(0);
    const onSound = (piece: Int16Array) => {
      samples = new Int16Array(piece);
    };
    const told = await this.#link.ask({ type: 'say', tokens, style, speed }, KokoroTold, { onSound });
    return { samples, ...told };
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  #forget(): void {
    this.#loading = null;
    this.#state = 'idle';
  }

  async #load(): Promise<void> {
    const label = 'Preparing the Kokoro voices';
    this.#state = 'loading';
    this.#onLoad(label, null, false);
    try {
      const command = { type: 'load', folder: this.#folder, parts: partFiles(), model: KOKORO_MODEL };
      const onProgress = (progress: number) => this.#onLoad(label, progress, false);
      await this.#link.ask(command, z.null(), { onProgress });
      this.#state = 'ready';
    } catch (error) {
      this.#state = 'idle';
      throw error;
    } finally {
      this.#onLoad(label, this.ready ? 1 : null, true);
    }
  }
}
