import { fault, toFault } from '../../shared/errors.ts';
import type {
  Connection,
  ConnectionInput,
  ConnectionPatch,
  ConnectionsView,
  ConnectionView,
  VoiceRef,
} from '../../shared/schemas/connection.ts';
import { type FoundKey, type KeyStore, keyState } from '../keys/key-store.ts';
import type { EventHub } from '../observe/events.ts';
import type { Provider, ProviderKind, ProviderParts } from '../providers/provider.ts';
import type { Registry } from '../providers/registry.ts';
import { decided, missingIn, setUpBy, unknownKind } from './connection-faults.ts';
import { decidedBy, type FromEnvironment, fromEnvironment, setsUp } from './environment.ts';
import { HealthWatch } from './health-watch.ts';
import { newConnection } from './new-connection.ts';
import { waitingProvider } from './waiting-provider.ts';

/** Where connections are kept. */
export interface ConnectionStore {
  connections(): Connection[];
  addConnection(connection: Connection): void;
  replaceConnection(connection: Connection): void;
  removeConnection(id: string): void;
  dropVoiceList(id: string): void;
}

export interface ConnectionsParts {
  kinds: readonly ProviderKind[];
  store: ConnectionStore;
  keys: KeyStore;
  registry: Registry;
  events: Pick<EventHub, 'publish'>;
  env: Readonly<Record<string, string | undefined>>;
  decode: ProviderParts['decode'];
}

/** One provider that is set up. */
interface Entry {
  /** As it is used. */
  connection: Connection;
  key: FoundKey;
  provider: Provider;
  watch: HealthWatch;
}

/** How long a burst of changes of a list may go on before it is read, in ms. */
const SETTLE_MS = 200;

/** What of a connection makes it another provider when it changes. */
const identity = ({ name, addresses, dialect, defaultModel, limits }: Connection, { key }: FoundKey) =>
  JSON.stringify([name, addresses, dialect, defaultModel, limits, key]);

/** What of a connection makes its voices other ones. */
const origin = ({ addresses, dialect }: Connection, { key }: FoundKey) => JSON.stringify([addresses, dialect, key]);

/** The providers that a person or the environment set up: opened, changed, looked at, closed. */
export class Connections {
  readonly #parts: ConnectionsParts;
  readonly #entries = new Map<string, Entry>();
  readonly #closing = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: ConnectionsParts) {
    this.#parts = parts;
  }

  /** Opens all that are set up. One that cannot be used says why, and the others work. */
  open(): Promise<void> {
    return this.#inTurn(() => this.#sync());
  }

  /** All of them as Settings show them; also what another process changed meanwhile. */
  async views(): Promise<ConnectionsView> {
    await this.#inTurn(() => this.#sync());
    return {
      connections: [...this.#entries.values()].map((entry) => this.#view(entry)),
      kinds: this.#parts.kinds.map(({ about }) => about),
      keys: await this.#parts.keys.place(),
    };
  }

  /** @throws FaultError not_found */
  view(id: string): ConnectionView {
    return this.#view(this.#entry(id));
  }

  /** Sets a provider up. @throws FaultError unsupported where there is no such kind */
  async add({ kind: name, ...input }: ConnectionInput): Promise<ConnectionView> {
    const kind = this.#kind(name);
    if (!kind) throw fault('unsupported', `There is no provider of the kind “${name}”.`, { param: 'kind' });
    return await this.#inTurn(async () => {
      const others = [...this.#entries.values()].map(({ connection }) => connection);
      const connection = newConnection(kind, input, others);
      this.#parts.store.addConnection(connection);
      await this.#sync();
      this.#tell();
      return this.view(connection.id);
    });
  }

  /** @throws FaultError not_found; conflict where the environment decides a field */
  change(id: string, patch: ConnectionPatch): Promise<ConnectionView> {
    return this.#inTurn(async () => {
      const { connection } = this.#entry(id);
      for (const [field, variable] of Object.entries(this.#environment(connection).decided)) {
        if (field in patch) throw decided(field, variable);
      }
      const stored = this.#stored(id);
      if (stored) this.#parts.store.replaceConnection({ ...stored, ...patch });
      else this.#parts.store.addConnection({ ...connection, ...patch });
      await this.#sync();
      this.#tell();
      return this.view(id);
    });
  }

  /** Forgets a provider and its key. @throws FaultError not_found; conflict where the environment sets it up */
  remove(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const { connection } = this.#entry(id);
      const kind = this.#kind(connection.kind);
      const from = this.#environment(connection);
      if (kind && setsUp(kind, from)) {
        throw setUpBy(connection, Object.values(from.decided)[0] ?? '');
      }
      await this.#parts.keys.remove(id);
      this.#parts.store.removeConnection(id);
      await this.#sync();
      this.#tell();
    });
  }

  /** @param key null to forget it @throws FaultError not_found, conflict, not_writable */
  setKey(id: string, key: string | null): Promise<ConnectionView> {
    return this.#inTurn(async () => {
      const { connection } = this.#entry(id);
      const variable = this.#environment(connection).decided.key;
      if (variable !== undefined) throw decided('key', variable);
      if (key === null) await this.#parts.keys.remove(id);
      else await this.#parts.keys.set(id, key);
      await this.#sync();
      this.#tell();
      return this.view(id);
    });
  }

  /** Looks at a provider anew. @throws FaultError not_found */
  async probe(id: string, signal: AbortSignal): Promise<ConnectionView> {
    const { provider, watch } = this.#entry(id);
    watch.looked(await provider.probe(signal));
    return this.view(id);
  }

  /** The provider of a connection, and the connection as it is used. @throws FaultError not_found */
  find(id: string): { connection: Connection; provider: Provider } {
    const { connection, provider } = this.#entry(id);
    // As the registry has it, which counts what it speaks.
    return { connection, provider: this.#parts.registry.provider(id) ?? provider };
  }

  /** Who speaks where a voice cannot; null for nobody. */
  fallbackOf(provider: string, voiceId: string): VoiceRef | null {
    const rule = this.#entries.get(provider)?.connection.fallback;
    if (!rule) return null;
    return voiceId in rule.voices ? (rule.voices[voiceId] ?? null) : rule.all;
  }

  /** The voice that is offered first, as `provider:voice`; null where there is none. */
  defaultVoiceOf(provider: string): string | null {
    return this.#entries.get(provider)?.connection.defaultVoice ?? null;
  }

  /** What of the environment cannot be used, in words. */
  problems(): string[] {
    return this.#parts.kinds.flatMap((kind) => fromEnvironment(kind, this.#parts.env).problems);
  }

  /** Ends looking; the registry closes the providers. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#turn.catch(() => undefined);
    for (const { watch } of this.#entries.values()) watch.close();
  }

  #kind(name: string): ProviderKind | undefined {
    return this.#parts.kinds.find(({ about }) => about.kind === name);
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (!entry) throw fault('not_found', 'This provider is not set up (any more).', { param: 'id' });
    return entry;
  }

  #stored(id: string): Connection | undefined {
    return this.#parts.store.connections().find((connection) => connection.id === id);
  }

  /** What the environment says of a connection: it speaks of the first of each kind. */
  #environment({ id, kind: name }: Connection): FromEnvironment {
    const kind = this.#kind(name);
    const nothing: FromEnvironment = {
      addresses: null,
      key: null,
      voice: null,
      model: null,
      decided: {},
      problems: [],
    };
    return kind && id === kind.about.kind ? fromEnvironment(kind, this.#parts.env) : nothing;
  }

  /** All that are to be there: stored ones, and those that the environment alone sets up. */
  #wanted(): Connection[] {
    const stored = this.#parts.store.connections();
    const set = this.#parts.kinds.flatMap((kind) => {
      const { kind: id } = kind.about;
      if (stored.some((connection) => connection.id === id)) return [];
      return setsUp(kind, fromEnvironment(kind, this.#parts.env)) ? [newConnection(kind, {}, [])] : [];
    });
    return [...stored, ...set].map((connection) => decidedBy(connection, this.#environment(connection)));
  }

  async #sync(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    const wanted = this.#wanted();
    for (const [id, { watch }] of this.#entries) {
      if (wanted.some((connection) => connection.id === id)) continue;
      watch.close();
      this.#entries.delete(id);
      this.#parts.registry.remove(id);
    }
    for (const connection of wanted) {
      const decidedKey = this.#environment(connection).key;
      const key: FoundKey =
        decidedKey === null ? await this.#parts.keys.find(connection.id) : { key: decidedKey, where: 'environment' };
      const before = this.#entries.get(connection.id);
      if (before && identity(before.connection, before.key) === identity(connection, key)) {
        before.connection = connection;
        before.key = key;
        continue;
      }
      if (before && origin(before.connection, before.key) !== origin(connection, key)) {
        this.#parts.store.dropVoiceList(connection.id);
      }
      before?.watch.close();
      this.#start(connection, key);
    }
  }

  #start(connection: Connection, key: FoundKey): void {
    const { registry } = this.#parts;
    const provider = this.#create(connection, key);
    const watch = new HealthWatch((signal) => provider.probe(signal));
    this.#entries.set(connection.id, { connection, key, provider, watch });
    registry.put(provider);
    const { signal } = this.#closing;
    void provider.probe(signal).then(
      (health) => {
        // The list is not asked of one that is not there.
        if (health.status !== 'failed') void registry.refresh(signal, connection.id).catch(() => undefined);
        if (this.#entries.get(connection.id)?.provider === provider) watch.looked(health);
      },
      () => undefined,
    );
  }

  #create(connection: Connection, key: FoundKey): Provider {
    const kind = this.#kind(connection.kind);
    const missing = kind ? missingIn(kind, connection, key) : unknownKind(connection);
    if (missing || !kind) return waitingProvider(connection, missing ?? unknownKind(connection));
    const { events, decode } = this.#parts;
    const { id } = connection;
    const isCurrent = () => this.#entries.get(id)?.provider === created && !this.#closing.signal.aborted;
    let created: Provider | null = null;
    try {
      created = kind.create(connection, key.key, {
        decode,
        onHealth: (health) => {
          if (!isCurrent()) return;
          events.publish({ type: 'provider', health });
          this.#entries.get(id)?.watch.heard(health);
        },
        onVoices: settled(() => {
          if (isCurrent()) void this.#parts.registry.refresh(this.#closing.signal, id).catch(() => undefined);
        }),
      });
      return created;
    } catch (thrown) {
      return waitingProvider(connection, toFault(thrown));
    }
  }

  #view({ connection, key, provider }: Entry): ConnectionView {
    return {
      connection,
      key: keyState(key),
      environment: this.#environment(connection).decided,
      health: provider.health(),
      servers: provider.servers?.() ?? [],
      cloning: provider.cloning?.() ?? null,
      modelSwitch: provider.modelSwitch?.() ?? null,
    };
  }

  #tell(): void {
    this.#parts.events.publish({ type: 'changed', what: 'connections' });
    this.#parts.events.publish({ type: 'changed', what: 'voices' });
  }

  /** One change after the other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

/** Calls once for many calls in a row. */
function settled(call: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(call, SETTLE_MS);
    timer.unref();
  };
}
