import { chmod, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { fault } from '../../shared/errors.ts';
import { parseJson } from '../../shared/text/parse-json.ts';
import { isMissing, makeFolder, writeWhole } from '../library/files.ts';

/** A key as it lies on disk: sealed by the desktop's keychain, or as it is, in a file that only its user can read. */
const StoredKey = z.union([
  z.strictObject({ sealed: z.string().min(1) }),
  z.strictObject({ plain: z.string().min(1).max(512) }),
]);
export type StoredKey = z.infer<typeof StoredKey>;

const KeyFile = z.object({
  format: z.literal('timbre.keys'),
  version: z.literal(1),
  keys: z.record(z.string(), StoredKey),
});

const Newer = z.object({ format: z.literal('timbre.keys'), version: z.number().int().min(2) });

/** Read and write for its owner, nothing for anybody else. */
const OWNER_ONLY = 0o600;
const OTHERS = 0o077;
/** Most bytes of a file of keys: thousands of them. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Keys by the connection they belong to. None where there is no such file, or where it cannot be read or understood: the
 * providers then say that they have no key, and all else works.
 */
export async function readKeyFile(path: string): Promise<Record<string, StoredKey>> {
  const text = await readText(path).catch(() => null);
  if (text === null) return {};
  await closeToOthers(path);
  return KeyFile.safeParse(parseJson(text)).data?.keys ?? {};
}

/**
 * Changes one key; the others stay. A file that cannot be understood is kept beside.
 *
 * @param key null to remove it
 * @throws FaultError library_newer where a newer Timbre wrote it; not_writable
 */
export async function writeKey(path: string, id: string, key: StoredKey | null): Promise<void> {
  try {
    await makeFolder(dirname(path));
    const text = await readText(path);
    const json = text === null ? undefined : parseJson(text);
    if (Newer.safeParse(json).success) {
      throw fault('library_newer', 'A newer version of Timbre keeps the keys here.', {
        kept: 'They were not touched.',
        todo: 'Update Timbre.',
      });
    }
    const parsed = KeyFile.safeParse(json);
    if (text !== null && !parsed.success) await rename(path, `${path}.unreadable`);
    const { [id]: _, ...others } = parsed.data?.keys ?? {};
    const keys = key === null ? others : { ...others, [id]: key };
    const content: z.infer<typeof KeyFile> = { format: 'timbre.keys', version: 1, keys };
    await writeWhole(path, `${JSON.stringify(content, null, 2)}\n`, OWNER_ONLY);
  } catch (thrown) {
    if (!(thrown instanceof Error) || !('code' in thrown)) throw thrown;
    throw fault('not_writable', 'The key cannot be stored.', {
      kept: 'What was stored before is unchanged.',
      todo: `See whether ${dirname(path)} can be written to, or give the key by the environment.`,
      said: String(thrown.code),
    });
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    const found = await stat(path);
    // A pipe would be waited for; a folder or a file of this size holds no keys.
    if (!found.isFile() || found.size > MOST_BYTES) throw Object.assign(new Error('no key file'), { code: 'EFTYPE' });
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
}

/** A copy of the file may have come without its mode. */
async function closeToOthers(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const mode = await stat(path).then(
    (found) => found.mode,
    // Another process has taken it away meanwhile.
    () => OWNER_ONLY,
  );
  if ((mode & OTHERS) !== 0) await chmod(path, OWNER_ONLY).catch(() => undefined);
}
