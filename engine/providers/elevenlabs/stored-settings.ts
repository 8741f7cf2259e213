import type { StoredSettings } from './answers.ts';
import type { ElevenLabsClient } from './client.ts';
import { KeptList } from './kept-list.ts';

/** Settings that are older, in ms, are read again when a voice is chosen: they can be changed at elevenlabs.io. */
const YOUNG_MS = 60_000;

interface Kept {
  list: KeptList<StoredSettings>;
  /** When it was read, as `Date.now()`. */
  at: number;
}

/** Settings kept with voices, as far as they were asked for: lists mostly leave them out. */
export class StoredVoiceSettings {
  readonly #client: ElevenLabsClient;
  readonly #voices = new Map<string, Kept>();

  constructor(client: ElevenLabsClient) {
    this.#client = client;
  }

  /** As they are known; null where they were not asked for. */
  known(voice: string): StoredSettings | null {
    return this.#voices.get(voice)?.list.known ?? null;
  }

  /** As they are known, or as they are now. @throws FaultError */
  get(voice: string, signal: AbortSignal): Promise<StoredSettings> {
    return this.#kept(voice).list.get(signal);
  }

  /** Reads them where they are not young. @returns whether they are others than were known @throws FaultError */
  async refresh(voice: string, signal: AbortSignal): Promise<boolean> {
    const kept = this.#kept(voice);
    if (Date.now() - kept.at < YOUNG_MS) return false;
    const before = JSON.stringify(kept.list.known);
    return JSON.stringify(await kept.list.get(signal, true)) !== before;
  }

  close(): void {
    for (const { list } of this.#voices.values()) list.close();
  }

  #kept(voice: string): Kept {
    const known = this.#voices.get(voice);
    if (known) return known;
    const kept: Kept = {
      at: 0,
      list: new KeptList(async (signal) => {
        const settings = await this.#client.settings(voice, signal);
        kept.at = Date.now();
        return settings;
      }),
    };
    this.#voices.set(voice, kept);
    return kept;
  }
}
