import { fault } from '../../shared/errors.ts';
import type { Model, Voice } from '../../shared/schemas/voice.ts';
import type { Provider } from './provider.ts';

/** A voice with what speaks it. */
export interface ResolvedVoice {
  provider: Provider;
  voice: Voice;
  model: Model;
  /** The provider's own id of the voice. */
  local: string;
}

/** All providers of the studio. */
export interface Registry {
  readonly providers: Provider[];
  voices(signal: AbortSignal): Promise<Voice[]>;
  models(signal: AbortSignal): Promise<Model[]>;
  /** @throws FaultError unknown_voice: never another voice */
  resolve(voiceId: string, signal: AbortSignal): Promise<ResolvedVoice>;
  provider(id: string): Provider | undefined;
  close(): Promise<void>;
}

export function createRegistry(providers: Provider[]): Registry {
  const byId = new Map(providers.map((provider) => [provider.id, provider]));
  return {
    providers,
    provider: (id) => byId.get(id),
    async voices(signal) {
      const lists = await Promise.allSettled(providers.map((provider) => provider.voices(signal)));
      return lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : []));
    },
    async models(signal) {
      const lists = await Promise.allSettled(providers.map((provider) => provider.models(signal)));
      return lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : []));
    },
    async resolve(voiceId, signal) {
      const colon = voiceId.indexOf(':');
      const provider = byId.get(voiceId.slice(0, Math.max(colon, 0)));
      const unknown = () =>
        fault('unknown_voice', `There is no voice “${voiceId}”.`, {
          param: 'voiceId',
          todo: 'Choose a voice from the list.',
        });
      if (!provider) throw unknown();
      const voice = (await provider.voices(signal)).find((candidate) => candidate.id === voiceId);
      if (!voice) throw unknown();
      const model = (await provider.models(signal)).find((candidate) => candidate.id === voice.model);
      if (!model) throw fault('unknown_model', `There is no model “${voice.model}”.`, { param: 'modelId' });
      return { provider, voice, model, local: voiceId.slice(colon + 1) };
    },
    async close() {
      await Promise.allSettled(providers.map((provider) => provider.close()));
    },
  };
}
