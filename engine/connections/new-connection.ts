import { type Connection, type ConnectionInput, USUAL_CONNECTION_LIMITS } from '../../shared/schemas/connection.ts';
import type { ProviderKind } from '../providers/provider.ts';

/** A connection of a kind, under an id and a name that no other one has. */
export function newConnection(
  { about }: ProviderKind,
  { name, addresses }: Omit<ConnectionInput, 'kind'>,
  others: readonly Pick<Connection, 'id' | 'name'>[],
): Connection {
  const free = (taken: ReadonlySet<string>, at: (number: number) => string) => {
    let number = 1;
    while (taken.has(at(number))) number += 1;
    return at(number);
  };
  const ids = new Set(others.map((other) => other.id));
  const names = new Set(others.map((other) => other.name));
  return {
    id: free(ids, (number) => (number === 1 ? about.kind : `${about.kind}-${number}`)),
    kind: about.kind,
    name: name ?? free(names, (number) => (number === 1 ? about.name : `${about.name} ${number}`)),
    addresses: addresses ?? [],
    dialect: null,
    defaultVoice: null,
    defaultModel: null,
    limits: USUAL_CONNECTION_LIMITS,
    fallback: { all: null, voices: {} },
  };
}
