import type { StudioSettings } from '../../shared/controls/controls.ts';
import { fault, toFault } from '../../shared/errors.ts';
import type { PagedSound } from '../../shared/report/page/text-section.ts';
import type { ReportRequest } from '../../shared/report/report-request.ts';
import type { ReportedTake } from '../../shared/report/reported-take.ts';
import type { Take } from '../../shared/schemas/take.ts';
import { CHAIN_RATE } from '../../shared/sound/chain-format.ts';
import { bytesWords } from '../../shared/text/figure-words.ts';
import { loadSamples } from '../analysis/load-samples.ts';
import { ExportAnswer, type ExportTask } from '../export/export-message.ts';
import type { Library } from '../library/library.ts';
import { workerUrl } from '../worker-url.ts';
import { TaskWorker } from '../workers/task-worker.ts';
import { hasSound } from './gather-takes.ts';

/** Formats of the sound in a page, by MIME type. */
const TYPES = { flac: 'audio/flac', mp3: 'audio/mpeg' } as const;
type Format = keyof typeof TYPES;

/** Bytes of base64 for each byte. */
const BASE64 = 4 / 3;
/** Bytes turned into base64 at a time: whole groups of three, so that the pieces join. */
const PIECE = 48 * 1024;
/** Bytes that a page may have in sound: browsers open no more than that without trouble. */
export const MOST_BYTES = 200e6;
/** Lowest volume of the chain, in dB. */
const LEAST_VOLUME = -60;

/** Takes at most so high a rate have nothing in the upper half of the chain’s band, in Hz. */
const HALF_BAND = 24_000;

/** Bytes of a second of speech, on the high side (measured: FLAC at 48 kHz 26-31 kB from 22-24 kHz, MP3 16.2 kB). */
function bytesOfSecond(format: Format, sampleRate: number): number {
  if (format === 'mp3') return 16_500;
  return sampleRate > HALF_BAND ? 60_000 : 36_000;
}

/** Bytes of a page in which so many takes are heard; an estimate. */
export function soundBytes(takes: readonly Take[], format: Format): number {
  return takes.reduce((sum, { samples, sampleRate, studio }) => {
    const seconds = samples / (sampleRate * studio.speed);
    return sum + seconds * bytesOfSecond(format, sampleRate) * BASE64;
  }, 0);
}

/**
 * Refuses a page that would be too large to be opened, before anything of it is made.
 *
 * @param of what there are many of in it, in a word
 * @throws FaultError too_large
 */
export function checkSize(takes: readonly Take[], format: Format, most = MOST_BYTES, of = 'texts'): void {
  const bytes = soundBytes(takes, format);
  if (bytes <= most) return;
  const smaller = soundBytes(takes, 'mp3');
  const mp3 = format === 'flac' && smaller <= most ? `with its sound as MP3 (about ${bytesWords(smaller)}), ` : '';
  throw fault(
    'too_large',
    `With its sound the report would have about ${bytesWords(bytes)}; browsers open ${bytesWords(most)} at most.`,
    {
      kept: 'Nothing was made, and nothing is changed.',
      todo: `Make it ${mp3}without sound, or with fewer ${of}.`,
      param: 'sound',
    },
  );
}

/** The sound of a take for a page. */
export interface MadeSound {
  paged: PagedSound;
  bytes: Uint8Array | null;
}

/** Makes the sounds of one report, in a thread of its own that starts with the first. */
export class ReportSounds {
  readonly #library: Pick<Library, 'audio'>;
  readonly #format: ReportRequest['sound'];
  readonly #worker = new TaskWorker(
    workerUrl('export-worker', '../export/export-worker.ts', import.meta.url),
    'export',
  );

  constructor(library: Pick<Library, 'audio'>, format: ReportRequest['sound']) {
    this.#library = library;
    this.#format = format;
  }

  /** Whether there is any sound in the page. */
  get audible(): boolean {
    return this.#format !== 'none';
  }

  /**
   * A take as it is heard beside the others: through the chain, with the gain that makes them equally loud. One that
   * nothing is done to keeps its own samples.
   *
   * @throws FaultError cancelled
   */
  async make({ take, gain }: ReportedTake, signal: AbortSignal): Promise<MadeSound> {
    if (this.#format === 'none') return { paged: null, bytes: null };
    const audio = this.#library.audio(take.id);
    if (!audio || !hasSound(this.#library, take)) return { paged: { why: 'it is not there.' }, bytes: null };
    const volume = Math.max(LEAST_VOLUME, take.studio.volume + (gain ?? 0));
    const studio: StudioSettings = { ...take.studio, volume };
    const untouched = studio.speed === 1 && studio.pitch === 0 && studio.volume === 0 && this.#format === 'flac';
    try {
      const task: ExportTask = {
        samples: await loadSamples(audio),
        sampleRate: audio.sampleRate,
        studio,
        format: this.#format,
        rate: untouched ? audio.sampleRate : CHAIN_RATE,
        loudness: null,
        comment: '',
      };
      const { bytes } = await this.#worker.run(task, ExportAnswer, { signal });
      return { paged: { type: TYPES[this.#format] }, bytes };
    } catch (thrown) {
      const { code, message } = toFault(thrown);
      if (code === 'cancelled') throw thrown;
      return { paged: { why: message }, bytes: null };
    }
  }

  /** Ends the thread. */
  close(): Promise<void> {
    return this.#worker.close();
  }
}

/** Bytes in base64, piece by piece. */
export function* base64Pieces(bytes: Uint8Array): Generator<string> {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < all.length; at += PIECE) yield all.toString('base64', at, Math.min(all.length, at + PIECE));
}
