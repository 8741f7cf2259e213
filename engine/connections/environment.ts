import { Address, type Connection } from '../../shared/schemas/connection.ts';
import type { ProviderKind } from '../providers/provider.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says of the providers of one kind; it goes before what was set in the app. */
export interface FromEnvironment {
  addresses: string[] | null;
  key: string | null;
  /** The provider's own id or name of a voice, as it was written. */
  voice: string | null;
  model: string | null;
  /** Field of a connection (or `key`) -> the variable that decides it. */
  decided: Record<string, string>;
  /** What of it cannot be used, in words for the log and the page. */
  problems: string[];
}

function first(names: readonly string[], env: Environment): { name: string; value: string } | null {
  for (const name of names) {
    const value = env[name]?.trim();
    if (value) return { name, value };
  }
  return null;
}

/** Reads what the environment says of a kind of provider. Never fails: what cannot be used is told and left out. */
export function fromEnvironment({ environment }: ProviderKind, env: Environment): FromEnvironment {
  const found: FromEnvironment = { addresses: null, key: null, voice: null, model: null, decided: {}, problems: [] };
  const addresses = first(environment.addresses, env);
  if (addresses) {
    const parsed = addresses.value
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)
      .map((one) => ({ one, read: Address.safeParse(one) }));
    found.addresses = parsed.flatMap(({ read }) => (read.success ? [read.data] : []));
    found.decided.addresses = addresses.name;
    for (const { read } of parsed) {
      // Not the address itself: it may have a password in it.
      if (!read.success) found.problems.push(`An address in ${addresses.name} ${read.error.issues[0]?.message}.`);
    }
  }
  const key = first(environment.key, env);
  if (key) {
    found.key = key.value;
    found.decided.key = key.name;
  }
  const voice = first(environment.voice, env);
  if (voice) {
    found.voice = voice.value;
    found.decided.defaultVoice = voice.name;
  }
  const model = first(environment.model, env);
  if (model) {
    found.model = model.value;
    found.decided.defaultModel = model.name;
  }
  return found;
}

/** The environment sets a provider up where none was: with an address, or with a key where that is enough. */
export function setsUp({ about }: ProviderKind, { addresses, key }: FromEnvironment): boolean {
  return about.address.needed ? (addresses?.length ?? 0) > 0 : key !== null;
}

/** The connection as it is used: what the environment decides goes before what was set. */
export function decidedBy(connection: Connection, { addresses, voice, model }: FromEnvironment): Connection {
  return {
    ...connection,
    addresses: addresses ?? connection.addresses,
    defaultVoice: voice === null ? connection.defaultVoice : `${connection.id}:${voice}`,
    defaultModel: model ?? connection.defaultModel,
  };
}
