import { safeStorage } from 'electron';
import type { Keychain } from '../engine/keys/keychain.ts';

const NAMES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'the macOS Keychain',
  win32: 'Windows (DPAPI)',
};

/** Electron before 39 has only the calls that wait. */
const hasAsync = () => typeof safeStorage.encryptStringAsync === 'function';

/** On Linux Chromium falls back on a password that stands in its source, which is no keyring at all. */
function hasKeyring(): boolean {
  return process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}

/** The system's keychain through Electron. To be used once the app is ready. */
export const desktopKeychain: Keychain = {
  name: NAMES[process.platform] ?? 'the system’s keyring',
  async unusable() {
    const available = hasAsync()
      ? await safeStorage.isAsyncEncryptionAvailable().catch(() => false)
      : safeStorage.isEncryptionAvailable();
    return available && hasKeyring() ? null : 'This system has no keyring that Timbre can use.';
  },
  async seal(text) {
    const sealed = hasAsync() ? await safeStorage.encryptStringAsync(text) : safeStorage.encryptString(text);
    return sealed.toString('base64');
  },
  async open(sealed) {
    const bytes = Buffer.from(sealed, 'base64');
    return hasAsync() ? (await safeStorage.decryptStringAsync(bytes)).result : safeStorage.decryptString(bytes);
  },
};
