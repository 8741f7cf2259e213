import { z } from 'zod';
import { workerUrl } from '../../worker-url.ts';
import type { WorkerLink } from '../../workers/worker-link.ts';
import type { EspeakProsody } from './espeak-prosody.ts';
import { EspeakTold, EspeakVoice } from './speech-commands.ts';
import { speechWorker } from './speech-worker.ts';

const VoiceList = z.object({ voices: z.array(EspeakVoice), sampleRate: z.number().int() });

/** What eSpeak NG is asked to say. */
export interface EspeakUtterance extends EspeakProsody {
  /** Identifier of the voice, with `+variant` where there is one. */
  voice: string;
  text: string;
}

/** eSpeak NG in its worker: voices, phonemes, speech. */
export class EspeakEngine {
  readonly #link: WorkerLink;
  #voices: Promise<z.infer<typeof VoiceList>> | null = null;

  constructor(onDeath: (why: string) => void) {
    this.#link = speechWorker('eSpeak', workerUrl('espeak-worker', './espeak-worker.ts', import.meta.url), onDeath);
  }

  get running(): boolean {
    return this.#link.running;
  }

  /** All voices and the rate of their sound in Hz; asked once. */
  voices(): Promise<z.infer<typeof VoiceList>> {
    this.#voices ??= this.#link.ask({ type: 'voices' }, VoiceList).catch((error: unknown) => {
      this.#voices = null;
      throw error;
    });
    return this.#voices;
  }

  /** IPA of each text: phonemes parted by `_`, words by spaces. */
  readonly phonemes = (voice: string, texts: string[]): Promise<string[]> => {
    return this.#link.ask({ type: 'phonemes', voice, texts }, z.array(z.string()));
  };

  /** Speaks; sound comes piece by piece as it is made. Resolves after the last piece; aborting ends it early. */
  async speak(
    utterance: EspeakUtterance,
    signal: AbortSignal,
    onSound: (samples: Int16Array) => void,
  ): Promise<EspeakTold> {
    const stop = new SharedArrayBuffer(4);
    const abort = () => Atomics.store(new Int32Array(stop), 0, 1);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await this.#link.ask({ type: 'speak', ...utterance, stop }, EspeakTold, { onSound });
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  close(): Promise<void> {
    return this.#link.close();
  }
}
