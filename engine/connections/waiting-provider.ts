import { type Fault, FaultError } from '../../shared/errors.ts';
import type { ProviderHealth } from '../../shared/schemas/voice.ts';
import type { Provider } from '../providers/provider.ts';

/** Stands for a provider that cannot be used until something is entered. It says what, whatever it is asked. */
export function waitingProvider(about: Pick<Provider, 'id' | 'kind' | 'name'>, missing: Fault): Provider {
  const { id, kind, name } = about;
  const health = (): ProviderHealth => ({
    id,
    kind,
    name,
    status: 'failed',
    latencyMs: null,
    note: missing.message,
    fault: missing,
  });
  const refuse = () => Promise.reject(new FaultError(missing));
  return {
    id,
    kind,
    name,
    health,
    probe: async () => health(),
    voices: refuse,
    models: refuse,
    stream: refuse,
    usedVoices: refuse,
    pastSpeech: refuse,
    pastSound: refuse,
    clone: refuse,
    aliases: refuse,
    estimate: () => null,
    close: async () => undefined,
  };
}
