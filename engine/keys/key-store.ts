import type { KeyPlace, KeyState } from '../../shared/schemas/connection.ts';
import { readKeyFile, writeKey } from './key-file.ts';
import type { Keychain } from './keychain.ts';

/** A key and where it lies; null where there is none, or none that can be read here. */
export interface FoundKey {
  key: string | null;
  where: KeyState['where'];
}

/** Keys of connections. They never leave the engine but in requests to the provider they are for. */
export interface KeyStore {
  /** Where keys are put. */
  place(): Promise<KeyPlace>;
  find(id: string): Promise<FoundKey>;
  /** @throws FaultError not_writable, library_newer */
  set(id: string, key: string): Promise<void>;
  /** @throws FaultError not_writable, library_newer */
  remove(id: string): Promise<void>;
}

/** What the page may know of a key. */
export function keyState({ key, where }: FoundKey): KeyState {
  // Of a short key even four characters would be most of it.
  return { where, last4: key !== null && key.length >= 12 ? key.slice(-4) : null };
}

/**
 * Keys in a file that only its user can read; sealed by the system's keychain where there is one.
 *
 * @param keychain null in shells that have none
 */
export function createKeyStore(file: string, keychain: Keychain | null): KeyStore {
  let writing: Promise<unknown> = Promise.resolve();
  const write = (id: string, key: Parameters<typeof writeKey>[2]) => {
    const done = writing.then(() => writeKey(file, id, key));
    writing = done.catch(() => undefined);
    return done;
  };
  const usable = async () => (keychain !== null && (await keychain.unusable()) === null ? keychain : null);

  return {
    async place() {
      const why = keychain === null ? null : await keychain.unusable();
      if (keychain !== null && why === null) {
        return {
          usual: 'keychain',
          note: `Keys are sealed by ${keychain.name}; only you on this machine can open them.`,
        };
      }
      const fileNote = `Keys are put into a file that only you can read: ${file}`;
      return { usual: 'file', note: why === null ? fileNote : `${why} ${fileNote}` };
    },
    async find(id) {
      const stored = (await readKeyFile(file))[id];
      if (stored === undefined) return { key: null, where: 'none' };
      if ('plain' in stored) return { key: stored.plain, where: 'file' };
      const chain = await usable();
      const key = chain === null ? null : await chain.open(stored.sealed).catch(() => null);
      return key === null ? { key, where: 'sealed' } : { key, where: 'keychain' };
    },
    async set(id, key) {
      const chain = await usable();
      await write(id, chain === null ? { plain: key } : { sealed: await chain.seal(key) });
    },
    remove: (id) => write(id, null),
  };
}
