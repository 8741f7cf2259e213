import type { Model, Voice } from '../../../shared/schemas/voice.ts';
import { HttpFault } from '../http/http-fault.ts';
import type { ListedModel, ListedVoice } from './answers.ts';
import type { ElevenLabsClient } from './client.ts';
import { KeptList } from './kept-list.ts';
import { type ModelFacts, modelFacts, usualFacts } from './models.ts';
import type { StoredVoiceSettings } from './stored-settings.ts';
import { studioModel } from './studio-model.ts';
import { type ElevenLabsVoice, elevenLabsVoice } from './voices.ts';

/** Offered first where nothing else was chosen. */
const FIRST_MODEL = 'eleven_multilingual_v2';

/** A key may be good for speech and not for this. */
export const lacksPermission = (thrown: unknown): boolean =>
  thrown instanceof HttpFault &&
  (thrown.status === 401 || thrown.status === 403) &&
  /\bpermissions?\b/iu.test(`${thrown.serverCode?.replaceAll('_', ' ') ?? ''} ${thrown.fault.said ?? ''}`);

export interface ListsOptions {
  /** The provider's id. */
  provider: string;
  client: ElevenLabsClient;
  stored: StoredVoiceSettings;
  /** The model a person chose to be offered first; null for none. */
  defaultModel: string | null;
}

/** Voices and models of an account, read once and kept. */
export class Lists {
  readonly #options: ListsOptions;
  readonly #models: KeptList<ModelFacts[]>;
  readonly #voices: KeptList<ListedVoice[]>;

  constructor(options: ListsOptions) {
    this.#options = options;
    const { client } = options;
    this.#models = new KeptList(async (signal) => {
      let listed: ListedModel[] | null = null;
      try {
        listed = await client.models(signal);
      } catch (thrown) {
        if (!lacksPermission(thrown)) throw thrown;
      }
      return modelFacts(listed);
    });
    this.#voices = new KeptList((signal) => client.voices(signal));
  }

  async models(signal: AbortSignal, fresh: boolean): Promise<Model[]> {
    const facts = await this.#models.get(signal, fresh);
    return facts.map((one) => studioModel(this.#options.provider, one));
  }

  async voices(signal: AbortSignal, fresh: boolean): Promise<Voice[]> {
    const [listed, facts] = await Promise.all([this.#voices.get(signal, fresh), this.#models.get(signal, fresh)]);
    const models = this.#ordered(facts);
    return listed.map((voice) => this.#told(voice, models).voice);
  }

  /** A voice by ElevenLabs' own id, as far as the list is known; null where it is not, or has none. */
  known(id: string): ElevenLabsVoice | null {
    const listed = this.#voices.known?.find(({ voice_id }) => voice_id === id);
    return listed ? this.#told(listed, []) : null;
  }

  /** Where a recording of a voice is; null where there is none. @throws FaultError */
  async preview(id: string, signal: AbortSignal): Promise<string | null> {
    await this.#voices.get(signal);
    return this.known(id)?.preview ?? null;
  }

  /** What is known of a model, without asking. */
  facts(model: string): ModelFacts {
    return this.#models.known?.find(({ id }) => id === model) ?? usualFacts(model);
  }

  close(): void {
    this.#models.close();
    this.#voices.close();
  }

  #told(voice: ListedVoice, models: readonly string[]): ElevenLabsVoice {
    const { provider, stored } = this.#options;
    return elevenLabsVoice(voice, { provider, models, stored: stored.known(voice.voice_id) });
  }

  /** All models, the one that is offered first before the others. */
  #ordered(facts: readonly ModelFacts[]): string[] {
    const ids = facts.map(({ id }) => id);
    const first = [this.#options.defaultModel, FIRST_MODEL].find((id) => id !== null && ids.includes(id)) ?? ids[0];
    return [...new Set([...(first === undefined || first === null ? [] : [first]), ...ids])];
  }
}
