import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toFault } from '../../shared/errors.ts';
import { createKeyStore, keyState } from './key-store.ts';
import type { Keychain } from './keychain.ts';

const KEY = 'sk_0123456789abcdef';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'timbre-keys-'));
  file = join(folder, 'deep', 'keys.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A keychain that seals by turning the text round. */
function keychain(why: string | null = null): Keychain {
  const turned = (text: string) => [...text].reverse().join('');
  return {
    name: 'a keychain of a test',
    unusable: async () => why,
    seal: async (text) => Buffer.from(turned(text)).toString('base64'),
    open: async (sealed) => turned(Buffer.from(sealed, 'base64').toString()),
  };
}

describe('keys in a file', () => {
  it('are kept for their user alone, and found by another process', async () => {
    await createKeyStore(file, null).set('elevenlabs', KEY);
    expect(await createKeyStore(file, null).find('elevenlabs')).toEqual({ key: KEY, where: 'file' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('are closed to others again where a copy is open', async () => {
    const store = createKeyStore(file, null);
    await store.set('elevenlabs', KEY);
    await chmod(file, 0o644);
    await store.find('elevenlabs');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('are replaced and removed one by one, also at once', async () => {
    const store = createKeyStore(file, null);
    await Promise.all(['a', 'b', 'c'].map((id) => store.set(id, `${KEY}${id}`)));
    await store.set('b', 'other-key-of-b');
    await store.remove('c');
    expect(await store.find('a')).toEqual({ key: `${KEY}a`, where: 'file' });
    expect(await store.find('b')).toEqual({ key: 'other-key-of-b', where: 'file' });
    expect(await store.find('c')).toEqual({ key: null, where: 'none' });
    expect(await readFile(file, 'utf8')).not.toContain(`${KEY}c`);
    expect((await readdir(join(folder, 'deep'))).sort()).toEqual(['keys.json']);
  });

  it('are none where something else lies in their place, which is left there', async () => {
    const store = createKeyStore(file, null);
    await mkdir(file, { recursive: true });
    expect(await store.find('a')).toEqual({ key: null, where: 'none' });
    expect(await store.set('a', KEY).catch(toFault)).toMatchObject({ code: 'not_writable' });
    expect((await stat(file)).isDirectory()).toBe(true);
  });

  it('are none where the file cannot be understood, which is kept when one is set', async () => {
    const store = createKeyStore(file, null);
    await store.set('a', KEY);
    await writeFile(file, 'no JSON');
    expect(await store.find('a')).toEqual({ key: null, where: 'none' });
    await store.set('a', KEY);
    expect(await readFile(`${file}.unreadable`, 'utf8')).toBe('no JSON');
  });

  it('of a newer version are left alone', async () => {
    const store = createKeyStore(file, null);
    await store.set('a', KEY);
    const newer = JSON.stringify({ format: 'timbre.keys', version: 2, vault: true });
    await writeFile(file, newer);
    const refused = await store.set('a', KEY).catch(toFault);
    expect(refused).toMatchObject({ code: 'library_newer' });
    expect(await readFile(file, 'utf8')).toBe(newer);
  });
});

describe('keys in a keychain', () => {
  it('are sealed on disk, and opened by it alone', async () => {
    await createKeyStore(file, keychain()).set('elevenlabs', KEY);
    expect(await readFile(file, 'utf8')).not.toContain(KEY);
    expect(await createKeyStore(file, keychain()).find('elevenlabs')).toEqual({ key: KEY, where: 'keychain' });
    expect(await createKeyStore(file, null).find('elevenlabs')).toEqual({ key: null, where: 'sealed' });
  });

  it('say why a file is used where there is none', async () => {
    const store = createKeyStore(file, keychain('This system has no keyring.'));
    expect(await store.place()).toEqual({
      usual: 'file',
      note: expect.stringMatching(/^This system has no keyring\. .*keys\.json$/),
    });
    await store.set('elevenlabs', KEY);
    expect(await store.find('elevenlabs')).toEqual({ key: KEY, where: 'file' });
    expect((await createKeyStore(file, keychain()).place()).usual).toBe('keychain');
  });
});

describe('what the page may know of a key', () => {
  it('is its end, and of a short one nothing', () => {
    expect(keyState({ key: KEY, where: 'file' })).toEqual({ where: 'file', last4: 'cdef' });
    expect(keyState({ key: 'short-key', where: 'file' })).toEqual({ where: 'file', last4: null });
    expect(keyState({ key: null, where: 'none' })).toEqual({ where: 'none', last4: null });
  });
});
