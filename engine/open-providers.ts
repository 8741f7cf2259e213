import { type ConnectionStore, Connections } from './connections/connections.ts';
import type { KeyStore } from './keys/key-store.ts';
import type { Library } from './library/library.ts';
import type { EventHub } from './observe/events.ts';
import { createBuiltinProvider } from './providers/builtin/builtin-provider.ts';
import { KINDS } from './providers/kinds.ts';
import type { Provider, ProviderParts } from './providers/provider.ts';
import { createRegistry, type Registry } from './providers/registry.ts';

export interface OpenProvidersOptions {
  /** Null where the library cannot be used: then only the environment sets providers up. */
  library: Library | null;
  modelFolder: string;
  keys: KeyStore;
  events: Pick<EventHub, 'publish'>;
  decode: ProviderParts['decode'];
  env: Readonly<Record<string, string | undefined>>;
  /** Further providers in this process. */
  more?: readonly Provider[];
}

/** Everybody who can speak: the built-in provider, and those that a person or the environment set up. */
export interface OpenedProviders {
  builtin: Provider;
  registry: Registry;
  connections: Connections;
  close(): Promise<void>;
}

/** Keeps nothing. */
const NO_STORE: ConnectionStore = {
  connections: () => [],
  addConnection: () => undefined,
  replaceConnection: () => undefined,
  removeConnection: () => undefined,
  dropVoiceList: () => undefined,
};

/** Opens all providers, in whatever shell. A provider that cannot be used says why, and the others work. */
export async function openProviders(options: OpenProvidersOptions): Promise<OpenedProviders> {
  const { library, events, keys, decode, env } = options;
  const builtin = createBuiltinProvider({
    modelFolder: options.modelFolder,
    blends: () => library?.blends() ?? [],
    addBlend: (blend) => library?.addBlend(blend),
    removeBlend: (id) => library?.removeBlend(id),
    onHealth: (health) => events.publish({ type: 'provider', health }),
    onProgress: (label, progress, done) =>
      events.publish({ type: 'progress', task: 'builtin-model', label, progress, done }),
  });
  const registry = createRegistry([builtin, ...(options.more ?? [])], {
    keeper: library,
    onChange: () => events.publish({ type: 'changed', what: 'voices' }),
  });
  const connections = new Connections({
    kinds: KINDS,
    store: library ?? NO_STORE,
    keys,
    registry,
    events,
    env,
    decode,
  });
  await connections.open();
  return {
    builtin,
    registry,
    connections,
    async close() {
      await connections.close();
      await registry.close();
    },
  };
}
