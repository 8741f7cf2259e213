import { type Fault, type FaultError, fault } from '../../shared/errors.ts';
import type { Connection } from '../../shared/schemas/connection.ts';
import type { FoundKey } from '../keys/key-store.ts';
import type { ProviderKind } from '../providers/provider.ts';

/** What a connection still lacks before it can be used; null where it has all. */
export function missingIn(
  { about }: ProviderKind,
  { name, addresses }: Connection,
  { key, where }: FoundKey,
): Fault | null {
  if (key === null && where === 'sealed') {
    return {
      code: 'unauthorised',
      message: `The key of ${name} is in the desktop app’s keychain, which cannot be opened here.`,
      todo: 'Use the desktop app, or enter the key again here.',
    };
  }
  if (key === null && about.key.need === 'required') {
    return { code: 'unauthorised', message: `${name} has no key yet.`, todo: 'Enter it in Settings.' };
  }
  if (about.address.needed && addresses.length === 0) {
    return { code: 'unreachable', message: `${name} has no address yet.`, todo: 'Enter it in Settings.' };
  }
  return null;
}

/** A connection of a kind that this version does not know, for example of a library that a newer one wrote. */
export const unknownKind = ({ name, kind }: Connection): Fault => ({
  code: 'unsupported',
  message: `This version of Timbre knows no provider of the kind “${kind}”.`,
  kept: `${name} is kept.`,
  todo: 'Update Timbre.',
});

/** A field cannot be changed here. @param variable of the environment, which decides it */
export function decided(field: string, variable: string): FaultError {
  return fault('conflict', `This is set by ${variable} in the environment.`, {
    param: field,
    kept: 'Nothing was changed.',
    todo: `Change ${variable}, and start Timbre again.`,
  });
}

/** A connection cannot be removed here. @param variable of the environment, which sets it up */
export function setUpBy({ name }: Connection, variable: string): FaultError {
  return fault('conflict', `${name} is set up by ${variable} in the environment.`, {
    kept: 'It is kept.',
    todo: `Take ${variable} out of the environment, and start Timbre again.`,
  });
}
