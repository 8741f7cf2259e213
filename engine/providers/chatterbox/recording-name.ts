import { createHash } from 'node:crypto';
import type { Recording } from '../provider.ts';

/** Characters of a name that are kept: servers make files of them. */
const MOST_NAME = 60;

/** A name that is a file’s name everywhere, and that no server changes any more. */
export function plainName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w-]+/gu, '_')
    .replace(/^_+|_+$/gu, '')
    .slice(0, MOST_NAME);
  return plain === '' ? 'voice' : plain;
}

/** A name that only this recording has: with the first eight hexadecimal digits of its SHA-256. */
export function contentName({ name, bytes }: Recording): string {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  return name.endsWith(`-${hash}`) ? name : `${plainName(name)}-${hash}`;
}

/** A recording’s bytes as a file of a form. */
export function asFile({ bytes, type }: Recording, name: string): File {
  return new File([new Uint8Array(bytes)], `${name}.${type}`);
}
