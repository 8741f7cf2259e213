import { type FaultError, fault } from '../../../shared/errors.ts';

/** The error code of the operating system in something thrown, or an empty string. */
export function errorCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
}

/** What a failed write of the model means for a person; null where it is not about the disk. */
export function diskFault(thrown: unknown, folder: string): FaultError | null {
  switch (errorCode(thrown)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return fault('disk_full', `The disk is full: the Kokoro voices need 330 MB in ${folder}.`, {
        kept: 'Your takes are untouched, and the eSpeak voices work.',
        todo: 'Free some space and try again.',
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENOENT':
      return fault('not_writable', `The Kokoro voices cannot be prepared: ${folder} cannot be written.`, {
        kept: 'Your takes are untouched, and the eSpeak voices work.',
        todo: 'Allow writing to that folder, or choose another place for the library.',
      });
    default:
      return null;
  }
}
