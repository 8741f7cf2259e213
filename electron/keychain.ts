import { safeStorage } from 'electron';

/** Where secrets would be kept, and whether that is a keyring in truth. */
export type KeychainState =
  | { kind: 'real'; name: string }
  /** Chromium would only disguise the secret with a password that is in its source. */
  | { kind: 'none'; why: string };

/** Seals secrets with the system's keyring. */
export interface Keychain {
  state(): KeychainState;
  /** @throws Error where there is no real keyring */
  seal(secret: string): Buffer;
  /** @throws Error where the keyring is another one than at sealing, or locked */
  open(sealed: Buffer): string;
}

const NO_KEYRING = 'This system has no keyring that Timbre can use (GNOME Keyring or KWallet).';

/** The system's keyring. Ask only once the app is ready. */
export function systemKeychain(): Keychain {
  return {
    state: keychainState,
    seal(secret) {
      const state = keychainState();
      if (state.kind === 'none') throw new Error(state.why);
      return safeStorage.encryptString(secret);
    },
    open: (sealed) => safeStorage.decryptString(sealed),
  };
}

function keychainState(): KeychainState {
  if (!safeStorage.isEncryptionAvailable()) {
    return { kind: 'none', why: process.platform === 'linux' ? NO_KEYRING : 'The keychain of this system is locked.' };
  }
  if (process.platform === 'darwin') return { kind: 'real', name: 'Keychain' };
  if (process.platform === 'win32') return { kind: 'real', name: 'Windows Data Protection' };
  const backend = safeStorage.getSelectedStorageBackend();
  if (backend === 'basic_text' || backend === 'unknown') return { kind: 'none', why: NO_KEYRING };
  return { kind: 'real', name: backend === 'gnome_libsecret' ? 'GNOME Keyring' : 'KWallet' };
}
