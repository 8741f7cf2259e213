import { HttpFault } from '../http/http-fault.ts';
import type { OutputFormat } from './client.ts';

/** Formats in the order in which they are asked for: samples of the usual rate, of lower ones, and MP3 in the end. */
const ORDER = ['pcm_24000', 'pcm_22050', 'pcm_16000', 'mp3_44100_128'] as const satisfies readonly OutputFormat[];

/** Whether this says that the plan does not have the format. It costs nothing: nothing was spoken. */
function refusesFormat(thrown: unknown): boolean {
  if (!(thrown instanceof HttpFault) || ![400, 402, 403].includes(thrown.status)) return false;
  return thrown.fault.param === 'output_format' || /output[_ ]format/iu.test(thrown.fault.said ?? '');
}

/** Rate in Hz of samples without a header; null where the format says itself what it is. */
export function rawRate(format: OutputFormat): number | null {
  return format.startsWith('pcm_') ? Number(format.slice('pcm_'.length)) : null;
}

/** The format an account may have, found out once. */
export class SoundFormats {
  #at = 0;

  /** Asks in the format the account is known to have, and in the next one where it turns out that it has not. */
  async ask<T>(attempt: (format: OutputFormat) => Promise<T>): Promise<T> {
    for (let at = this.#at; ; at += 1) {
      const format = ORDER[at];
      if (format === undefined) throw new Error('There is no such format.');
      try {
        return await attempt(format);
      } catch (thrown) {
        if (!refusesFormat(thrown) || at + 1 >= ORDER.length) throw thrown;
        this.#at = Math.max(this.#at, at + 1);
      }
    }
  }
}
